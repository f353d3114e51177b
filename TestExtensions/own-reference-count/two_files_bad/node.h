#ifndef NODE_H
#define NODE_H

typedef struct node {
  unsigned int refcount;  // expect: own-reference-count
  long key;
  struct node *next;
} node;

node *own_reference_count_two_files_bad_make(long key, node *next);
node *own_reference_count_two_files_bad_acquire(node *first);
void own_reference_count_two_files_bad_drop(node *first);

#endif
