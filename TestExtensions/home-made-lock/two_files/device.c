#include <unistd.h>

int two_files_busy;  // expect: home-made-lock

int two_files_reset(void) {
  if (two_files_busy) {
    return 0;
  }
  two_files_busy = 1;
  sync();
  two_files_busy = 0;
  return 1;
}
