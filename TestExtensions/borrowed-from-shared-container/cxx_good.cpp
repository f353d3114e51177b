// C++: an object that locks for its scope, and a strong reference where there is no lock.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#if PY_VERSION_HEX < 0x030D0000
static inline PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index) {
  return Py_XNewRef(PyList_GetItem(list, index));
}
#endif

namespace {

class Hold {
 public:
  explicit Hold(PyMutex &mutex) : mutex_(mutex) {
    PyMutex_Lock(&mutex_);
  }
  Hold(const Hold &) = delete;
  Hold &operator=(const Hold &) = delete;
  ~Hold() {
    PyMutex_Unlock(&mutex_);
  }

 private:
  PyMutex &mutex_;
};

PyMutex guard;
PyObject *table;

}  // namespace

static int exec_module(PyObject *) {
  table = PyDict_New();
  return table == nullptr ? -1 : 0;
}

static PyObject *put(PyObject *, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "UO", &key, &value)) {
    return nullptr;
  }
  if (!PyUnicode_CheckExact(key)) {  // no '__eq__' of its own, which could come back here
    PyErr_SetString(PyExc_TypeError, "a plain string");
    return nullptr;
  }
  Hold hold(guard);
  return PyDict_SetItem(table, key, value) < 0 ? nullptr : Py_NewRef(Py_None);
}

static PyObject *get(PyObject *, PyObject *key) {
  Hold hold(guard);
  PyObject *value = PyDict_GetItemWithError(table, key);
  return value != nullptr || PyErr_Occurred() ? Py_XNewRef(value) : Py_NewRef(Py_None);
}

static PyObject *first(PyObject *, PyObject *list) {
  PyObject *item = PyList_GetItemRef(list, 0);
  PyObject *text = item ? PyObject_Str(item) : nullptr;
  Py_XDECREF(item);
  return text;
}

static PyMethodDef methods[] = {
    {"put", put, METH_VARARGS, nullptr},
    {"get", get, METH_O, nullptr},
    {"first", first, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "borrowed_from_shared_container_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_cxx_good() {
  return PyModuleDef_Init(&definition);
}
