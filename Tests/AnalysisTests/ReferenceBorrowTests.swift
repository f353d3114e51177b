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

  // MARK: Helpers

  @Test func helpersHandBorrowedReferencesToTheirCallers() throws {
    let source = try ReferenceSource(
      """
      static PyObject *inner(PyObject *d, PyObject *k) {
        return PyDict_GetItem(d, k);
      }
      static PyObject *outer(PyObject *d, PyObject *k) {
        return inner(d, k);
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *v = outer(o, m);
        Py_XINCREF(v);
        return v;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = inner(o, m);
        Py_XINCREF(v);
        Py_END_CRITICAL_SECTION();
        return v;
      }
      static PyObject *h(PyObject *m, PyObject *o) {
        PyObject *own = PyDict_Copy(o);
        PyObject *v = outer(own, m);
        Py_XINCREF(v);
        return v;
      }
      """, methods: "f:O g:O h:O")
    #expect(
      source.hazards == ["inner 2 helper PyDict_GetItem(d): take noLock 9 helper inner for f 8"])
  }

  @Test func helpersWhoseCallersAllHoldALock() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache; static PyMutex mu;
      static PyObject *find(PyObject *k) { return PyDict_GetItem(cache, k); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyMutex_Lock(&mu);
        PyObject *v = Py_XNewRef(find(o));
        PyMutex_Unlock(&mu);
        return v;
      }
      """, methods: "f:O")
    #expect(source.hazards == [])
  }

  @Test func helpersThatHandOverThroughAPointer() throws {
    let source = try ReferenceSource(
      """
      static int find(PyObject *d, PyObject **out) {
        *out = PyDict_GetItemString(d, "x");
        return *out != NULL;
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *v;
        if (!find(o, &v)) return NULL;
        PyObject_Str(v);
        return NULL;
      }
      """, methods: "f:O")
    #expect(
      source.hazards
        == ["find 2 helper PyDict_GetItemString(d): PyObject_Str noLock 8 helper find for f 7"])
  }

  @Test func helpersThatTakeTheReferenceForTheCaller() throws {
    #expect(
      try found(
        """
        PyObject *v;
        Py_BEGIN_CRITICAL_SECTION(o);
        v = PyList_GetItem(o, 0);
        keep(v);
        Py_END_CRITICAL_SECTION();
        PyObject_Str(v);
        """, "static void keep(PyObject *x) { Py_XINCREF(x); }") == [])
  }

  @Test func functionsThatCallEachOtherEnd() throws {
    let source = try ReferenceSource(
      """
      static PyObject *odd(PyObject *d, int n);
      static PyObject *even(PyObject *d, int n) { return n ? odd(d, n - 1) : PyList_GetItem(d, 0); }
      static PyObject *odd(PyObject *d, int n) { return n ? even(d, n - 1) : PyList_GetItem(d, 1); }
      static PyObject *self_(PyObject *d, int n) { return n ? self_(d, n - 1) : PyList_GetItem(d, 2); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject_Str(odd(o, 3));
        PyObject_Str(even(o, 3));
        PyObject_Str(self_(o, 3));
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.hazards.count == 3)
    for helper in ["even", "odd", "self_"] {
      #expect(source.hazards.contains { $0.contains("helper \(helper) for") }, "\(helper)")
    }
  }

  // MARK: Given up

  @Test func aReferenceGivenUpWhileAContainerHoldsTheObject() throws {
    #expect(
      try found(
        """
        PyObject *x = PyDict_New();
        PyDict_SetItemString(o, "k", x);
        Py_DECREF(x);
        PyObject_Str(x);
        """) == ["f 4 sharedContainer Py_DECREF(o): PyObject_Str ownerReleased 4 5"])
    #expect(
      try found(
        """
        PyObject *v;
        if (PyDict_GetItemRef(o, m, &v) < 1) return NULL;
        Py_DECREF(v);
        PyObject_Str(v);
        """) == ["f 4 sharedContainer Py_DECREF(o): PyObject_Str ownerReleased 4 5"])
    #expect(
      try found(
        """
        PyObject *v = PyList_GetItemRef(o, 0);
        PyObject_Str(v);
        Py_DECREF(v);
        """) == [])
    // A private container, and a second reference.
    #expect(
      try found(
        """
        PyObject *x = PyDict_New(), *own = PyDict_New();
        PyDict_SetItemString(own, "k", x);
        Py_DECREF(x);
        PyObject_Str(x);
        """) == [])
    #expect(
      try found(
        """
        PyObject *x = PyDict_New();
        PyDict_SetItemString(o, "k", x);
        Py_INCREF(x);
        Py_DECREF(x);
        PyObject_Str(x);
        """) == [])
  }

  // MARK: Stored

  @Test func storedForGood() throws {
    let source = try ReferenceSource(
      """
      static PyObject *a, *b, *c, *d, *e, *g;
      static PyObject *f(PyObject *m, PyObject *args) {
        PyObject *x, *y = PyTuple_GetItem(args, 0);
        if (!PyArg_ParseTuple(args, "OO", &x, &g)) return NULL;
        a = x;
        b = Py_NewRef(x);
        c = y;
        d = PyList_New(0);
        return NULL;
      }
      static PyObject *h(PyObject *m, PyObject *o) {
        e = o;
        return NULL;
      }
      static PyObject *k(PyObject *m, PyObject *o) {
        e = o;
        Py_INCREF(e);
        return NULL;
      }
      static PyObject *n(PyObject *m, PyObject *o) {
        e = o;
        PyObject_CallNoArgs(m);
        e = NULL;
        return NULL;
      }
      static PyObject *p(PyObject *m, PyObject *const *args, Py_ssize_t count) {
        e = args[0];
        return NULL;
      }
      """, methods: "f:VARARGS h:O k:O n:O p:FASTCALL")
    #expect(source.hazards.contains("f 4 stored PyArg_ParseTuple(g)"))
    #expect(!source.hazards.contains { $0.hasPrefix("f 6") || $0.hasPrefix("f 8") })
    #expect(source.hazards.contains("f 7 stored PyTuple_GetItem(c)"))
    #expect(source.hazards.contains("h 12 stored a call(e)"))
    #expect(!source.hazards.contains { $0.hasPrefix("k ") || $0.hasPrefix("n ") })
  }

  // MARK: The other patterns

  @Test func sequencesWeakReferencesNamespacesAndBuffers() throws {
    #expect(
      try found(
        """
        PyObject *fast = PySequence_Fast(o, "x");
        PyObject *v = PySequence_Fast_GET_ITEM(fast, 0);
        PyObject_Str(v);
        """) == ["f 2 fastSequence PySequence_Fast_GET_ITEM(fast): PyObject_Str noLock 4"])
    #expect(
      try found(
        """
        if (!PyTuple_Check(o)) return NULL;
        PyObject *fast = PySequence_Fast(o, "x");
        PyObject_Str(PySequence_Fast_GET_ITEM(fast, 0));
        """) == [])
    #expect(
      try found(
        """
        Py_BEGIN_CRITICAL_SECTION_SEQUENCE_FAST(o);
        PyObject *fast = PySequence_Fast(o, "x");
        PyTuple_Pack(1, PySequence_Fast_GET_ITEM(fast, 0));
        Py_END_CRITICAL_SECTION_SEQUENCE_FAST();
        """) == [])
    #expect(
      try found("PyObject *v = PyWeakref_GetObject(o);\nPy_INCREF(v);")
        == ["f 2 weakReference PyWeakref_GetObject(o): take noLock 3"])
    #expect(try found("if (PyWeakref_GetObject(o) == Py_None) return Py_NewRef(m);") == [])
    #expect(
      try found("PyObject *v = PySys_GetObject(\"stdout\");\nPyFile_WriteString(\"x\", v);").count
        == 1)
    #expect(
      try found("char *p = PyByteArray_AsString(o);\nPyObject_CallNoArgs(m);\np[0] = 1;")
        == ["f 2 buffer PyByteArray_AsString(o): dereference noLock 4"])
    #expect(
      try found(
        """
        Py_buffer view;
        if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0) return NULL;
        char *p = view.buf;
        p[0] = 1;
        PyBuffer_Release(&view);
        p[1] = 1;
        """) == ["f 7 buffer PyBuffer_Release(view): other ownerReleased 6 7"])
    #expect(
      try found("PyList_SET_ITEM(o, 0, m);") == ["f 2 publishedWrite PyList_SET_ITEM(o)"])
    #expect(try found("PyObject *l = PyList_New(1);\nPyList_SET_ITEM(l, 0, m);") == [])
  }
}
