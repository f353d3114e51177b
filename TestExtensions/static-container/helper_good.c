// The same helpers: a list that is complete after import, and one of the call's own.
#include <Python.h>

struct link {
  struct link *next;
  double value;
};

static struct link *constants;

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

static int exec_module(PyObject *module) {
  return link_add(&constants, 3.14159) < 0 || link_add(&constants, 2.71828) < 0 ? -1 : 0;
}

static PyObject *sum(PyObject *module, PyObject *number) {
  struct link *mine = NULL;
  if (link_add(&mine, PyFloat_AsDouble(number)) < 0) {
    return PyErr_NoMemory();
  }
  double result = link_sum(mine) + link_sum(constants);
  PyMem_RawFree(mine);
  return PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"sum", sum, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_container_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
