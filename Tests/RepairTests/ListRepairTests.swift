import Repair
import Testing

/// Items of lists, and what is read through a reference.
struct ListRepairTests: MethodRepair {
  @Test func listItems() throws {
    try repairs(
      """
      PyObject *v = PyList_GetItem(arg, 0);
      if (v == NULL)
          return NULL;
      Py_INCREF(v);
      return v;
      """,
      to: """
        PyObject *v = PyList_GetItemRef(arg, 0);
        if (v == NULL)
            return NULL;
        return v;
        """)
    try repairs(
      """
      PyObject *v = PyList_GET_ITEM(arg, 0);
      Py_INCREF(v);
      return v;
      """,
      to: """
        PyObject *v = PyList_GetItemRef(arg, 0);
        if (v == NULL) {
            return NULL;
        }
        return v;
        """)
    try repairs(
      "return Py_NewRef(PyList_GET_ITEM(arg, 0));", to: "return PyList_GetItemRef(arg, 0);")
    try repairs(
      """
      PyObject *made = PyObject_Str(PyList_GET_ITEM(arg, 0));
      if (made == NULL)
          return NULL;
      return made;
      """.replacing("PyObject *made =", with: "PyObject *made;\nmade ="),
      to: """
        PyObject *made;
        PyObject *item = PyList_GetItemRef(arg, 0);
        made = item == NULL ? NULL : PyObject_Str(item);
        Py_XDECREF(item);
        if (made == NULL)
            return NULL;
        return made;
        """)
  }

  @Test func macroThatCannotFailNeedsAnErrorExit() throws {
    try repairs(
      """
      PyObject *v = PyList_GET_ITEM(arg, 0);
      PyObject *made = PyObject_Str(v);
      if (made == NULL)
          return NULL;
      return made;
      """,
      to: """
        PyObject *v = PyList_GetItemRef(arg, 0);
        if (v == NULL) {
            return NULL;
        }
        PyObject *made = PyObject_Str(v);
        Py_DECREF(v);
        if (made == NULL)
            return NULL;
        return made;
        """)
    try refuses(
      """
      PyObject *owned = PyObject_Str(arg);
      PyObject *v = PyList_GET_ITEM(arg, 0);
      int done = PyObject_SetAttrString(self, "x", v);
      Py_XDECREF(owned);
      if (done < 0)
          return NULL;
      Py_RETURN_NONE;
      """, .noErrorExit)
  }

  @Test func whatIsReadThroughItKeepsItAlive() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      const char *text = PyUnicode_AsUTF8(v);
      if (text == NULL)
          return NULL;
      PyObject *made = PyUnicode_FromString(text);
      return made;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        const char *text = PyUnicode_AsUTF8(v);
        if (text == NULL) {
            Py_DECREF(v);
            return NULL;
        }
        PyObject *made = PyUnicode_FromString(text);
        Py_DECREF(v);
        return made;
        """)
  }

  @Test func argumentsOverSeveralLines() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItem(
          cache,
          arg
      );
      Py_XINCREF(v);
      return v;
      """,
      to: """
        PyObject *v;
        if (PyDict_GetItemRef(
            cache,
            arg, &v) < 0) {
            PyErr_Clear();
        }
        return v;
        """)
  }

  /// What would take its place raises an error where nothing is found.
  @Test func systemAttributes() throws {
    try refuses(
      """
      PyObject *v = PySys_GetObject("stdout");
      if (v == NULL)
          Py_RETURN_NONE;
      return PyObject_Str(v);
      """, .noReplacement)
  }
}
