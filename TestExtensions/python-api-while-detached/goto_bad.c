// One way leaves the region by goto, without attaching, and raises.
#include <Python.h>
#include <unistd.h>

static PyObject *copy(PyObject *module, PyObject *args) {
  int from, to;
  char block[512];
  if (!PyArg_ParseTuple(args, "ii", &from, &to)) {
    return NULL;
  }
  Py_ssize_t total = 0;
  Py_BEGIN_ALLOW_THREADS
  for (;;) {
    ssize_t got = read(from, block, sizeof block);
    if (got < 0) {
      goto failed;
    }
    if (got == 0) {
      break;
    }
    total += write(to, block, (size_t)got);
  }
  Py_END_ALLOW_THREADS
  return PyLong_FromSsize_t(total);
failed:
  PyErr_SetFromErrno(PyExc_OSError);  // expect: python-api-while-detached
  return NULL;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_goto_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_goto_bad(void) {
  return PyModuleDef_Init(&definition);
}
