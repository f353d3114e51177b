import Findings
import Repair
import Testing

/// Look-ups whose result goes into a local variable.
struct BorrowRepairTests: MethodRepair {
  @Test func takenAtOnce() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v != NULL) {
          Py_INCREF(v);
          return v;
      }
      return NULL;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v != NULL) {
            return v;
        }
        return NULL;
        """)
    try repairs(
      """
      PyObject *v;
      v = PyDict_GetItem(cache, arg);
      Py_XINCREF(v);
      return v;
      """,
      to: """
        PyObject *v;
        if (PyDict_GetItemRef(cache, arg, &v) < 0) {
            PyErr_Clear();
        }
        return v;
        """)
    try repairs(
      """
      PyObject *v = PyDict_GetItemString(cache, "x");
      if (v == NULL)
          return NULL;
      return Py_NewRef(v);
      """,
      to: """
        PyObject *v;
        if (PyDict_GetItemStringRef(cache, "x", &v) < 0) {
            PyErr_Clear();
        }
        if (v == NULL)
            return NULL;
        return v;
        """)
  }

  @Test func releasedAfterTheLastUse() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      PyObject *text = PyObject_Str(v);
      return text;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        PyObject *text = PyObject_Str(v);
        Py_DECREF(v);
        return text;
        """)
  }

  @Test func returnedExpressionGetsAVariable() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      return PyObject_Str(v);
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        PyObject *result = PyObject_Str(v);
        Py_DECREF(v);
        return result;
        """)
  }

  @Test func releasedOnEachWay() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          goto error;
      if (PyObject_IsTrue(v)) {
          return PyLong_FromLong(1);
      }
      if (arg == self)
          return PyLong_FromLong(2);
      else if (PyObject_SetAttrString(self, "x", v) < 0)
          goto error;
      return PyLong_FromLong(3);
      error:
      return NULL;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            goto error;
        if (PyObject_IsTrue(v)) {
            Py_DECREF(v);
            return PyLong_FromLong(1);
        }
        if (arg == self) {
            Py_DECREF(v);
            return PyLong_FromLong(2);
        }
        else if (PyObject_SetAttrString(self, "x", v) < 0) {
            Py_DECREF(v);
            goto error;
        }
        else {
            Py_DECREF(v);
        }
        return PyLong_FromLong(3);
        error:
        return NULL;
        """)
  }

  @Test func onlyOneWayUsesIt() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v != NULL && arg != self) {
          if (PyObject_SetAttrString(self, "x", v) < 0)
              return NULL;
      }
      Py_RETURN_NONE;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v != NULL && arg != self) {
            if (PyObject_SetAttrString(self, "x", v) < 0) {
                Py_DECREF(v);
                return NULL;
            }
            Py_DECREF(v);
        } else {
            Py_XDECREF(v);
        }
        Py_RETURN_NONE;
        """)
  }

  @Test func assignedInACondition() throws {
    try repairs(
      """
      PyObject *v;
      if ((v = PyDict_GetItemWithError(cache, arg)) == NULL)
          return NULL;
      Py_INCREF(v);
      return v;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        return v;
        """)
  }

  @Test func inALoop() throws {
    try repairs(
      """
      for (int i = 0; i < 10; i++) {
          PyObject *v = PyDict_GetItemWithError(cache, arg);
          if (v == NULL)
              continue;
          if (PyObject_SetAttrString(self, "x", v) < 0)
              return NULL;
      }
      Py_RETURN_NONE;
      """,
      to: """
        for (int i = 0; i < 10; i++) {
            PyObject *v;
            (void)PyDict_GetItemRef(cache, arg, &v);
            if (v == NULL)
                continue;
            if (PyObject_SetAttrString(self, "x", v) < 0) {
                Py_DECREF(v);
                return NULL;
            }
            Py_DECREF(v);
        }
        Py_RETURN_NONE;
        """)
  }

  @Test func overwrittenWhereItIsUsed() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      v = PyObject_Str(v);
      return v;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        PyObject *old_v = v;
        v = PyObject_Str(v);
        Py_DECREF(old_v);
        return v;
        """)
  }

  @Test func referenceTakenOfOneOfTwo() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      if (v == Py_None) {
          v = self;
      }
      Py_INCREF(v);
      return v;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL)
            return NULL;
        if (v == Py_None) {
            Py_DECREF(v);
            v = self;
            Py_INCREF(v);
        }
        return v;
        """)
  }

  @Test func errorsThatAreAskedForArrive() throws {
    try repairs(
      """
      PyObject *v = PyDict_GetItem(cache, arg);
      if (v == NULL) {
          if (PyErr_Occurred())
              return NULL;
          v = PyList_New(0);
      }
      else {
          Py_INCREF(v);
      }
      return v;
      """,
      to: """
        PyObject *v;
        (void)PyDict_GetItemRef(cache, arg, &v);
        if (v == NULL) {
            if (PyErr_Occurred())
                return NULL;
            v = PyList_New(0);
        }
        return v;
        """)
  }

  @Test func bareBodiesGetBraces() throws {
    try repairs(
      """
      PyObject *v = NULL;
      if (arg != self)
          v = PyDict_GetItem(cache, arg);
      else
          return NULL;
      Py_XINCREF(v);
      return v;
      """,
      to: """
        PyObject *v = NULL;
        if (arg != self) {
            if (PyDict_GetItemRef(cache, arg, &v) < 0) {
                PyErr_Clear();
            }
        }
        else
            return NULL;
        Py_XINCREF(v);
        return v;
        """.replacing("Py_XINCREF(v);\n        ", with: "").replacing("Py_XINCREF(v);\n", with: ""))
  }
}
