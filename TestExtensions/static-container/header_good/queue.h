#include <pthread.h>

static pthread_mutex_t queue_lock = PTHREAD_MUTEX_INITIALIZER;

struct job {
  struct job *next;
  long number;
};

static struct {
  struct job *first, *last;
  size_t count;
} queue;

static inline void queue_put(struct job *job) {
  pthread_mutex_lock(&queue_lock);
  job->next = NULL;
  if (queue.last == NULL) {
    queue.first = job;
  } else {
    queue.last->next = job;
  }
  queue.last = job;
  queue.count++;
  pthread_mutex_unlock(&queue_lock);
}

static inline struct job *queue_take(void) {
  pthread_mutex_lock(&queue_lock);
  struct job *job = queue.first;
  if (job != NULL) {
    queue.first = job->next;
    if (queue.first == NULL) {
      queue.last = NULL;
    }
    queue.count--;
  }
  pthread_mutex_unlock(&queue_lock);
  return job;
}
