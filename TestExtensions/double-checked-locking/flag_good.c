// The flag is loaded with acquire order and stored with release order.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ready;
static unsigned char is_vowel[256];

static void prepare(void) {
  if (!__atomic_load_n(&ready, __ATOMIC_ACQUIRE)) {
    pthread_mutex_lock(&lock);
    if (!__atomic_load_n(&ready, __ATOMIC_RELAXED)) {
      for (const char *c = "aeiouAEIOU"; *c != 0; c++) {
        is_vowel[(unsigned char)*c] = 1;
      }
      __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "double_checked_locking_flag_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_flag_good(void) {
  return PyModuleDef_Init(&definition);
}
