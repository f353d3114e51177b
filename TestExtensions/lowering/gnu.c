// Probes for the lowering of GNU extensions.
int fetch(void);
int other(int value);
void release(int **p);

int global;

int elvis(int a) { return a ?: other(a); }

int elvis_call(void) { return fetch() ?: -1; }

int statement_expression(int a) {
  return ({
    int b = other(a);
    b + 1;
  });
}

int statement_expression_early_return(int a) {
  int b = ({
    if (a < 0) return -1;
    other(a);
  });
  return b;
}

#define MAX(a, b)           \
  ({                        \
    __typeof__(a) _a = (a); \
    __typeof__(b) _b = (b); \
    _a > _b ? _a : _b;      \
  })

int statement_expression_macro(int a) { return MAX(a, fetch()); }

int assembly_output(int a) {
  int b;
  __asm__("" : "=r"(b) : "r"(a));
  return b;
}

void assembly_memory(int *p) { __asm__ volatile("" : "+m"(*p) : : "memory"); }

void assembly_global(void) { __asm__ volatile("" : "=m"(global)); }

int type_of(int a) {
  typeof(global) b = a;
  return b;
}

void case_range(int a) {
  switch (a) {
    case 0 ... 9:
      other(a);
  }
}

int cleanup_attribute(int a) {
  int *p __attribute__((cleanup(release))) = &a;
  if (a) return 1;
  return other(*p);
}

void cleanup_in_loop(int a) {
  while (fetch()) {
    int *p __attribute__((cleanup(release))) = &a;
    if (*p) break;
    if (a) continue;
    other(a);
  }
}

int expect(int *p) {
  if (__builtin_expect(p == 0, 0)) return -1;
  return *p;
}

int unreachable(int a) {
  if (a) return 1;
  __builtin_unreachable();
}

int choose(int a) { return __builtin_choose_expr(1, other(a), fetch()); }

int variable_arguments(int count, ...) {
  __builtin_va_list list;
  __builtin_va_start(list, count);
  int first = __builtin_va_arg(list, int);
  __builtin_va_end(list);
  return first;
}

struct flexible { int length; int items[]; };

int flexible_array(struct flexible *f, int i) { return f->items[i]; }

struct anonymous { union { int a; float b; }; struct { int c; }; };

int anonymous_fields(struct anonymous *x) { return x->a + x->c; }

__attribute__((constructor)) static void at_load(void) { global = 1; }

__attribute__((noreturn)) void stop_gnu(void);

void attribute_noreturn(int a) {
  if (a) stop_gnu();
  other(a);
}
