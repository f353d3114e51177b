#include <pythread.h>

static PyThread_type_lock log_lock;

static inline void log_begin(void) {
  PyThread_acquire_lock(log_lock, WAIT_LOCK);
}

static inline void log_end(void) {
  PyThread_release_lock(log_lock);
}
