#include <string.h>

static inline int is_palindrome(const char *text) {
  char folded[80];
  size_t size = 0;
  for (; *text != 0 && size < sizeof(folded); text++) {
    if (*text != ' ') {
      folded[size++] = *text | 32;
    }
  }
  for (size_t i = 0; i < size / 2; i++) {
    if (folded[i] != folded[size - 1 - i]) {
      return 0;
    }
  }
  return 1;
}
