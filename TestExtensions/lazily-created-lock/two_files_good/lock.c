#include <Python.h>

extern PyThread_type_lock lazily_created_lock_two_files_good_lock;

int lazily_created_lock_two_files_good_make(void) {
  lazily_created_lock_two_files_good_lock = PyThread_allocate_lock();
  return lazily_created_lock_two_files_good_lock == NULL ? -1 : 0;
}
