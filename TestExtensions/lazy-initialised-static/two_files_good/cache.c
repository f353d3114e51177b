#include <Python.h>

PyObject *lazy_initialised_static_two_files_good_pickle;

int lazy_initialised_static_two_files_good_initialise(void) {
  if (lazy_initialised_static_two_files_good_pickle == NULL) {
    lazy_initialised_static_two_files_good_pickle = PyImport_ImportModule("pickle");
  }
  return lazy_initialised_static_two_files_good_pickle == NULL ? -1 : 0;
}
