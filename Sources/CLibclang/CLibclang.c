#include "CLibclang.h"

#include <dlfcn.h>
#include <stdio.h>

static _Thread_local char message[512];

const char *FTClangLoad(const char *path, FTClangFunctions *table) {
  // Lazy: what is needed is looked up below, and binding all of LLVM takes longer than a small parse.
  void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    const char *why = dlerror();
    snprintf(message, sizeof message, "%s", why ? why : "cannot be loaded");
    return message;
  }
#define FTAUDIT_CLANG_LOOK_UP(name)                                                \
  table->name = (__typeof__(&name))dlsym(library, #name);                          \
  if (!table->name) {                                                              \
    snprintf(message, sizeof message, "%s lacks the function %s (libclang 17 or newer is needed)", path, #name); \
    dlclose(library);                                                              \
    return message;                                                                \
  }
  FTAUDIT_CLANG_FUNCTIONS(FTAUDIT_CLANG_LOOK_UP)
#undef FTAUDIT_CLANG_LOOK_UP
  return NULL;
}
