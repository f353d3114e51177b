// The unsafe arms are for owners that nobody shares; what stands in the condition is known when the
// code is compiled.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index) {
  return Py_XNewRef(PyList_GetItem(list, index));
}
#endif

#if PY_VERSION_HEX < 0x030E0000
#define PyUnstable_Object_IsUniquelyReferenced(object) (Py_REFCNT(object) == 1)
#endif

enum sharing { SHARING_UNIQUE, SHARING_OWNED, SHARING_FOREIGN };

#define FOREIGN 3
#define ASSUME_SAFE(sharing, object)                                                     \
  ((sharing) == SHARING_UNIQUE                                                           \
       ? 1                                                                               \
       : ((sharing) == SHARING_OWNED ? PyUnstable_Object_IsUniquelyReferenced(object) : 0))

static PyObject *first(PyObject *module, PyObject *list) {
  return (FOREIGN == 0 ? 1 : 0) ? Py_NewRef(PyList_GET_ITEM(list, 0)) : PyList_GetItemRef(list, 0);
}

static PyObject *second(PyObject *module, PyObject *list) {
  return ASSUME_SAFE(SHARING_FOREIGN, list) ? Py_NewRef(PyList_GET_ITEM(list, 1))
                                            : PyList_GetItemRef(list, 1);
}

static PyObject *third(PyObject *module, PyObject *list) {
  if (((void)list, 0)) {
    return Py_NewRef(PyList_GET_ITEM(list, 2));
  }
  return PyList_GetItemRef(list, 2);
}

static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
    {"second", second, METH_O, NULL},
    {"third", third, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_constant_condition_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_constant_condition_good(void) {
  return PyModuleDef_Init(&definition);
}
