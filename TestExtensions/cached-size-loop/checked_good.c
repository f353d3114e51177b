// Each access checks the index itself, or asks for the size anew, or is to a list of this function.
#include <Python.h>

static PyObject *item_at(PyObject *list, Py_ssize_t index) {
#if PY_VERSION_HEX >= 0x030D0000
  return PyList_GetItemRef(list, index);
#else
  return Py_XNewRef(PyList_GetItem(list, index));
#endif
}

static PyObject *all_true(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list);
  for (Py_ssize_t i = 0; i < size; i++) {
    PyObject *item = item_at(list, i);
    if (item == NULL) {
      if (!PyErr_ExceptionMatches(PyExc_IndexError)) {
        return NULL;
      }
      PyErr_Clear();
      break;
    }
    int truth = PyObject_IsTrue(item);
    Py_DECREF(item);
    if (truth <= 0) {
      return truth < 0 ? NULL : Py_NewRef(Py_False);
    }
  }
  Py_RETURN_TRUE;
}

static PyObject *squares(PyObject *module, PyObject *list) {
  PyObject *copy = PySequence_List(list);
  if (copy == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(copy);
  PyObject *result = PyTuple_New(size);
  for (Py_ssize_t i = 0; result != NULL && i < size; i++) {
    PyObject *item = PyList_GET_ITEM(copy, i);
    PyObject *square = PyNumber_Multiply(item, item);
    if (square == NULL) {
      Py_CLEAR(result);
    } else {
      PyTuple_SET_ITEM(result, i, square);
    }
  }
  Py_DECREF(copy);
  return result;
}

static PyMethodDef methods[] = {
    {"all_true", all_true, METH_O, NULL},
    {"squares", squares, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cached_size_loop_checked_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_checked_good(void) {
  return PyModuleDef_Init(&definition);
}
