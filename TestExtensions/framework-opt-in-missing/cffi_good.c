// The shape of what cffi's API mode writes: the backend, not this file, declares.
#define _CFFI_
#include <Python.h>

// A build finds these in _cffi_include.h.
typedef struct {
  const char *name;
  void *address;
} _cffi_global_s;

typedef struct {
  const _cffi_global_s *globals;
  int num_globals;
} _cffi_type_context_s;

static int _cffi_d_answer(void) { return 42; }

static PyObject *_cffi_f_answer(PyObject *self, PyObject *noarg) {
  int result;
  Py_BEGIN_ALLOW_THREADS
  result = _cffi_d_answer();
  Py_END_ALLOW_THREADS
  (void)self;
  return PyLong_FromLong(result);
}

static const _cffi_global_s _cffi_globals[] = {
  {"answer", (void *)_cffi_f_answer},
};

static const _cffi_type_context_s _cffi_type_context = {_cffi_globals, 1};

static PyObject *_cffi_init(const char *module_name, Py_ssize_t version,
                            const _cffi_type_context_s *ctx) {
  PyObject *module, *arguments[4];
  arguments[0] = (PyObject *)module_name;
  arguments[1] = (PyObject *)version;
  arguments[2] = (PyObject *)ctx;
  arguments[3] = NULL;
  PyObject *backend = PyImport_ImportModule("_cffi_backend");
  if (backend == NULL) return NULL;
  PyObject *packed = PyLong_FromVoidPtr((void *)arguments);
  if (packed == NULL) {
    Py_DECREF(backend);
    return NULL;
  }
  module = PyObject_CallMethod(backend, "_init_cffi_1_0_external_module", "O", packed);
  Py_DECREF(backend);
  Py_DECREF(packed);
  return module;
}

PyMODINIT_FUNC PyInit_framework_cffi_good(void) {
  return _cffi_init("framework_cffi_good", 0x2601, &_cffi_type_context);
}
