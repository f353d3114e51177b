struct job {
  struct job *next;
  long number;
};

static struct {
  struct job *first, *last;
  size_t count;
} queue;  // expect: static-container

static inline void queue_put(struct job *job) {
  job->next = NULL;
  if (queue.last == NULL) {
    queue.first = job;
  } else {
    queue.last->next = job;
  }
  queue.last = job;
  queue.count++;
}

static inline struct job *queue_take(void) {
  struct job *job = queue.first;
  if (job != NULL) {
    queue.first = job->next;
    if (queue.first == NULL) {
      queue.last = NULL;
    }
    queue.count--;
  }
  return job;
}
