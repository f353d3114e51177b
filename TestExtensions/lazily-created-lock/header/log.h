#include <pythread.h>

static PyThread_type_lock log_lock;  // expect: lazily-created-lock

static inline void log_begin(void) {
  if (!log_lock) {
    log_lock = PyThread_allocate_lock();
  }
  PyThread_acquire_lock(log_lock, WAIT_LOCK);
}

static inline void log_end(void) {
  PyThread_release_lock(log_lock);
}
