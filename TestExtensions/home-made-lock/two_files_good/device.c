#include <stdatomic.h>
#include <unistd.h>

atomic_int two_files_good_busy;

int two_files_good_reset(void) {
  if (atomic_exchange(&two_files_good_busy, 1)) {
    return 0;
  }
  sync();
  atomic_store(&two_files_good_busy, 0);
  return 1;
}
