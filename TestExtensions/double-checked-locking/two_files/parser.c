#include <pthread.h>
#include <stddef.h>
#include <string.h>

extern char *double_checked_locking_two_files_grammar;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const char *double_checked_locking_two_files_get(void) {
  if (double_checked_locking_two_files_grammar == NULL) {
    pthread_mutex_lock(&lock);
    if (double_checked_locking_two_files_grammar == NULL) {
      double_checked_locking_two_files_grammar = strdup("sum: term ('+' term)*");
    }
    pthread_mutex_unlock(&lock);
  }
  return double_checked_locking_two_files_grammar;
}
