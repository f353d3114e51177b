// The flag is atomic: it is set after the table is complete, and it is read before the table is.
// A lock keeps two threads from making the table at once.
#include <Python.h>
#include <pthread.h>
#include <stdatomic.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int crc_ready;
static uint32_t crc_table[256];

static void make_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) {
      value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
    }
    crc_table[i] = value;
  }
}

static PyObject *checksum(PyObject *module, PyObject *bytes) {
  char *data;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  if (!atomic_load_explicit(&crc_ready, memory_order_acquire)) {
    pthread_mutex_lock(&lock);
    if (!atomic_load_explicit(&crc_ready, memory_order_relaxed)) {
      make_table();
      atomic_store_explicit(&crc_ready, 1, memory_order_release);
    }
    pthread_mutex_unlock(&lock);
  }
  uint32_t sum = 0xFFFFFFFFu;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum = crc_table[(sum ^ (unsigned char)data[i]) & 0xFF] ^ (sum >> 8);
  }
  return PyLong_FromUnsignedLong(sum ^ 0xFFFFFFFFu);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_flag_release_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_flag_release_good(void) {
  return PyModuleDef_Init(&definition);
}
