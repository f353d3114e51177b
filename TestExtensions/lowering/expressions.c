// Probes for the lowering of expressions. Each function is one question.
#include <stddef.h>

int fetch(void);
int other(int value);
void use(int value);

int global;
int table[8];
struct inner { int a; int b[4]; };
struct outer { struct inner in; struct inner *link; int (*hook)(int); };
struct outer box;

int short_circuit_and(int a, int b) { return a && other(b); }

int short_circuit_or(int a, int b) { return a || other(b); }

int short_circuit_mixed(int a, int b, int c) { return (a && b) || !other(c); }

void short_circuit_condition(int *p) {
  if (p && *p > 0) {
    use(*p);
  }
}

int conditional(int a) { return a ? fetch() : other(a); }

int conditional_nested(int a, int b) { return a ? (b ? 1 : 2) : 3; }

int conditional_in_argument(int a) { return other(a > 0 ? a : -a); }

int *conditional_place(int a, int *p, int *q) { return &*(a ? p : q); }

int comma(int a) { return (use(a), a = fetch(), a + 1); }

void assign_global(int a) { global = a; }

int assign_is_value(int a) {
  int b;
  return (b = a) * 2;
}

void assign_chain(int a) {
  int b;
  global = b = a;
  use(b);
}

void assign_compound(int a) {
  global += a;
  global -= 1;
  table[a] <<= 2;
  box.in.a |= 4;
}

int increment_before(void) { return ++global; }

int increment_after(void) { return global++; }

void decrement_field(struct outer *o) { o->in.a--; }

char *increment_pointer(char *p) {
  *p++ = 'a';
  *++p = 'b';
  return p;
}

long cast_between_integers(int a) { return (long)(unsigned char)a; }

int *cast_pointer(void *p) { return (int *)p; }

void cast_to_void(int a) { (void)other(a); }

size_t size_is_not_read(void) { return sizeof(global) + sizeof table[fetch()]; }

int *address_of_global(void) { return &global; }

int *address_of_element(int i) { return &table[i]; }

int *address_of_field(struct outer *o) { return &o->link->b[1]; }

int dereference(int **p) { return **p; }

void dereference_store(int *p, int a) { *p = a; }

int element(int i) { return table[i]; }

int element_reversed(int i) { return i[table]; }

int element_of_element(int m[4][4], int i, int j) { return m[i][j]; }

int field(struct outer o) { return o.in.a; }

int field_through_pointer(struct outer *o) { return o->link->b[2]; }

int field_of_result(struct outer *(*find)(void)) { return find()->in.a; }

void copy_struct(struct outer *to, const struct outer *from) { *to = *from; }

int call_function_pointer(int (*f)(int), int a) { return f(a); }

int call_dereferenced_pointer(int (*f)(int), int a) { return (*f)(a); }

int call_field(struct outer *o, int a) { return o->hook(a); }

int call_table(int which, int a) {
  static int (*const functions[])(int) = {other, conditional};
  return functions[which](a);
}

int (*return_function(void))(int) { return &other; }

int call_nested(int a) { return other(other(fetch()) + a); }

int pointer_arithmetic(int *p, int n) { return *(p + n) + p[-1]; }

ptrdiff_t pointer_difference(int *p, int *q) { return q - p; }

int compare_pointers(int *p, int *q) { return p == q || p < q + 1; }

int unary(int a) { return -a + ~a + !a + +a; }

int constant(void) { return 'a' + 0x10 + (int)1.5; }

const char *string(void) { return "one" " two"; }

int generic(int a) { return _Generic(a, int: other(a), default: 0); }

size_t offset(void) { return offsetof(struct outer, in.b[2]); }
