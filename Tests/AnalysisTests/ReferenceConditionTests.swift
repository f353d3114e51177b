import Testing

@testable import Analysis

/// What tests on the way to a point say of values, and what that rules out.
@Suite struct ReferenceConditionTests {
  @Test func testsOfTypes() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *o) {
        if (PyTuple_CheckExact(o)) { here(1); return; }
        here(2);
        if (PyTuple_Check(o)) here(3);
        if (!PyList_Check(o)) { here(4); return; }
        here(5);
        if (Py_IS_TYPE(o, &PyDict_Type)) here(6);
        here(7);
      }
      """)
    #expect(source.conditions(1) == ["parameter o is PyTuple_Type"])
    #expect(source.conditions(2) == ["not parameter o is PyTuple_Type"])
    #expect(source.conditions(3) == ["not parameter o is PyTuple_Type", "parameter o is flag 26"])
    #expect(
      source.conditions(4) == ["not parameter o is PyTuple_Type", "not parameter o is flag 25"])
    #expect(source.conditions(5).contains("parameter o is flag 25"))
    #expect(source.conditions(6).contains("parameter o is PyDict_Type"))
    // Behind the join neither way is known.
    #expect(!source.conditions(7).contains { $0.contains("PyDict_Type") })
  }

  @Test func testsOfNullAndNumbers() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *o, PyObject *p, int mode) {
        if (o == NULL) { here(1); return; }
        if (!p) return;
        here(2);
        if (mode == 3) here(3);
        if (__builtin_expect(mode != 0, 1)) here(4);
        switch (mode) { case 1: here(5); break; case 2: case 3: here(6); break; default: here(7); }
        PyObject *item = PyList_GetItem(o, 0);
        if (item) here(8);
      }
      """)
    #expect(source.conditions(1) == ["parameter o == 0"])
    #expect(source.conditions(2) == ["not parameter o == 0", "not parameter p == 0"])
    #expect(source.conditions(3).contains("parameter mode == 3"))
    #expect(source.conditions(4).contains("not parameter mode == 0"))
    #expect(source.conditions(5).contains("parameter mode == 1"))
    #expect(!source.conditions(6).contains { $0.contains("mode ==") })
    #expect(source.conditions(8).contains("not call PyList_GetItem == 0"))
  }

  @Test func testsInOtherForms() throws {
    let source = try ReferenceSource(
      """
      void f(PyObject *o, PyObject *p, int n) {
        if (!!PyTuple_Check(o)) here(1);
        if (PyList_Check(o) == 0) here(2); else here(3);
        if ((n == 2) == 0) here(4);
        if (0 != n) here(5);
        if (!(o != NULL)) here(6);
        if (o && p) here(7); else here(8);
        if (__builtin_expect(!o, 0)) here(9);
      }
      """)
    #expect(source.conditions(1) == ["parameter o is flag 26"])
    #expect(source.conditions(2) == ["not parameter o is flag 25"])
    #expect(source.conditions(3) == ["parameter o is flag 25"])
    #expect(source.conditions(4) == ["not parameter n == 2"])
    #expect(source.conditions(5) == ["not parameter n == 0"])
    #expect(source.conditions(6) == ["parameter o == 0"])
    #expect(source.conditions(7) == ["not parameter o == 0", "not parameter p == 0"])
    #expect(source.conditions(8) == [])
    #expect(source.conditions(9) == ["parameter o == 0"])
  }

  @Test func numbersThatCallersHaveTested() throws {
    let source = try ReferenceSource(
      """
      static void work(PyObject *o, int n) { if (n == 1) here(1, o); if (n == 2) here(2, o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        int n = PyObject_IsTrue(o);
        PyObject *own = PySequence_List(o);
        if (n == 1) work(own, n);
        if (n == 2) work(o, n);
        return own;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2) == ["isolated", "passed by f"])
  }

  @Test func contradictions() {
    func test(_ test: Condition.Test, _ holds: Bool) -> Condition {
      Condition(subject: .parameter(0), test: test, holds: holds)
    }
    #expect(test(.equals(1), true).contradicts(test(.equals(2), true)))
    #expect(test(.equals(1), true).contradicts(test(.equals(1), false)))
    #expect(!test(.equals(1), false).contradicts(test(.equals(2), true)))
    #expect(!test(.equals(1), false).contradicts(test(.equals(2), false)))
    #expect(!test(.equals(1), true).contradicts(test(.equals(1), true)))
    #expect(test(.type("A"), true).contradicts(test(.type("A"), false)))
    // A subtype has both flags.
    #expect(!test(.type("A"), true).contradicts(test(.type("B"), true)))
  }

  @Test func constantsThatCallersPass() throws {
    let source = try ReferenceSource(
      """
      static void work(PyObject *o, int snapshot) {
        if (snapshot) here(1, o); else here(2, o);
        here(3, o);
        switch (snapshot) { case 0: here(4, o); break; case 1: here(5, o); break; }
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *own = PySequence_List(o);
        work(own, 1);
        work(o, 0);
        return own;
      }
      """, methods: "f:O")
    #expect(
      source.sharing(1, 2, 3, 4, 5)
        == ["isolated", "passed by f", "passed by f", "passed by f", "isolated"])
  }

  @Test func typesThatCallersHaveTested() throws {
    let source = try ReferenceSource(
      """
      static void work(PyObject *o) {
        if (PyList_Check(o)) here(1, o); else here(2, o);
        if (PyTuple_Check(o)) here(3, o);
        if (!PyTuple_CheckExact(o)) return;
        here(4, o);
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        if (PyList_Check(o)) {
          PyObject *own = PySequence_List(o);
          work(own);
        } else {
          work(o);
        }
        Py_RETURN_NONE;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3, 4) == ["isolated", "passed by f", "immutable", "immutable"])
  }

  @Test func absentArguments() throws {
    let source = try ReferenceSource(
      """
      static void work(PyObject *o, PyObject *memo, PyObject **out) {
        if (memo == NULL) here(1, o); else here(2, o);
        if (out) here(3, o); else here(4, o);
      }
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *own = PyList_New(0), *result = NULL;
        work(o, NULL, NULL);
        work(own, o, &result);
        return own;
      }
      """, methods: "f:O")
    #expect(source.sharing(1, 2, 3, 4) == ["passed by f", "isolated", "isolated", "passed by f"])
  }

  @Test func conditionsOfOneCallerDoNotExcuseAnother() throws {
    let source = try ReferenceSource(
      """
      static void work(PyObject *o, int n) { if (n == 2) here(1, o); if (n != 2) here(2, o); }
      static PyObject *f(PyObject *m, PyObject *o) {
        int unknown = PyObject_IsTrue(o);
        work(o, 1);
        work(PyList_New(0), unknown);
        Py_RETURN_NONE;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        int unknown = PyObject_IsTrue(o);
        work(o, unknown);
        Py_RETURN_NONE;
      }
      """, methods: "f:O g:O")
    #expect(source.sharing(1) == ["passed by g"])
    #expect(source.sharing(2)[0].hasPrefix("passed by"))
  }
}
