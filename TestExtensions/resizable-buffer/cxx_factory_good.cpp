// A factory fills the record before it gives it away; the method has one of its own.
#include <Python.h>
#include <memory>
#include <vector>

struct Shape {
  std::vector<int> nodes;
  bool is_leaf = false;
  static std::unique_ptr<Shape> make(bool is_leaf);
};

std::unique_ptr<Shape> Shape::make(bool is_leaf) {
  auto shape = std::make_unique<Shape>();
  shape->nodes.emplace_back(1);
  shape->is_leaf = is_leaf;
  return shape;
}

struct Tree {
  PyObject_HEAD
  // expect-wrong: resizable-buffer  what a factory gives is not followed through the holder
  Shape *shape;
};

static PyObject *tree_probe(Tree *, PyObject *) {
  auto shape = Shape::make(true);
  return PyLong_FromSize_t(shape->nodes.size());
}

static PyObject *tree_count(Tree *self, PyObject *) {
  return PyLong_FromSize_t(self->shape != nullptr ? self->shape->nodes.size() : 0);
}

static void tree_dealloc(PyObject *op) {
  Tree *self = (Tree *)op;
  PyTypeObject *type = Py_TYPE(op);
  delete self->shape;
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef tree_methods[] = {
    {"probe", (PyCFunction)tree_probe, METH_NOARGS, nullptr},
    {"count", (PyCFunction)tree_count, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot tree_slots[] = {
    {Py_tp_dealloc, (void *)tree_dealloc},
    {Py_tp_methods, (void *)tree_methods},
    {0, nullptr},
};

static PyType_Spec tree_spec = {"resizable_buffer_cxx_factory_good.Tree", sizeof(Tree), 0, Py_TPFLAGS_DEFAULT,
                                 tree_slots};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&tree_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, (void *)module_exec},
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "resizable_buffer_cxx_factory_good", nullptr, 0, nullptr, module_slots, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_factory_good(void) {
  return PyModuleDef_Init(&module_def);
}
