// The buffer is not returned; its address goes out in a field of the caller's struct.
#include <Python.h>
#include <stdio.h>

struct request {
  const char *method;
  const char *url;
};

static void prepare(struct request *request, const char *host, int port) {
  static char url[128];  // expect: returned-static-storage
  snprintf(url, sizeof(url), "http://%s:%d/", host, port);
  request->method = "GET";
  request->url = url;
}

static PyObject *url(PyObject *module, PyObject *args) {
  struct request request;
  const char *host;
  int port;
  if (!PyArg_ParseTuple(args, "si", &host, &port)) {
    return NULL;
  }
  prepare(&request, host, port);
  return PyUnicode_FromFormat("%s %s", request.method, request.url);
}

static PyMethodDef methods[] = {
    {"url", url, METH_VARARGS, NULL},
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
    .m_name = "returned_static_storage_field",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_field(void) {
  return PyModuleDef_Init(&definition);
}
