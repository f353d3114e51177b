// Probes for the lowering of atomic accesses.
#include <stdatomic.h>
#include <stdbool.h>

_Atomic int counter;
_Atomic(int *) pointer;
atomic_flag flag = ATOMIC_FLAG_INIT;
int plain;
volatile int shown;

int atomic_read(void) { return counter; }

void atomic_write(int value) { counter = value; }

void atomic_compound(void) { counter += 2; }

int atomic_increment(void) { return counter++; }

int load(void) { return atomic_load(&counter); }

int load_explicit(void) { return atomic_load_explicit(&counter, memory_order_acquire); }

void store(int value) { atomic_store(&counter, value); }

void store_explicit(int value) {
  atomic_store_explicit(&counter, value, memory_order_release);
}

int exchange(int value) { return atomic_exchange(&counter, value); }

int fetch_add(void) { return atomic_fetch_add(&counter, 1); }

int fetch_or(void) { return atomic_fetch_or_explicit(&counter, 4, memory_order_relaxed); }

bool compare_exchange(int old, int value) {
  return atomic_compare_exchange_strong(&counter, &old, value);
}

void compare_exchange_loop(int value) {
  int old = atomic_load(&counter);
  while (!atomic_compare_exchange_weak(&counter, &old, old + value)) {
  }
}

bool test_and_set(void) { return atomic_flag_test_and_set(&flag); }

void clear_flag(void) { atomic_flag_clear(&flag); }

void fence(void) { atomic_thread_fence(memory_order_seq_cst); }

int gnu_load(void) { return __atomic_load_n(&plain, __ATOMIC_ACQUIRE); }

void gnu_load_into(int *out) { __atomic_load(&plain, out, __ATOMIC_RELAXED); }

void gnu_store(int value) { __atomic_store_n(&plain, value, __ATOMIC_RELEASE); }

int gnu_exchange(int value) { return __atomic_exchange_n(&plain, value, __ATOMIC_ACQ_REL); }

int gnu_fetch_add(void) { return __atomic_fetch_add(&plain, 1, __ATOMIC_SEQ_CST); }

int gnu_add_fetch(int *p) { return __atomic_add_fetch(p, 1, __ATOMIC_SEQ_CST); }

bool gnu_compare_exchange(int old, int value) {
  return __atomic_compare_exchange_n(&plain, &old, value, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_RELAXED);
}

int sync_fetch_add(void) { return __sync_fetch_and_add(&plain, 1); }

bool sync_compare_swap(int old, int value) {
  return __sync_bool_compare_and_swap(&plain, old, value);
}

int sync_value_compare_swap(int old, int value) {
  return __sync_val_compare_and_swap(&plain, old, value);
}

void sync_lock(void) {
  while (__sync_lock_test_and_set(&plain, 1)) {
  }
  __sync_lock_release(&plain);
}

void sync_barrier(void) { __sync_synchronize(); }

int volatile_is_not_atomic(void) {
  shown = 1;
  return shown;
}

int *publish(int *value) {
  atomic_store_explicit(&pointer, value, memory_order_release);
  return atomic_load_explicit(&pointer, memory_order_acquire);
}

struct node { _Atomic int references; int data; };

int atomic_field(struct node *n) { return n->references + n->data; }
