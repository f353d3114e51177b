// C++: a wrapper of references looks into the header in its methods.
#include <Python.h>

namespace {

class Reference {
 public:
  explicit Reference(PyObject *object) : object_(Py_NewRef(object)) {}
  ~Reference() { Py_DECREF(object_); }
  Reference(const Reference &) = delete;

  const char *type_name() const {
    return object_->ob_type->tp_name;  // expect: object-header-access
  }
  bool is_a(PyTypeObject *type) const {
    return object_->ob_type == type ||  // expect: object-header-access
           PyType_IsSubtype(object_->ob_type, type);
  }

 private:
  PyObject *object_;
};

}  // namespace

static PyObject *kind(PyObject *, PyObject *object) {
  Reference reference(object);
  if (reference.is_a(&PyUnicode_Type)) {
    return PyUnicode_FromString("text");
  }
  return PyUnicode_FromString(reference.type_name());
}

static PyMethodDef methods[] = {
    {"kind", kind, METH_O, nullptr},
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
    "object_header_access_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_object_header_access_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
