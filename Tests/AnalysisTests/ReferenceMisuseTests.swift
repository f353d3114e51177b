import Testing

@testable import Analysis

/// Borrowed references that functions hand on or store, and the other misuses.
@Suite struct ReferenceMisuseTests {
  /// What is found in one method that takes an object `o`; its first line is line 2.
  private func found(_ body: String, _ before: String = "") throws -> [String] {
    let text = before.isEmpty ? "" : before + "\n"
    return try ReferenceSource(
      text + "static PyObject *f(PyObject *m, PyObject *o) {\n\(body)\nreturn NULL; }",
      methods: "f:O"
    ).hazards
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
