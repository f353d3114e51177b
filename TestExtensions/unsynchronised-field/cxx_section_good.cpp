// C++: a class of the project begins and ends the critical section.
#include <Python.h>

namespace {

class Section {
 public:
#ifdef Py_GIL_DISABLED
  explicit Section(PyObject *op) { PyCriticalSection_Begin(&section_, op); }
  ~Section() { PyCriticalSection_End(&section_); }
#else
  explicit Section(PyObject *) {}
  ~Section() {}
#endif
  Section(const Section &) = delete;
  Section &operator=(const Section &) = delete;

 private:
#ifdef Py_GIL_DISABLED
  PyCriticalSection section_;
#endif
};

struct Turtle {
  PyObject_HEAD
  double x;
  double y;
  int steps;
};

Turtle *as_turtle(PyObject *op) { return reinterpret_cast<Turtle *>(op); }

static void turtle_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *turtle_move(PyObject *op, PyObject *args) {
  double dx, dy;
  if (!PyArg_ParseTuple(args, "dd:move", &dx, &dy)) {
    return nullptr;
  }
  Section section(op);
  as_turtle(op)->x += dx;
  as_turtle(op)->y += dy;
  as_turtle(op)->steps++;
  Py_RETURN_NONE;
}

PyObject *turtle_position(PyObject *op, PyObject *) {
  double x, y;
  {
    Section section(op);
    x = as_turtle(op)->x;
    y = as_turtle(op)->y;
  }
  return Py_BuildValue("(dd)", x, y);
}

PyObject *turtle_get_steps(PyObject *op, void *) {
  const Section section(op);
  return PyLong_FromLong(as_turtle(op)->steps);
}

static PyMethodDef turtle_methods[] = {
    {"move", reinterpret_cast<PyCFunction>(turtle_move), METH_VARARGS, nullptr},
    {"position", reinterpret_cast<PyCFunction>(turtle_position), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};
static PyGetSetDef turtle_getset[] = {
    {"steps", reinterpret_cast<getter>(turtle_get_steps), nullptr, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

static PyType_Slot turtle_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(turtle_dealloc)},
    {Py_tp_methods, turtle_methods},
    {Py_tp_getset, turtle_getset},
    {0, nullptr},
};

static PyType_Spec turtle_spec = {
    "cxx_section.Turtle", sizeof(Turtle), 0, Py_TPFLAGS_DEFAULT, turtle_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&turtle_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(add_types)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    "unsynchronised_field_cxx_section_good",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_cxx_section_good() {
  return PyModuleDef_Init(&moduledef);
}
