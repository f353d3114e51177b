// C++: a critical section in an object; what the loop hands out is owned by nobody.
#include <Python.h>

namespace {

class Section {
 public:
#ifdef Py_GIL_DISABLED
  explicit Section(PyObject *object) {
    PyCriticalSection_Begin(&section_, object);
  }
  ~Section() {
    PyCriticalSection_End(&section_);
  }

 private:
  PyCriticalSection section_;
#else
  explicit Section(PyObject *) {}
  ~Section() {}
#endif
};

}  // namespace

static PyObject *visit(PyObject *, PyObject *args) {
  PyObject *list, *visitor;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &visitor)) {
    return nullptr;
  }
  Section section(list);
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *item = PyList_GET_ITEM(list, i);  // expect: borrowed-across-yield
    PyObject *answer = PyObject_CallOneArg(visitor, item);
    if (answer == nullptr) {
      return nullptr;
    }
    Py_DECREF(answer);
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"visit", visit, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "borrowed_across_yield_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_cxx() {
  return PyModuleDef_Init(&definition);
}
