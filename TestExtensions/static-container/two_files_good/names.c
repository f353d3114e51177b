#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct name {
  struct name *next;
  char text[32];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct name *names;

int two_files_good_add(const char *text) {
  struct name *name = calloc(1, sizeof(*name));
  if (name == NULL) {
    return -1;
  }
  strncpy(name->text, text, sizeof(name->text) - 1);
  pthread_mutex_lock(&lock);
  name->next = names;
  names = name;
  pthread_mutex_unlock(&lock);
  return 0;
}

int two_files_good_has(const char *text) {
  int found = 0;
  pthread_mutex_lock(&lock);
  for (struct name *name = names; name != NULL && !found; name = name->next) {
    found = strcmp(name->text, text) == 0;
  }
  pthread_mutex_unlock(&lock);
  return found;
}
