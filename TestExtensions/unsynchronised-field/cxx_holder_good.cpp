// A class that holds a reference has the new object while its field is set.
#include <Python.h>

class Holder {
 public:
  explicit Holder(PyObject *object) : object(object) {}
  ~Holder() {
    PyObject *old = object;
    object = nullptr;
    Py_XDECREF(old);
  }
  PyObject *get() const { return object; }
  PyObject *release() {
    PyObject *old = object;
    object = nullptr;
    return old;
  }

 private:
  PyObject *object;
};

struct Term {
  PyObject_HEAD
  double constant;
  static PyTypeObject *type;
};

PyTypeObject *Term::type = nullptr;

static PyObject *term_one(Term *, PyObject *) {
  Holder holder(PyType_GenericNew(Term::type, nullptr, nullptr));
  if (holder.get() == nullptr) {
    return nullptr;
  }
  Term *made = reinterpret_cast<Term *>(holder.get());
  made->constant = 1.0;
  return holder.release();
}

static PyObject *term_value(Term *self, PyObject *) { return PyFloat_FromDouble(self->constant); }

static void term_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef term_methods[] = {
    {"one", (PyCFunction)term_one, METH_NOARGS, nullptr},
    {"value", (PyCFunction)term_value, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot term_slots[] = {
    {Py_tp_dealloc, (void *)term_dealloc},
    {Py_tp_methods, (void *)term_methods},
    {0, nullptr},
};

static PyType_Spec term_spec = {"unsynchronised_field_cxx_holder_good.Term", sizeof(Term), 0, Py_TPFLAGS_DEFAULT,
                                 term_slots};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&term_spec);
  if (type == nullptr) {
    return -1;
  }
  Term::type = (PyTypeObject *)Py_NewRef(type);
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, (void *)module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "unsynchronised_field_cxx_holder_good", nullptr, 0, nullptr, module_slots, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_cxx_holder_good(void) {
  return PyModuleDef_Init(&module_def);
}
