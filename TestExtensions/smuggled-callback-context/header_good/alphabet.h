#include <stdlib.h>

static _Thread_local char *current_alphabet;

static inline int by_alphabet(const void *left, const void *right) {
  const char *a = strchr(current_alphabet, *(const char *)left);
  const char *b = strchr(current_alphabet, *(const char *)right);
  return a < b ? -1 : a > b;
}
