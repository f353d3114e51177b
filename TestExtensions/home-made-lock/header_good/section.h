#include <stdatomic.h>

static atomic_int section;

static inline int section_enter(void) {
  int free = 0;
  if (!atomic_compare_exchange_strong(&section, &free, 1)) {
    return 0;
  }
  return 1;
}

static inline void section_leave(void) {
  section = 0;
}
