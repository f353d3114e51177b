// The module of bad.c; the flag is tested and set in one step.
#include <Python.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int busy;

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  Py_buffer data;
  if (!PyArg_ParseTuple(args, "iy*", &device, &data)) {
    return NULL;
  }
  int expected = 0;
  if (!atomic_compare_exchange_strong(&busy, &expected, 1)) {
    PyBuffer_Release(&data);
    PyErr_SetString(PyExc_RuntimeError, "a transmission is going on");
    return NULL;
  }
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  sent = write(device, data.buf, data.len);
  Py_END_ALLOW_THREADS
  atomic_store(&busy, 0);
  PyBuffer_Release(&data);
  return PyLong_FromSsize_t(sent);
}

static PyMethodDef methods[] = {
    {"transmit", transmit, METH_VARARGS, NULL},
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
    .m_name = "home_made_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
