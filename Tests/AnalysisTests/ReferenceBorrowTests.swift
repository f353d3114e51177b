import Testing

@testable import Analysis

/// What becomes of borrowed references.
@Suite struct ReferenceBorrowTests {
  /// What is found in one method that takes an object `o`; its first line is line 2.
  private func found(_ body: String, _ before: String = "") throws -> [String] {
    let text = before.isEmpty ? "" : before + "\n"
    return try ReferenceSource(
      text + "static PyObject *f(PyObject *m, PyObject *o) {\n\(body)\nreturn NULL; }",
      methods: "f:O"
    ).hazards
  }

  // MARK: Without a lock

  @Test func theFirstUseIsToldWhateverComesAfter() throws {
    #expect(
      try found("PyObject *v = PyList_GetItem(o, 0);\nPyObject_Str(v);\nPyObject_Repr(v);")
        == ["f 2 sharedContainer PyList_GetItem(o): PyObject_Str noLock 3"])
    #expect(
      try found("PyObject *v = PyList_GetItem(o, 0);\nPy_INCREF(v);\nPyObject_Repr(v);")
        == ["f 2 sharedContainer PyList_GetItem(o): take noLock 3"])
    #expect(
      try found("PyObject *v = PyDict_GetItem(o, m);\nif (!v)\nreturn NULL;\nreturn Py_NewRef(v);")
        == ["f 2 sharedContainer PyDict_GetItem(o): take noLock 5"])
    #expect(
      try found("return PyList_GetItem(o, 0);")
        == ["f 2 sharedContainer PyList_GetItem(o): returned noLock 2"])
    #expect(
      try found("((PyTypeObject *)\nPyList_GetItem(o, 0))->tp_flags = 3;").count == 1)
  }

  @Test func whatIsNotUsedIsNoMisuse() throws {
    #expect(try found("PyList_GetItem(o, 0);") == [])
    #expect(try found("if (PyList_GetItem(o, 0) == NULL) return Py_NewRef(o);") == [])
    #expect(try found("if (PyDict_GetItem(o, m)) return Py_NewRef(o);") == [])
    #expect(try found("PyObject *v = PyList_GetItem(o, 0); if (v == m) return Py_NewRef(o);") == [])
    #expect(
      try found(
        "PyObject *v = PyDict_GetItem(o, m);\nif (v == NULL) { PyObject_Str(v); return v; }")
        == [])
  }

  @Test func privateAndImmutableOwnersAreNoMisuse() throws {
    #expect(
      try found(
        "PyObject *l = PySequence_List(o); PyObject *v = PyList_GetItem(l, 0); PyObject_Str(v);")
        == [])
    #expect(try found("PyObject *v = PyTuple_GetItem(o, 0); PyObject_Str(v);") == [])
  }

  @Test func aVariableThatIsAssignedAnewIsSomethingElse() throws {
    #expect(
      try found("PyObject *v = PyList_GetItem(o, 0);\nv = PyList_New(0);\nPyObject_Str(v);") == [])
    #expect(
      try found(
        "PyObject *v = PyList_GetItem(o, 0), *w = v;\nv = PyList_New(0);\nPyObject_Str(w);")
        == ["f 2 sharedContainer PyList_GetItem(o): PyObject_Str noLock 4"])
  }

  @Test func loopsAndBranches() throws {
    #expect(
      try found(
        "for (int i = 0; i < 9; i++) {\nPyObject *v = PyList_GetItem(o, i);\nif (i)\nPyObject_Str(v);\n}"
      ) == ["f 3 sharedContainer PyList_GetItem(o): PyObject_Str noLock 5"])
    // Used in the next turn of the loop only.
    #expect(
      try found(
        "PyObject *last = NULL;\nfor (int i = 0; i < 9; i++) {\nif (last)\nPyObject_Str(last);\nlast = PyList_GetItem(o, i);\n}"
      ) == ["f 6 sharedContainer PyList_GetItem(o): PyObject_Str noLock 5"])
  }

  @Test func placesOfOneOwnerAreOneFinding() throws {
    #expect(
      try found(
        "PyObject *v = PyList_GetItem(o, 0);\nPyObject_Str(v);\nv = PyList_GetItem(o, 1);\nPyObject_Str(v);\nv = PyDict_GetItem(m, o);\nPyObject_Str(v);"
      ) == [
        "f 2 sharedContainer PyList_GetItem(o): PyObject_Str noLock 3 also [4]",
        "f 6 sharedContainer PyDict_GetItem(m): PyObject_Str noLock 7",
      ])
  }

  @Test func itemsReadStraightFromTheList() throws {
    #expect(
      try found("PyObject *v = ((PyListObject *)o)->ob_item[2];\nPyObject_Str(v);")
        == ["f 2 sharedContainer ob_item(o): PyObject_Str noLock 3"])
  }

  @Test func codeThatRunsOnceIsLeftAlone() throws {
    let source = try ReferenceSource(
      """
      static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m"};
      PyMODINIT_FUNC PyInit_m(void) {
        PyObject *m = PyModule_Create(&def), *d = PyModule_GetDict(m);
        Py_INCREF(PyDict_GetItemString(d, "x"));
        return m;
      }
      """)
    #expect(source.hazards == [])
  }

  // MARK: Under a lock

  @Test func aSectionCoversUntilTheReferenceIsTaken() throws {
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        Py_XINCREF(v);
        Py_END_CRITICAL_SECTION();
        PyObject_Str(v);
        """) == [])
    // An alias of the owner is the owner.
    #expect(
      try found(
        """
        PyObject *v, *list = o;
        Py_BEGIN_CRITICAL_SECTION(list);
        v = Py_XNewRef(PyList_GetItem(o, 0));
        Py_END_CRITICAL_SECTION();
        PyObject_Str(v);
        """) == [])
    // Another object's section does not cover.
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(m);
        v = Py_XNewRef(PyList_GetItem(o, 0));
        Py_END_CRITICAL_SECTION();
        """) == ["f 4 sharedContainer PyList_GetItem(o): take noLock 4"])
  }

  @Test func theLockIsReleasedTooEarly() throws {
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        Py_END_CRITICAL_SECTION();
        Py_XINCREF(v);
        """) == ["f 4 sharedContainer PyList_GetItem(o): take released 6"])
  }

  @Test func takenOnOneWayOnly() throws {
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        if (m != o) Py_INCREF(v);
        Py_END_CRITICAL_SECTION();
        PyObject_Str(v);
        """) == ["f 4 sharedContainer PyList_GetItem(o): PyObject_Str released 7"])
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        if (v != NULL) Py_INCREF(v); else PyErr_Clear();
        Py_END_CRITICAL_SECTION();
        PyObject_Str(v);
        """) == [])
  }

  @Test func aCallSuspendsTheSection() throws {
    #expect(
      try found(
        """
        Py_BEGIN_CRITICAL_SECTION(o);
        PyObject *v = PyList_GetItem(o, 0);
        PyObject_CallNoArgs(m);
        PyObject_Size(v);
        Py_END_CRITICAL_SECTION();
        """) == ["f 3 acrossYield PyList_GetItem(o): PyObject_Size yielded PyObject_CallNoArgs 4 5"]
    )
    // Taken before the call: fine.
    #expect(
      try found(
        """
        Py_BEGIN_CRITICAL_SECTION(o);
        PyObject *v = Py_NewRef(PyList_GetItem(o, 0));
        PyObject_CallNoArgs(m);
        PyObject_Size(v);
        Py_END_CRITICAL_SECTION();
        """) == [])
    // Passed to the very call that lets it go.
    #expect(
      try found(
        """
        Py_BEGIN_CRITICAL_SECTION(o);
        PyObject *v = PyList_GetItem(o, 0);
        PyObject_CallOneArg(m, v);
        Py_END_CRITICAL_SECTION();
        """)
        == [
          "f 3 acrossYield PyList_GetItem(o): PyObject_CallOneArg yielded PyObject_CallOneArg 4 4"
        ]
    )
    // Through a function of the package too.
    #expect(
      try found(
        """
        Py_BEGIN_CRITICAL_SECTION(o);
        PyObject *v = PyList_GetItem(o, 0);
        outer(m);
        PyObject_Size(v);
        Py_END_CRITICAL_SECTION();
        """,
        "static void inner(PyObject *x) { PyObject_CallNoArgs(x); } static void outer(PyObject *x) { inner(x); }"
      ) == ["f 4 acrossYield PyList_GetItem(o): PyObject_Size yielded outer 5 6"])
  }

  @Test func aMutexIsNotSuspended() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache; static PyMutex mu;
      static PyObject *f(PyObject *m, PyObject *o) {
        PyMutex_Lock(&mu);
        PyObject *v = PyDict_GetItem(cache, o);
        PyObject_CallNoArgs(m);
        Py_XINCREF(v);
        PyMutex_Unlock(&mu);
        return v;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        PyMutex_Lock(&mu);
        PyObject *v = PyDict_GetItem(o, m);
        Py_XINCREF(v);
        PyMutex_Unlock(&mu);
        return v;
      }
      """, methods: "f:O g:O")
    // It covers what only the package has, and nothing else.
    #expect(source.hazards == ["g 12 sharedContainer PyDict_GetItem(o): take noLock 13"])
  }

  @Test func lockedLoopsOverDictionaries() throws {
    let loop = """
      PyObject *k, *v; Py_ssize_t pos = 0;
      BEGIN
      while (PyDict_Next(o, &pos, &k, &v)) {
        BODY
      }
      END
      """
    func found(_ body: String, isLocked: Bool = true) throws -> [String] {
      let text = loop.replacing("BODY", with: body)
        .replacing("BEGIN", with: isLocked ? "Py_BEGIN_CRITICAL_SECTION(o);" : "")
        .replacing("END", with: isLocked ? "Py_END_CRITICAL_SECTION();" : "")
      return try self.found(text)
    }
    #expect(try found("PyTuple_Pack(2, k, v);") == [])
    #expect(
      try found("PyTuple_Pack(2, k, v);", isLocked: false)
        == ["f 4 dictionaryIteration PyDict_Next(o): PyTuple_Pack noLock 5"])
    // Nothing of the entries is used, but the table is walked through.
    #expect(
      try found("pos += 0;", isLocked: false) == ["f 4 dictionaryIteration PyDict_Next(o)"])
    #expect(
      try found("PyObject_CallOneArg(m, k);")
        == ["f 4 acrossYield PyDict_Next(o): PyObject_CallOneArg yielded PyObject_CallOneArg 5 5"])
    #expect(try found("Py_INCREF(k); PyObject_CallOneArg(m, k); Py_DECREF(k);") == [])
  }
}
