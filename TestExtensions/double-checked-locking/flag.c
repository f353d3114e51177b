// The flag is plain: a thread can see it set before it can see the table that was written before
// it.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ready;  // expect: double-checked-locking
static unsigned char is_vowel[256];

static void prepare(void) {
  if (!ready) {
    pthread_mutex_lock(&lock);
    if (!ready) {
      for (const char *c = "aeiouAEIOU"; *c != 0; c++) {
        is_vowel[(unsigned char)*c] = 1;
      }
      ready = 1;
    }
    pthread_mutex_unlock(&lock);
  }
}

static PyObject *vowels(PyObject *module, PyObject *bytes) {
  char *data;
  Py_ssize_t size, count = 0;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  prepare();
  for (Py_ssize_t i = 0; i < size; i++) {
    count += is_vowel[(unsigned char)data[i]];
  }
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"vowels", vowels, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "double_checked_locking_flag",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_flag(void) {
  return PyModuleDef_Init(&definition);
}
