// Helpers that want their callers to hold the lock; who puts back has forgotten it.
#include <Python.h>
#include <pthread.h>

struct node {
  struct node *next;
  double value;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct node *spare_nodes;  // expect: static-freelist

static struct node *take_lock_held(void) {
  struct node *node = spare_nodes;
  if (node != NULL) {
    spare_nodes = node->next;
  }
  return node;
}

static void put_lock_held(struct node *node) {
  node->next = spare_nodes;
  spare_nodes = node;
}

static PyObject *twice(PyObject *module, PyObject *number) {
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  struct node *node = take_lock_held();
  pthread_mutex_unlock(&lock);
  if (node == NULL && (node = PyMem_RawMalloc(sizeof(*node))) == NULL) {
    return PyErr_NoMemory();
  }
  node->value = 2 * value;
  value = node->value;
  put_lock_held(node);
  return PyFloat_FromDouble(value);
}

static PyMethodDef methods[] = {
    {"twice", twice, METH_O, NULL},
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
    .m_name = "static_freelist_lock_held",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_lock_held(void) {
  return PyModuleDef_Init(&definition);
}
