import Testing

@testable import Analysis

/// Shapes of code in which references are borrowed, as packages have them.
@Suite struct ReferenceBorrowShapeTests {
  /// What is found in one method that takes an object `o`, whose body begins in line 3.
  private func found(_ body: String, _ before: String = "") throws -> [String] {
    try ReferenceSource(
      before + "\nstatic PyObject *f(PyObject *m, PyObject *o) {\n\(body)\nreturn NULL; }",
      methods: "f:O"
    ).hazards
  }

  private static let thing = "typedef struct { PyObject_HEAD PyObject *cur; } Thing;"

  @Test func theAbsentReferenceIsNoReference() throws {
    #expect(
      try found(
        "PyObject *v = PyDict_GetItem(o, m);\nif (v == NULL || v == Py_None) return NULL;\nPyObject_Str(v);"
      ) == ["f 3 sharedContainer PyDict_GetItem(o): PyObject_Str noLock 5"])
    #expect(
      try found(
        "PyObject *v;\nif ((v = PyList_GetItem(o, 0)) == NULL) return PyErr_Format(PyExc_TypeError, \"%R\", v);"
      ) == [])
    #expect(
      try found(
        "PyObject *v = PyWeakref_GET_OBJECT(o);\nif (v == Py_None) return NULL;\nPyObject_Str(v);")
        == ["f 3 weakReference PyWeakref_GET_OBJECT(o): PyObject_Str noLock 5"])
  }

  @Test func jumpsBackAndOver() throws {
    #expect(
      try found(
        """
        PyObject *v; int i = 0;
        again: v = PyList_GetItem(o, i++);
        if (i < 3) goto again;
        PyObject_Str(v);
        """) == ["f 4 sharedContainer PyList_GetItem(o): PyObject_Str noLock 6"])
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        if (!v) goto done;
        Py_INCREF(v);
        done:;
        Py_END_CRITICAL_SECTION();
        return v;
        """) == [])
    #expect(
      try found(
        """
        PyObject *v = NULL;
        for (;;) {
          Py_BEGIN_CRITICAL_SECTION(o);
          v = PyList_GetItem(o, 0);
          Py_XINCREF(v);
          Py_END_CRITICAL_SECTION();
          if (v) break;
        }
        PyObject_Str(v);
        """) == [])
  }

  @Test func variablesThatChangePlaces() throws {
    #expect(
      try found(
        "PyObject *a = PyList_GetItem(o, 0), *b = m, *t = a;\na = b;\nb = t;\nPyObject_Str(a);\nPyObject_Repr(b);"
      ) == ["f 3 sharedContainer PyList_GetItem(o): PyObject_Repr noLock 7"])
    #expect(
      try found(
        "PyObject *v = PyDict_GetItem(o, m);\nPyObject *w = v ? v : Py_None;\nPy_INCREF(w);\nreturn w;"
      ) == ["f 3 sharedContainer PyDict_GetItem(o): take noLock 5"])
  }

  @Test func iterationsInAllShapes() throws {
    #expect(
      try found(
        "PyObject *v; Py_ssize_t pos = 0;\nwhile (PyDict_Next(o, &pos, NULL, &v))\nPyObject_Str(v);"
      )
        == ["f 4 dictionaryIteration PyDict_Next(o): PyObject_Str noLock 5"])
    // Straight into a field, and read from there.
    #expect(
      try found(
        "PyObject *k; Py_ssize_t pos = 0;\nwhile (PyDict_Next(o, &pos, &k, &((Thing *)m)->cur))\nPyObject_Str(((Thing *)m)->cur);",
        Self.thing) == ["f 4 dictionaryIteration PyDict_Next(o): PyObject_Str noLock 5"])
    #expect(
      try found(
        "PyObject *k, *v, *d = PyDict_Copy(o); Py_ssize_t pos = 0;\nwhile (PyDict_Next(d, &pos, &k, &v))\nPyObject_Str(v);"
      ) == [])
  }

  @Test func aLockForEachStepOfAnIterationIsNotEnough() throws {
    func found(_ body: String) throws -> [String] {
      try ReferenceSource(
        """
        static PyObject *cache; static PyMutex mu;
        static PyObject *f(PyObject *m, PyObject *o) {
          PyObject *k, *v; Py_ssize_t pos = 0; int more, n = 0;
          do {
            PyMutex_Lock(&mu);
            more = PyDict_Next(cache, &pos, &k, &v);
            if (more) \(body);
            PyMutex_Unlock(&mu);
          } while (more);
          return NULL;
        }
        """, methods: "f:O"
      ).hazards
    }
    #expect(
      try found("n += (int)PyTuple_Size(v)") == ["f 6 dictionaryIteration PyDict_Next(cache)"])
    #expect(
      try found("{ Py_INCREF(v); Py_INCREF(k); }")
        == ["f 6 dictionaryIteration PyDict_Next(cache)"])
    let hazards = try found("{ Py_INCREF(v); Py_INCREF(k); } else return NULL")
    #expect(hazards == ["f 6 dictionaryIteration PyDict_Next(cache)"])
    let one = try self.found(
      """
      PyObject *k, *v; Py_ssize_t pos = 0;
      Py_BEGIN_CRITICAL_SECTION(o);
      while (PyDict_Next(o, &pos, &k, &v)) {
        Py_INCREF(v);
        PyObject_CallOneArg(m, v);
        PyObject_CallOneArg(m, k);
        Py_DECREF(v);
      }
      Py_END_CRITICAL_SECTION();
      """)
    #expect(one.count == 1)
  }

  @Test func arraysOfItems() throws {
    #expect(
      try found(
        """
        PyObject *fast = PySequence_Fast(o, "x");
        PyObject **items = PySequence_Fast_ITEMS(fast);
        Py_INCREF(items[0]);
        """) == ["f 3 fastSequence PySequence_Fast_ITEMS(fast): dereference noLock 5"])
    #expect(
      try found(
        """
        PyObject *fast = PySequence_Fast(PySequence_Tuple(o), "x");
        PyObject **items = PySequence_Fast_ITEMS(fast);
        Py_INCREF(items[0]);
        """) == [])
    #expect(
      try found("PyObject **p = _PyObject_GetDictPtr(o);\nPyObject *d = *p;\nPy_XINCREF(d);")
        == ["f 3 sharedContainer _PyObject_GetDictPtr(o): dereference noLock 4"])
  }

  @Test func whatIsPassedOnAtOnce() throws {
    #expect(
      try found("return Py_BuildValue(\"O\", PyList_GetItem(o, 0));")
        == ["f 3 sharedContainer PyList_GetItem(o): Py_BuildValue noLock 3"])
    #expect(
      try found("const char *s = PyUnicode_AsUTF8(PyList_GetItem(o, 0));").count == 1)
    #expect(try found("if (PyUnicode_Check(PyList_GET_ITEM(o, 0))) return m;").count == 1)
  }

  @Test func localRecordsAndArraysThatHoldAReference() throws {
    #expect(
      try found("struct { PyObject *x; } s;\ns.x = PyList_GetItem(o, 0);\nPyObject_Str(s.x);")
        == ["f 4 sharedContainer PyList_GetItem(o): stored noLock 4"])
    withKnownIssue("a reference is not followed through parts of local objects") {
      for (declaration, place) in [
        ("struct { PyObject *x; } s", "s.x"), ("PyObject *a[3]", "a[1]"),
      ] {
        let hazards = try found(
          """
          \(declaration);
          Py_BEGIN_CRITICAL_SECTION(o);
          \(place) = PyList_GetItem(o, 0);
          Py_END_CRITICAL_SECTION();
          PyObject_Str(\(place));
          """)
        #expect(hazards == ["f 5 sharedContainer PyList_GetItem(o): PyObject_Str released 7"])
      }
    }
  }

  @Test func outParametersThatAreHandedOn() throws {
    withKnownIssue("a helper that passes its out-parameter on lends nothing") {
      let hazards = try found(
        "PyObject *v;\nouter(o, &v);\nPyObject_Str(v);",
        """
        static void inner(PyObject *d, PyObject **out) { *out = PyDict_GetItemString(d, "x"); }
        static void outer(PyObject *d, PyObject **out) { inner(d, out); }
        """)
      #expect(hazards.count == 1)
    }
  }

  @Test func storedByAssignmentAndByMacro() throws {
    let body = "Thing *t = (Thing *)m;\n"
    #expect(
      try found(body + "t->cur = PyList_GetItem(o, 0);", Self.thing).filter {
        $0.contains("stored PyList")
      } == ["f 4 stored PyList_GetItem(t->cur)"])
    #expect(
      try !found(body + "t->cur = PyList_GetItem(o, 0);\nPy_INCREF(t->cur);", Self.thing).contains {
        $0.contains("stored PyList")
      })
    let hazards = try found(body + "Py_XSETREF(t->cur, PyList_GetItem(o, 0));", Self.thing)
    #expect(hazards.contains { $0.contains("stored PyList") })
  }

  @Test func writesIntoObjectsThatMustNotChange() throws {
    #expect(
      try found("memcpy(PyBytes_AS_STRING(o), \"abc\", 3);")
        == ["f 3 publishedWrite PyBytes_AS_STRING(o)"])
    #expect(
      try found("PyBytes_AS_STRING(o)[2] = 3;") == ["f 3 publishedWrite PyBytes_AS_STRING(o)"])
    #expect(
      try found(
        "PyObject *b = PyBytes_FromStringAndSize(NULL, 3);\nPyBytes_AS_STRING(b)[2] = 3;\nreturn b;"
      )
        == [])
    #expect(
      try found("_PyTuple_Resize(&o, 2);") == ["f 3 publishedWrite _PyTuple_Resize(o)"])
    #expect(
      try found(
        "PyObject *t = PyTuple_New(3);\nPyTuple_SET_ITEM(t, 0, m);\n_PyTuple_Resize(&t, 2);")
        == [])
    let hazards = try found(
      "PyObject *t = PyTuple_New(3);\nkept = t;\nPyTuple_SET_ITEM(t, 0, m);",
      "static PyObject *kept;")
    #expect(hazards == ["f 5 publishedWrite PyTuple_SET_ITEM(t)"])
  }

  @Test func buffersThatAreReleasedInALoop() throws {
    #expect(
      try found(
        """
        for (int i = 0; i < 3; i++) {
          Py_buffer b;
          if (PyObject_GetBuffer(o, &b, PyBUF_SIMPLE) < 0) return NULL;
          ((char *)b.buf)[0] = 1;
          PyBuffer_Release(&b);
        }
        """) == [])
  }
}
