static int section;  // expect: home-made-lock

static inline int section_enter(void) {
  if (section != 0) {
    return 0;
  }
  section = 1;
  return 1;
}

static inline void section_leave(void) {
  section = 0;
}
