/* Statics of a header, for statics.c. */
#ifndef STATICS_H
#define STATICS_H
static int header_counter;
static const char *const header_names[] = {"one", "two", NULL};
extern int declared_twice;
static inline int inline_helper(void) { static int calls; return ++calls; }
// nm-only: hidden  a function of a header that nothing but an attribute keeps is not read
static int unused_header_function(void) __attribute__((used));
static int unused_header_function(void) { static int hidden = 3; return hidden++; }
#endif
