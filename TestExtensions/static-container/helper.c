// Helpers add to and count whatever list they are given.
#include <Python.h>

struct link {
  struct link *next;
  double value;
};

static struct link *samples;  // expect: static-container

static int link_add(struct link **head, double value) {
  struct link *link = PyMem_RawMalloc(sizeof(*link));
  if (link == NULL) {
    return -1;
  }
  link->value = value;
  link->next = *head;
  *head = link;
  return 0;
}

static double link_sum(const struct link *link) {
  double sum = 0;
  for (; link != NULL; link = link->next) {
    sum += link->value;
  }
  return sum;
}

static PyObject *add(PyObject *module, PyObject *number) {
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  return link_add(&samples, value) < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *sum(PyObject *module, PyObject *unused) {
  return PyFloat_FromDouble(link_sum(samples));
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, NULL},
    {"sum", sum, METH_NOARGS, NULL},
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
    .m_name = "static_container_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_helper(void) {
  return PyModuleDef_Init(&definition);
}
