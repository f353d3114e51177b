import Testing

@testable import Analysis

/// What callers and callees say of who can have an object.
@Suite struct ReferenceCallerTests {
  @Test func locksOfCallers() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache; static PyMutex mu;
      static void all(PyObject *o) { here(1, o); }
      static void some(PyObject *o) { here(2, o); }
      static void mutexed(PyObject *o) { here(3, o); }
      static void other(PyObject *o) { here(4, o); }
      static void deep(PyObject *o) { here(5, o); }
      static void middle(PyObject *o) { deep(o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        Py_BEGIN_CRITICAL_SECTION(o);
        all(o); some(o); middle(o);
        Py_END_CRITICAL_SECTION();
        some(o);
        PyMutex_Lock(&mu);
        mutexed(cache);
        other(o);
        PyMutex_Unlock(&mu);
        return NULL;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        Py_BEGIN_CRITICAL_SECTION(o);
        all(o);
        Py_END_CRITICAL_SECTION();
        return NULL;
      }
      """, methods: "f:O g:O")
    #expect(source.sharing(1, 2) == ["section", "passed by f"])
    #expect(source.sharing(3) == ["mutex"])
    // A mutex of the package does not keep Python code away from an argument.
    #expect(source.sharing(4) == ["passed by f"])
    #expect(source.sharing(5) == ["section"])
  }

  @Test func variablesThatHelpersFill() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache;
      static int make(PyObject **out) { *out = PyDict_New(); return 0; }
      static int cached(PyObject **out) { *out = cache; return 0; }
      static int same(PyObject *o, PyObject **out) { *out = o; return 0; }
      static int taken(PyObject *o, PyObject **out) { *out = PyTuple_GET_ITEM(o, 0); return 0; }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a, *b, *c, *d;
        make(&a); here(1, a);
        cached(&b); here(2, b);
        same(o, &c); here(3, c);
        same(PyList_New(0), &d); here(4, d);
        taken(o, &a); here(5, a);
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2) == ["isolated", "static cache"])
    #expect(source.sharing(3, 4) == ["argument of f", "isolated"])
    #expect(source.sharing(5) == ["item by PyTuple_GET_ITEM"])
  }

  @Test func variablesThatCallersPass() throws {
    let source = try ReferenceSource(
      """
      static PyObject *cache;
      static void own(PyObject **p) { here(1, *p); }
      static void given(PyObject **p) { here(2, *p); }
      static void middle(PyObject **p) { given(p); }
      static void kept(PyObject **p) { here(3, *p); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a = PyList_New(0), *b = o;
        own(&a); given(&a); middle(&b); kept(&cache);
        return NULL;
      }
      """, methods: "f:O")
    #expect(source.sharing(1) == ["isolated"])
    #expect(source.sharing(2)[0].hasSuffix(" f"))
    #expect(source.sharing(3) == ["static cache"])
  }

  // MARK: Recursion

  @Test func parametersOfFunctionsThatCallEachOther() throws {
    let text = """
      int more(void);
      static void second(PyObject *o);
      static void first(PyObject *o) { here(1, o); if (more()) second(o); }
      static void second(PyObject *o) { here(2, o); if (more()) first(o); }
      static PyObject *f(PyObject *m, PyObject *o) { second(o); return NULL; }
      """
    let source = try ReferenceSource(text, methods: "f:O")
    #expect(source.sharing(1, 2) == ["passed by f", "passed by f"])
    let again = try ReferenceSource(text, methods: "f:O")
    #expect(again.sharing(2, 1) == ["passed by f", "passed by f"])
  }

  @Test func keepersThatCallEachOther() throws {
    let text = """
      static PyObject *kept;
      static void second(PyObject *o, int n);
      static void first(PyObject *o, int n) { second(o, n); kept = o; }
      static void second(PyObject *o, int n) { if (n) first(o, n - 1); }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *a = PyList_New(0), *b = PyList_New(0);
        first(a, 1); here(1, a);
        second(b, 1); here(2, b);
        return NULL;
      }
      """
    let source = try ReferenceSource(text, methods: "f:O")
    #expect(source.sharing(1, 2) == ["published by a store", "published by a store"])
    let again = try ReferenceSource(text, methods: "f:O")
    #expect(again.sharing(2, 1) == ["published by a store", "published by a store"])
  }

  @Test func longWaysThroughCallers() throws {
    let chain = (1...40).map {
      "static void f\($0)(PyObject *o) { \($0 == 40 ? "here(2, o)" : "f\($0 + 1)(o)"); "
        + "\($0 == 20 ? "here(1, o);" : "") }"
    }
    let declarations = (1...40).map { "static void f\($0)(PyObject *o);" }
    let text =
      (declarations + chain).joined(separator: "\n") + """

        static PyObject *f(PyObject *m, PyObject *o) { f1(o); return NULL; }
        """
    // What is near is known whatever was asked for before.
    let near = try ReferenceSource(text, methods: "f:O")
    #expect(near.sharing(1) == ["passed by f"])
    let far = try ReferenceSource(text, methods: "f:O")
    #expect(far.sharing(2, 1) == ["passed by f", "passed by f"])
  }
}
