#include <dirent.h>
#include <pthread.h>
#include <stddef.h>

extern DIR *two_files_good_stream;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

long two_files_good_count(void) {
  long entries = 0;
  pthread_mutex_lock(&lock);
  rewinddir(two_files_good_stream);
  while (readdir(two_files_good_stream) != NULL) {
    entries++;
  }
  pthread_mutex_unlock(&lock);
  return entries;
}
