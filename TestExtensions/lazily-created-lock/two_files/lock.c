#include <Python.h>

extern PyThread_type_lock lazily_created_lock_two_files_lock;

void lazily_created_lock_two_files_acquire(void) {
  if (lazily_created_lock_two_files_lock == NULL) {
    lazily_created_lock_two_files_lock = PyThread_allocate_lock();
  }
  PyThread_acquire_lock(lazily_created_lock_two_files_lock, WAIT_LOCK);
}
