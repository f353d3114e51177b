#include <stdatomic.h>
#include <stdlib.h>

extern PyThread_type_lock double_checked_locking_header_good_lock;
extern int *_Atomic double_checked_locking_header_good_primes;
int *double_checked_locking_header_good_make(void);

static inline int *get_primes(void) {
  int *primes = atomic_load(&double_checked_locking_header_good_primes);
  if (primes == NULL) {
    PyThread_acquire_lock(double_checked_locking_header_good_lock, WAIT_LOCK);
    primes = atomic_load(&double_checked_locking_header_good_primes);
    if (primes == NULL) {
      primes = double_checked_locking_header_good_make();
      atomic_store(&double_checked_locking_header_good_primes, primes);
    }
    PyThread_release_lock(double_checked_locking_header_good_lock);
  }
  return primes;
}
