static inline int declare(PyObject *module) {
#ifdef Py_GIL_DISABLED
  return PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);  // expect: gil-declaration-ineffective
#else
  return 0;
#endif
}
