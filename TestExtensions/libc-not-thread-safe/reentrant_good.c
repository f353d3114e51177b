// The variants with a place for their state, and names of libc that are the package's own here.
#include <Python.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  unsigned long long state;
} Generator;

static unsigned next_random(Generator *generator) {
  generator->state = generator->state * 6364136223846793005ull + 1442695040888963407ull;
  return (unsigned)(generator->state >> 33);
}

static Py_ssize_t dirname(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? 0 : slash - path;
}

static PyObject *home_name(PyObject *module, PyObject *unused) {
  char buffer[4096];
  struct passwd entry, *found = NULL;
  int error = getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found);
  if (error != 0 || found == NULL) {
    PyErr_SetString(PyExc_LookupError, "no entry for this user");
    return NULL;
  }
  return PyUnicode_FromStringAndSize(found->pw_dir, dirname(found->pw_dir));
}

static PyObject *shuffle_seed(PyObject *module, PyObject *number) {
  Generator generator = {PyLong_AsUnsignedLongMask(number)};
  unsigned sum = 0;
  for (int i = 0; i < 16; i++) {
    sum ^= next_random(&generator);
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyObject *first_field(PyObject *module, PyObject *text) {
  char copy[128], *rest;
  const char *utf8 = PyUnicode_AsUTF8(text);
  if (utf8 == NULL) {
    return NULL;
  }
  PyOS_snprintf(copy, sizeof copy, "%s", utf8);
  char *field = strtok_r(copy, ":", &rest);
  return PyUnicode_FromString(field == NULL ? "" : field);
}

static PyMethodDef methods[] = {
    {"home_name", home_name, METH_NOARGS, NULL},
    {"shuffle_seed", shuffle_seed, METH_O, NULL},
    {"first_field", first_field, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "libc_not_thread_safe_reentrant_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_reentrant_good(void) {
  return PyModuleDef_Init(&definition);
}
