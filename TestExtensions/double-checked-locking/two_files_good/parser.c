#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

extern char *_Atomic two_files_grammar;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

const char *two_files_get_grammar(void) {
  char *text = atomic_load(&two_files_grammar);
  if (text == NULL) {
    pthread_mutex_lock(&lock);
    text = atomic_load(&two_files_grammar);
    if (text == NULL) {
      text = strdup("sum: term ('+' term)*");
      atomic_store(&two_files_grammar, text);
    }
    pthread_mutex_unlock(&lock);
  }
  return text;
}
