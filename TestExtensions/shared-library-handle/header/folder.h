#include <dirent.h>

static DIR *shared_library_handle_header_folder;  // expect: shared-library-handle

static inline int read_name(char *name, size_t size) {
  struct dirent *entry = readdir(shared_library_handle_header_folder);
  if (entry != NULL) {
    strncpy(name, entry->d_name, size - 1);
  }
  return entry != NULL;
}
