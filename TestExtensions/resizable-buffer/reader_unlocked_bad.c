// The methods hold the mutex of the object; the buffer slot hands out the pointer without it.
#include <Python.h>
#include <stdlib.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  size_t size;
  unsigned short *samples;  // expect: resizable-buffer
} Sound;

static void sound_dealloc(PyObject *op) {
  Sound *self = (Sound *)op;
  free(self->samples);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *sound_resize(Sound *self, PyObject *arg) {
  size_t size = PyLong_AsSize_t(arg);
  if (size == (size_t)-1 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->lock);
  unsigned short *samples = realloc(self->samples, (size + 1) * sizeof(*samples));
  if (samples != NULL) {
    for (size_t i = self->size; i < size; i++) {
      samples[i] = 0;
    }
    self->samples = samples;
    self->size = size;
  }
  PyMutex_Unlock(&self->lock);
  if (samples == NULL) {
    return PyErr_NoMemory();
  }
  Py_RETURN_NONE;
}

static PyObject *sound_peak(Sound *self, PyObject *unused) {
  unsigned short peak = 0;
  PyMutex_Lock(&self->lock);
  for (size_t i = 0; i < self->size; i++) {
    peak = Py_MAX(peak, self->samples[i]);
  }
  PyMutex_Unlock(&self->lock);
  return PyLong_FromLong(peak);
}

static int sound_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Sound *self = (Sound *)op;
  return PyBuffer_FillInfo(view, op, self->samples, (Py_ssize_t)(self->size * 2), 1, flags);
}

static PyMethodDef sound_methods[] = {
    {"resize", (PyCFunction)sound_resize, METH_O, NULL},
    {"peak", (PyCFunction)sound_peak, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyBufferProcs sound_as_buffer = {
    .bf_getbuffer = sound_getbuffer,
};

static PyTypeObject Sound_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "reader_unlocked.Sound",
    .tp_basicsize = sizeof(Sound),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = sound_dealloc,
    .tp_methods = sound_methods,
    .tp_as_buffer = &sound_as_buffer,
    .tp_new = PyType_GenericNew,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Sound_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_reader_unlocked_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_reader_unlocked_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
