#include <stdlib.h>

extern int unsynchronised_static_scalar_two_files_good_level;

void unsynchronised_static_scalar_two_files_good_read_environment(void) {
  const char *text = getenv("LOG_LEVEL");
  if (text != NULL) {
    unsynchronised_static_scalar_two_files_good_level = atoi(text);
  }
}
