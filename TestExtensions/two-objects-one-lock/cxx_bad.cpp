// C++: swap locks the mutex of one of the two objects.
#include <Python.h>

#include <mutex>
#include <new>

namespace {

class Score {
 public:
  void add(long points) {
    std::lock_guard<std::mutex> guard(mutex_);
    points_ += points;
  }
  long points() {
    std::lock_guard<std::mutex> guard(mutex_);
    return points_;
  }
  void take_from(Score &other) {
    std::lock_guard<std::mutex> guard(mutex_);
    points_ += other.points_;  // expect: two-objects-one-lock
    other.points_ = 0;
  }

 private:
  std::mutex mutex_;
  long points_ = 0;
};

struct Player {
  PyObject_HEAD
  Score score;
};

Score &score_of(PyObject *op) { return reinterpret_cast<Player *>(op)->score; }

PyObject *player_new(PyTypeObject *type, PyObject *, PyObject *) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&score_of(op)) Score();
  }
  return op;
}

static void player_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Player *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->score.~Score();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *player_add(PyObject *op, PyObject *arg) {
  long points = PyLong_AsLong(arg);
  if (points == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  score_of(op).add(points);
  Py_RETURN_NONE;
}

PyObject *player_rob(PyObject *op, PyObject *other) {
  if (!Py_IS_TYPE(other, Py_TYPE(op)) || other == op) {
    PyErr_SetString(PyExc_TypeError, "another player");
    return nullptr;
  }
  score_of(op).take_from(score_of(other));
  Py_RETURN_NONE;
}

PyObject *player_int(PyObject *op) {
  return PyLong_FromLong(score_of(op).points());
}

static PyMethodDef player_methods[] = {
    {"add", reinterpret_cast<PyCFunction>(player_add), METH_O, nullptr},
    {"rob", reinterpret_cast<PyCFunction>(player_rob), METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot player_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(player_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(player_dealloc)},
    {Py_tp_methods, player_methods},
    {Py_nb_int, reinterpret_cast<void *>(player_int)},
    {0, nullptr},
};

static PyType_Spec player_spec = {
    "cxx.Player", sizeof(Player), 0, Py_TPFLAGS_DEFAULT, player_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&player_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    "two_objects_one_lock_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_cxx_bad() {
  return PyModuleDef_Init(&moduledef);
}
