#include <stdatomic.h>
#include <stdlib.h>

extern PyThread_type_lock double_checked_locking_header_lock;
extern int *double_checked_locking_header_primes;
int *double_checked_locking_header_make(void);

static inline int *get_primes(void) {
  int *primes = double_checked_locking_header_primes;
  if (primes == NULL) {
    PyThread_acquire_lock(double_checked_locking_header_lock, WAIT_LOCK);
    primes = double_checked_locking_header_primes;
    if (primes == NULL) {
      primes = double_checked_locking_header_make();
      double_checked_locking_header_primes = primes;
    }
    PyThread_release_lock(double_checked_locking_header_lock);
  }
  return primes;
}
