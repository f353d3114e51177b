// The struct of the C library is used under a lock only.
#include <Python.h>
#include <stdlib.h>

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct random_data generator;
static char generator_state[64];

static int exec_module(PyObject *module) {
  return initstate_r(42, generator_state, sizeof(generator_state), &generator);
}

static PyObject *draw(PyObject *module, PyObject *unused) {
  int32_t value;
  pthread_mutex_lock(&lock);
  random_r(&generator, &value);
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(value);
}

static PyMethodDef methods[] = {
    {"draw", draw, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_embedded_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_embedded_good(void) {
  return PyModuleDef_Init(&definition);
}
