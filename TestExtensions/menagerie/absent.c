// A header is missing; what does not need it is read all the same.
#include <Python.h>
#include <absent/absent.h>

static long count;

long next_count(void) {
  count += 1;
  return count;
}

void fill(absent_t *absent) {
  absent_fill(absent, next_count());
}
