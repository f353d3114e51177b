static int depth_limit = 100;  // expect: unsynchronised-static-scalar

static inline void depth_set(int limit) {
  depth_limit = limit;
}

static inline int depth_get(void) {
  return depth_limit;
}
