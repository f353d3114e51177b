#include "names.h"

#include <stddef.h>
#include <string.h>

struct name *two_files_names;  // expect: static-container

int two_files_has_name(const char *text) {
  for (struct name *name = two_files_names; name != NULL; name = name->next) {
    if (strcmp(name->text, text) == 0) {
      return 1;
    }
  }
  return 0;
}
