#include <stdlib.h>

static char *current_alphabet;  // expect: smuggled-callback-context

static inline int by_alphabet(const void *left, const void *right) {
  const char *a = strchr(current_alphabet, *(const char *)left);
  const char *b = strchr(current_alphabet, *(const char *)right);
  return a < b ? -1 : a > b;
}
