// The stream is worked with under the mutex of its object; one of a function needs none.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

// What is used of zlib; weak, so that the module loads without the library.
typedef unsigned char Bytef;
typedef unsigned int uInt;
typedef unsigned long uLong;
typedef struct z_stream_s {
  const Bytef *next_in;
  uInt avail_in;
  uLong total_in;
  Bytef *next_out;
  uInt avail_out;
  uLong total_out;
  void *state;
} z_stream;
#define Z_OK 0
#define Z_STREAM_END 1
#define Z_FINISH 4
extern __attribute__((weak)) int deflateInit(z_stream *stream, int level);
extern __attribute__((weak)) int deflate(z_stream *stream, int flush);
extern __attribute__((weak)) int deflateReset(z_stream *stream);
extern __attribute__((weak)) int deflateEnd(z_stream *stream);
extern __attribute__((weak)) uLong crc32(uLong crc, const Bytef *bytes, uInt size);

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  z_stream stream;
} Packer;

static PyObject *packer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Packer *self = (Packer *)type->tp_alloc(type, 0);
  if (self != NULL && deflateInit(&self->stream, 6) != Z_OK) {
    PyErr_SetString(PyExc_RuntimeError, "cannot start the stream");
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void packer_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  deflateEnd(&((Packer *)op)->stream);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *packer_pack(PyObject *op, PyObject *args) {
  Packer *self = (Packer *)op;
  Py_buffer input;
  if (!PyArg_ParseTuple(args, "y*", &input)) {
    return NULL;
  }
  Bytef output[8192];
  int status;
  uInt rest;
  Py_BEGIN_ALLOW_THREADS
  PyMutex_Lock(&self->lock);
  self->stream.next_in = input.buf;
  self->stream.avail_in = (uInt)input.len;
  self->stream.next_out = output;
  self->stream.avail_out = sizeof output;
  status = deflate(&self->stream, Z_FINISH);
  rest = self->stream.avail_out;
  deflateReset(&self->stream);
  PyMutex_Unlock(&self->lock);
  Py_END_ALLOW_THREADS
  PyBuffer_Release(&input);
  if (status != Z_STREAM_END) {
    PyErr_SetString(PyExc_ValueError, "too large");
    return NULL;
  }
  return PyBytes_FromStringAndSize((char *)output, sizeof output - rest);
}

static PyObject *pack_once(PyObject *module, PyObject *args) {
  Py_buffer input;
  if (!PyArg_ParseTuple(args, "y*", &input)) {
    return NULL;
  }
  Bytef output[4096];
  z_stream stream = {.next_in = input.buf, .avail_in = (uInt)input.len};
  stream.next_out = output;
  stream.avail_out = sizeof output;
  if (deflateInit(&stream, 9) != Z_OK) {
    PyBuffer_Release(&input);
    return PyErr_NoMemory();
  }
  Py_BEGIN_ALLOW_THREADS
  deflate(&stream, Z_FINISH);
  Py_END_ALLOW_THREADS
  deflateEnd(&stream);
  PyBuffer_Release(&input);
  return PyBytes_FromStringAndSize((char *)output, sizeof output - stream.avail_out);
}

static PyObject *checksum(PyObject *module, PyObject *args) {
  Py_buffer input;
  if (!PyArg_ParseTuple(args, "y*", &input)) {
    return NULL;
  }
  uLong value = crc32(0, input.buf, (uInt)input.len);
  PyBuffer_Release(&input);
  return PyLong_FromUnsignedLong(value);
}

static PyMethodDef packer_methods[] = {
    {"pack", packer_pack, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot packer_slots[] = {
    {Py_tp_new, packer_new},
    {Py_tp_dealloc, packer_dealloc},
    {Py_tp_methods, packer_methods},
    {0, NULL},
};

static PyType_Spec packer_spec = {
    .name = "handle_good.Packer",
    .basicsize = sizeof(Packer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = packer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&packer_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyMethodDef methods[] = {
    {"pack_once", pack_once, METH_VARARGS, NULL},
    {"checksum", checksum, METH_VARARGS, NULL},
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
    .m_name = "library_not_thread_safe_handle_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_handle_good(void) {
  return PyModuleDef_Init(&definition);
}
