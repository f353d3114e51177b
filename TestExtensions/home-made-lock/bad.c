// A flag keeps calls apart as long as there is a GIL. Without it two threads can both find it
// clear.
#include <Python.h>
#include <unistd.h>

static int busy;  // expect: home-made-lock

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  Py_buffer data;
  if (!PyArg_ParseTuple(args, "iy*", &device, &data)) {
    return NULL;
  }
  if (busy) {
    PyBuffer_Release(&data);
    PyErr_SetString(PyExc_RuntimeError, "a transmission is going on");
    return NULL;
  }
  busy = 1;
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  sent = write(device, data.buf, data.len);
  Py_END_ALLOW_THREADS
  busy = 0;
  PyBuffer_Release(&data);
  return PyLong_FromSsize_t(sent);
}

static PyMethodDef methods[] = {
    {"transmit", transmit, METH_VARARGS, NULL},
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
    .m_name = "home_made_lock_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_bad(void) {
  return PyModuleDef_Init(&definition);
}
