// C++: a span over the items of a list lives as long as its user likes.
#include <Python.h>
#include <algorithm>

namespace {

struct Items {
  PyObject **first, **last;
  PyObject **begin() const { return first; }
  PyObject **end() const { return last; }
};

Items items_of(PyObject *list) {
  // expect: raw-container-access
  // expect: borrowed-from-shared-container
  PyObject **first = reinterpret_cast<PyListObject *>(list)->ob_item;
  return {first, first + PyList_GET_SIZE(list)};
}

}  // namespace

static PyObject *count_none(PyObject *, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return nullptr;
  }
  Items items = items_of(list);
  return PyLong_FromSsize_t(std::count(items.begin(), items.end(), Py_None));
}

static PyMethodDef methods[] = {
    {"count_none", count_none, METH_O, nullptr},
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
    "raw_container_access_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_raw_container_access_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
