// C++: the container comes in by reference to a class that only looks like its owner.
#include <Python.h>

namespace {

class ListView {
 public:
  explicit ListView(PyObject *list) : list_(list) {}
  Py_ssize_t size() const {
    return PyList_GET_SIZE(list_);
  }
  void put(Py_ssize_t index, PyObject *item) {
    PyList_SET_ITEM(list_, index, item);  // expect: write-into-published-container
  }

 private:
  PyObject *list_;
};

}  // namespace

static PyObject *number(PyObject *, PyObject *list) {
  if (!PyList_Check(list)) {
    Py_RETURN_NONE;
  }
  ListView view(list);
  for (Py_ssize_t i = 0; i < view.size(); i++) {
    view.put(i, PyLong_FromSsize_t(i));
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"number", number, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "write_into_published_container_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_write_into_published_container_cxx() {
  return PyModuleDef_Init(&definition);
}
