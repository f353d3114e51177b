// A macro of the module is called like a function of GEOS, but calls the functions with a context.
#include <Python.h>

typedef struct GEOSContextHandle_HS *GEOSContextHandle_t;
extern __attribute__((weak)) GEOSContextHandle_t GEOS_init_r(void);
extern __attribute__((weak)) void GEOS_finish_r(GEOSContextHandle_t handle);

#define GEOS_START GEOSContextHandle_t context = GEOS_init_r()
#define GEOS_DONE        \
  do {                   \
    GEOS_finish_r(context); \
    PyErr_Clear();       \
  } while (0)

static PyObject *touch(PyObject *module, PyObject *unused) {
  GEOS_START;
  GEOS_DONE;
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"touch", touch, METH_NOARGS, NULL},
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
    .m_name = "library_not_thread_safe_own_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_own_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
