// A persistent list: all lists that have the same end share its nodes.
#include "node.h"

#include <stdlib.h>

node *own_reference_count_two_files_bad_make(long key, node *next) {
  node *first = malloc(sizeof(node));
  if (first != NULL) {
    first->refcount = 1;
    first->key = key;
    first->next = own_reference_count_two_files_bad_acquire(next);
  }
  return first;
}

node *own_reference_count_two_files_bad_acquire(node *first) {
  if (first != NULL) {
    ++first->refcount;
  }
  return first;
}

void own_reference_count_two_files_bad_drop(node *first) {
  while (first != NULL) {
    node *next = first->next;
    first->refcount--;
    if (first->refcount != 0) {
      break;
    }
    free(first);
    first = next;
  }
}
