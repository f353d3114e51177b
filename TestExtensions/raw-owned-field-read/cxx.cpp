// C++: member functions of the object's struct, of which one replaces and one reads.
#include <Python.h>

namespace {

struct Cell {
  PyObject_HEAD
  PyObject *content;  // expect: raw-owned-field-read

  void set(PyObject *value) {
    PyObject *old = content;
    content = Py_NewRef(value);
    Py_XDECREF(old);
  }

  PyObject *get() const {
    return content != nullptr ? Py_NewRef(content) : Py_NewRef(Py_None);
  }
};

Cell *cell(PyObject *object) {
  return reinterpret_cast<Cell *>(object);
}

}  // namespace

static void cell_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(cell(object)->content);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *cell_set(PyObject *self, PyObject *value) {
  cell(self)->set(value);
  Py_RETURN_NONE;
}

static PyObject *cell_get(PyObject *self, PyObject *) {
  return cell(self)->get();
}

static PyMethodDef cell_methods[] = {
    {"set", cell_set, METH_O, nullptr},
    {"get", cell_get, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot cell_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(cell_dealloc)},
    {Py_tp_methods, cell_methods},
    {0, nullptr},
};

static PyType_Spec cell_spec = {"cxx.Cell", sizeof(Cell), 0, Py_TPFLAGS_DEFAULT, cell_slots};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cell_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "raw_owned_field_read_cxx",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_cxx() {
  return PyModuleDef_Init(&definition);
}
