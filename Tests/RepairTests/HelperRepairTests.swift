import Findings
import Repair
import Testing

struct HelperRepairTests {
  private static let subcache = """
    static PyObject *cache;
    static PyObject *
    subcache(PyObject *d, PyObject *key)
    {
        PyObject *sub = PyDict_GetItem(d, key);
        if (sub == NULL) {
            int status;
            sub = PyDict_New();
            if (sub == NULL)
                return NULL;
            status = PyDict_SetItem(d, key, sub);
            Py_DECREF(sub);
            if (status < 0)
                return NULL;
        }
        return sub;
    }
    static PyObject *
    twice(PyObject *self, PyObject *arg)
    {
        PyObject *sub = subcache(self, arg);
        if (sub == NULL)
            return NULL;
        if (arg != Py_None)
            sub = subcache(sub, arg);
        return sub;
    }
    static PyObject *
    f(PyObject *self, PyObject *arg)
    {
        PyObject *sub = twice(cache, arg);
        if (sub == NULL)
            return NULL;
        PyObject *found = PyDict_GetItemWithError(sub, arg);
        Py_XINCREF(found);
        return found;
    }
    """

  @Test func callersChangeTogether() throws {
    let repaired = try Repaired(Self.subcache, methods: ["f"])
    #expect(repaired.refusals.isEmpty)
    #expect(try repaired.remaining().isEmpty, "\(repaired.text)")
    #expect(
      repaired.function("subcache") == """
        subcache(PyObject *d, PyObject *key)
        {
            PyObject *sub;
            if (PyDict_GetItemRef(d, key, &sub) < 0) {
                PyErr_Clear();
            }
            if (sub == NULL) {
                int status;
                sub = PyDict_New();
                if (sub == NULL)
                    return NULL;
                status = PyDict_SetItem(d, key, sub);
                if (status < 0) {
                    Py_DECREF(sub);
                    return NULL;
                }
            }
            return sub;
        }
        """)
    #expect(
      repaired.function("twice") == """
        twice(PyObject *self, PyObject *arg)
        {
            PyObject *sub = subcache(self, arg);
            if (sub == NULL)
                return NULL;
            if (arg != Py_None) {
                PyObject *old_sub = sub;
                sub = subcache(sub, arg);
                Py_DECREF(old_sub);
            }
            return sub;
        }
        """)
    #expect(
      repaired.function("f") == """
        f(PyObject *self, PyObject *arg)
        {
            PyObject *sub = twice(cache, arg);
            if (sub == NULL)
                return NULL;
            PyObject *found;
            (void)PyDict_GetItemRef(sub, arg, &found);
            Py_DECREF(sub);
            return found;
        }
        """)
  }

  @Test func callersThatOthersCanCallAreLeft() throws {
    try expectRefusal(
      .pathNotUnderstood,
      """
      static PyObject *cache;
      PyObject *
      find(PyObject *key)
      {
          return PyDict_GetItemWithError(cache, key);
      }
      static PyObject *
      change(PyObject *self, PyObject *arg)
      {
          if (PyDict_SetItem(cache, arg, arg) < 0)
              return NULL;
          Py_RETURN_NONE;
      }
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *v = find(arg);
          if (v == NULL)
              return NULL;
          return PyObject_Str(v);
      }
      """, methods: ["f", "change"])
  }

  @Test func returnedAtOnce() throws {
    try expectRepair(
      """
      static PyObject *cache;
      static PyObject *
      find(PyObject *key)
      {
          return PyDict_GetItemWithError(cache, key);
      }
      static PyObject *
      change(PyObject *self, PyObject *arg)
      {
          if (PyDict_SetItem(cache, arg, arg) < 0)
              return NULL;
          Py_RETURN_NONE;
      }
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *v = find(arg);
          if (v == NULL)
              return NULL;
          return PyObject_Str(v);
      }
      """, methods: ["f", "change"], gives: "find",
      """
      find(PyObject *key)
      {
          PyObject *result;
          (void)PyDict_GetItemRef(cache, key, &result);
          return result;
      }
      """)
  }
}

/// Loops over dicts, and weak references.
struct LoopRepairTests {
  private func loop(_ body: String) -> String {
    """
    static PyObject *
    f(PyObject *self, PyObject *arg)
    {
        PyObject *key, *value;
        Py_ssize_t pos = 0, count = 0;
        while (PyDict_Next(arg, &pos, &key, &value)) {
    \(body)
        }
        return PyLong_FromSsize_t(count);
    }
    """
  }

  @Test func lockedOverTheLoop() throws {
    try expectRepair(
      loop("        if (key == value)\n            break;\n        count++;"), gives: "f",
      """
      f(PyObject *self, PyObject *arg)
      {
          PyObject *key, *value;
          Py_ssize_t pos = 0, count = 0;
          Py_BEGIN_CRITICAL_SECTION(arg);
          while (PyDict_Next(arg, &pos, &key, &value)) {
              if (key == value)
                  break;
              count++;
          }
          Py_END_CRITICAL_SECTION();
          return PyLong_FromSsize_t(count);
      }
      """)
  }

  @Test func entriesAreKeptForCalls() throws {
    try expectRepair(
      loop(
        "        int is = PyObject_IsTrue(value);\n        if (is < 0)\n            continue;\n"
          + "        count += is;"), gives: "f",
      """
      f(PyObject *self, PyObject *arg)
      {
          PyObject *key, *value;
          Py_ssize_t pos = 0, count = 0;
          Py_BEGIN_CRITICAL_SECTION(arg);
          while (PyDict_Next(arg, &pos, &key, &value)) {
              Py_INCREF(key);
              Py_INCREF(value);
              int is = PyObject_IsTrue(value);
              if (is < 0) {
                  Py_DECREF(key);
                  Py_DECREF(value);
                  continue;
              }
              count += is;
              Py_DECREF(key);
              Py_DECREF(value);
          }
          Py_END_CRITICAL_SECTION();
          return PyLong_FromSsize_t(count);
      }
      """)
  }

  @Test func waysOutAreNotLocked() throws {
    try expectRefusal(
      .pathNotUnderstood, loop("        if (key == value)\n            return NULL;"))
    try expectRefusal(.pathNotUnderstood, loop("        if (key == value)\n            arg = key;"))
  }

  @Test func weakReferences() throws {
    try expectRepair(
      """
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *target = PyWeakref_GetObject(arg);
          if (target == Py_None)
              Py_RETURN_FALSE;
          Py_INCREF(target);
          return target;
      }
      """,
      """
      f(PyObject *self, PyObject *arg)
      {
          PyObject *target;
          if (PyWeakref_GetRef(arg, &target) < 0) {
              PyErr_Clear();
          }
          if (target == NULL)
              Py_RETURN_FALSE;
          return target;
      }
      """)
    try expectRefusal(
      .pathNotUnderstood,
      """
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *target = PyWeakref_GetObject(arg);
          Py_INCREF(target);
          return target;
      }
      """)
  }
}
