#include <string.h>

const char *returned_static_storage_two_files_mask(const char *text) {
  static char masked[64];  // expect: returned-static-storage
  size_t size = strlen(text);
  size = size < sizeof(masked) ? size : sizeof(masked) - 1;
  memset(masked, '*', size);
  masked[size] = 0;
  return masked;
}
