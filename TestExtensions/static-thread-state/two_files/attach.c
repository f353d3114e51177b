#include <Python.h>

PyThreadState *two_files_saved;  // expect: static-thread-state

void two_files_attach(void) {
  PyEval_RestoreThread(two_files_saved);
}
