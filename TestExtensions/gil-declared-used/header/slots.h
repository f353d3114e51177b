// Entries for the table of slots.
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_USED},  // expect: gil-declared-used
#endif
