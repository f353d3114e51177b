// The lock stands behind macros too.
#include <Python.h>
#include <pthread.h>

#define ACQUIRE(l) pthread_mutex_lock(&(l))
#define RELEASE(l) pthread_mutex_unlock(&(l))
#define LIST_PUSH(head, node) \
  do { \
    (node)->next = (head); \
    (head) = (node); \
  } while (0)
#define LIST_EACH(head, node) for (struct watch *node = (head); node != NULL; node = node->next)

struct watch {
  struct watch *next;
  int descriptor;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct watch *watches;

static PyObject *watch(PyObject *module, PyObject *number) {
  struct watch *made = PyMem_RawMalloc(sizeof(*made));
  if (made == NULL) {
    return PyErr_NoMemory();
  }
  made->descriptor = (int)PyLong_AsLong(number);
  ACQUIRE(lock);
  LIST_PUSH(watches, made);
  RELEASE(lock);
  Py_RETURN_NONE;
}

static PyObject *highest(PyObject *module, PyObject *unused) {
  int best = -1;
  ACQUIRE(lock);
  LIST_EACH(watches, node) {
    best = node->descriptor > best ? node->descriptor : best;
  }
  RELEASE(lock);
  return PyLong_FromLong(best);
}

static PyMethodDef methods[] = {
    {"watch", watch, METH_O, NULL},
    {"highest", highest, METH_NOARGS, NULL},
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
    .m_name = "static_container_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
