#include <Python.h>

#include "primes.h"

PyThread_type_lock double_checked_locking_header_good_lock;
int *_Atomic double_checked_locking_header_good_primes;

int *double_checked_locking_header_good_make(void) {
  static const int first[] = {2, 3, 5, 7, 11, 13, 17, 19};
  int *primes = malloc(sizeof(first));
  if (primes != NULL) {
    memcpy(primes, first, sizeof(first));
  }
  return primes;
}
