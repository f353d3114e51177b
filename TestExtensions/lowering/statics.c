/* Objects with static storage in all the forms of C: 'ftaudit state' lists what nm shows.
   A comment 'nm-only: NAME reason' marks what is not listed. */
#include <stddef.h>
#include "statics.h"
struct point { int x, y; const char *name; };
struct link { struct link *next; };
static int file_zero;
static int file_set = 4;
static const int file_const = 5;
static char *file_pointer = "text";
static const char file_text[] = "text";
int global_zero;
int global_set = 1;
const int global_const = 2;
extern int declared_twice;
int declared_twice;
extern int with_value = 5;
static int tentative;
static int tentative = 7;
static struct point points[] = {{1, 2, "a"}, {3, 4, "b"}};
static const struct point const_points[2] = {{1, 2, "a"}};
static struct { int a; } unnamed_type;
// nm-only: __compound_literal  it has no name; the row of the pointer stands for it
static struct point *compound = &(struct point){1, 2, "c"};
static int *numbers = (int[]){1, 2, 3};
static _Thread_local int per_thread;
_Thread_local int per_thread_set = 3;
static int first, second = 2, *third = &file_zero;
static struct link ring = {&ring};
static union { int i; float f; } either = {.f = 1.0f};
static int matrix[3][4];
static int (*handlers[2])(int);
static _Atomic int atomic_counter;
static volatile int flag;
enum colour { RED } static colour_now;
struct point origin = {0}, *to_origin = &origin;
int from_macro_a;
#define DEFINE(name) static int name##_state; static int name##_size = 1
DEFINE(alpha);
DEFINE(beta);
static int one(int argument)
{
    static int calls;
    static const char *keywords[] = {"a", NULL};
    static const char text[] = "xyz";
    if (argument) {
        static int calls;
        calls++;
    }
    for (int i = 0; i < 2; i++) {
        static int in_loop;
        in_loop += i;
    }
    extern int outside;
    return ++calls + (keywords[0] != NULL) + text[0] + ({ static int in_expression; in_expression++; });
}
int two(void)
{
    static int calls = 2;
    static _Thread_local int mine;
    static void *table[] = {&&here, &&there};
    goto *table[calls & 1];
here:
    mine++;
there:
    switch (calls) { case 0: { static int in_case = 1; return in_case++; } default: break; }
    return ++calls + one(mine) + inline_helper() + alpha_state + beta_size;
}
static void after_return(void) __attribute__((used));
static void after_return(void)
{
    return;
    static int unreachable = 1;
    unreachable++;
}
int old_style(a) int a; { static int old; return old += a; }
int __attribute__((section(".data.special"))) in_section = 1;
// nm-only: from_assembler  text for the assembler is not read
__asm__(".data\nfrom_assembler: .long 1\n.text");
int common_block __attribute__((common));
static int user(void) __attribute__((used));
static int user(void){ return file_set + file_const + first + matrix[0][0] + handlers[0](1) + (int)sizeof(struct point); }
