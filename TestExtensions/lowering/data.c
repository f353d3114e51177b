// Probes for the lowering of variables and initialisers.
#include <stddef.h>

struct pair { int a; int b; };
struct nest { struct pair first; struct pair list[2]; const char *name; };
union either { int number; void *pointer; };
typedef int (*function)(int);

int external_defined = 1;
int external_tentative;
extern int external_declared;
static int local_to_file = 2;
static const int constant_number = 3;
static const char *pointer_to_constant = "changes";
static const char *const constant_pointer = "stays";
static _Thread_local int per_thread;
static __thread int per_thread_gnu;
static volatile int may_change;

static int twice(int value) { return 2 * value; }

static struct pair positional = {1, 2};
static struct pair designated = {.b = 2, .a = 1};
static struct pair partial = {1};
static struct nest nested = {{1, 2}, {{3, 4}, {5, 6}}, "nested"};
static struct nest without_braces = {1, 2, 3, 4, 5, 6, "without"};
static struct nest mixed = {.first.b = 2, .list[1].a = 5, .name = "mixed"};
static int by_index[8] = {[2] = 20, 30, [6 ... 7] = 60};
static char letters[] = "abc";
static const char *const words[] = {"one", "two", NULL};
static function functions[] = {twice, &twice, NULL};
static void *addresses[] = {&positional, &by_index[2], &nested.list[1].b, (void *)twice};
static union either chosen = {.pointer = &positional};
static struct pair *compound = &(struct pair){7, 8};
static int (*matrix_row)[4];

int read_statics(void) {
  return external_defined + external_tentative + external_declared + local_to_file +
         constant_number + per_thread + per_thread_gnu + may_change + positional.a + designated.b +
         partial.a + nested.first.a + without_braces.first.b + mixed.list[1].a + by_index[2];
}

int read_pointers(int i) {
  return pointer_to_constant[i] + constant_pointer[i] + letters[i] + words[i][0] +
         functions[i](i) + (addresses[i] != NULL) + chosen.number + compound->a + (*matrix_row)[i];
}

void write_statics(int value) {
  external_tentative = value;
  local_to_file = value;
  per_thread = value;
  pointer_to_constant = words[value];
}

int static_in_function(void) {
  static int calls = 0;
  return ++calls;
}

int *static_array_in_function(void) {
  static int buffer[16];
  buffer[0] = 1;
  return buffer;
}

int thread_local_in_function(void) {
  static _Thread_local int calls;
  return ++calls;
}

int local_of_the_same_name(void) {
  int local_to_file = 5;
  return local_to_file;
}

int extern_in_function(void) {
  extern int declared_inside;
  return declared_inside;
}

int local_designated(int value) {
  struct pair p = {.b = value};
  return p.a + p.b;
}

int local_array(int value) {
  int list[3] = {value, twice(value)};
  return list[0] + list[2];
}

void local_uninitialised(int *out) {
  int value;
  *out = value = 1;
}

int local_variable_length(int n) {
  int list[n];
  list[0] = n;
  return list[0];
}

int compound_literal(int value) {
  struct pair *p = &(struct pair){value, 2};
  return p->a;
}

int compound_literal_argument(int (*f)(struct pair), int value) {
  return f((struct pair){.a = value});
}

const int *compound_literal_array(void) { return (const int[]){1, 2, 3}; }

char local_string(int i) {
  char text[] = "local";
  return text[i];
}

int use_union(union either *e) {
  e->pointer = NULL;
  return e->number;
}

struct flags { unsigned ready : 1; unsigned kind : 3; };

unsigned bit_fields(struct flags *f) {
  f->ready = 1;
  return f->kind;
}

enum colour { RED, GREEN = 5, BLUE };

int enumeration(enum colour c) { return c == GREEN ? BLUE : RED; }
