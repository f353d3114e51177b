#include <dirent.h>
#include <pthread.h>

static DIR *shared_library_handle_header_good_folder;
static pthread_mutex_t folder_lock = PTHREAD_MUTEX_INITIALIZER;

static inline int read_name(char *name, size_t size) {
  pthread_mutex_lock(&folder_lock);
  struct dirent *entry = readdir(shared_library_handle_header_good_folder);
  if (entry != NULL) {
    strncpy(name, entry->d_name, size - 1);
  }
  pthread_mutex_unlock(&folder_lock);
  return entry != NULL;
}
