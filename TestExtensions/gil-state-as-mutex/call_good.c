// The callback attaches to call Python, which is what the function is for; its data are its own.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject *listener;
  long delivered, failed;
} Delivery;

static void deliver(Delivery *delivery, int value) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *answer = PyObject_CallFunction(delivery->listener, "i", value);
  if (answer == NULL) {
    PyErr_WriteUnraisable(delivery->listener);
    delivery->failed++;
  } else {
    Py_DECREF(answer);
    delivery->delivered++;
  }
  PyGILState_Release(state);
}

static void *deliver_all(void *context) {
  for (int i = 0; i < 10; i++) {
    deliver(context, i);
  }
  return NULL;
}

static PyObject *run(PyObject *module, PyObject *listener) {
  Delivery delivery = {listener, 0, 0};
  pthread_t thread;
  int error;
  Py_BEGIN_ALLOW_THREADS
  error = pthread_create(&thread, NULL, deliver_all, &delivery);
  if (error == 0) {
    error = pthread_join(thread, NULL);
  }
  Py_END_ALLOW_THREADS
  if (error != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return NULL;
  }
  return Py_BuildValue("ll", delivery.delivered, delivery.failed);
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "gil_state_as_mutex_call_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_call_good(void) {
  return PyModuleDef_Init(&definition);
}
