#include <stdatomic.h>

static _Atomic int depth_limit = 100;

static inline void depth_set(int limit) {
  depth_limit = limit;
}

static inline int depth_get(void) {
  return depth_limit;
}
