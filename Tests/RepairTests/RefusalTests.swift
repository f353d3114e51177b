import Findings
import Foundation
import Repair
import Testing

/// What no edit is offered for: each is a path, or a text, that is not understood.
struct RefusalTests: MethodRepair {
  @Test func referenceThatGoesElsewhere() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      PyObject *t = PyTuple_New(1);
      if (t == NULL)
          return NULL;
      PyTuple_SET_ITEM(t, 0, v);
      return t;
      """, .referenceEscapes)
  }

  @Test func takenOnOneWayOnly() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      if (arg == self)
          Py_INCREF(v);
      PyObject *made = PyObject_Str(v);
      return made;
      """, .pathNotUnderstood)
  }

  @Test func takenUnderAnotherName() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      PyObject *w = v;
      if (w == NULL)
          return NULL;
      Py_INCREF(w);
      return w;
      """, .pathNotUnderstood)
  }

  @Test func addressTaken() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      PyObject **place = &v;
      if (v == NULL)
          return NULL;
      PyObject *made = PyObject_Str(v);
      *place = NULL;
      return made;
      """, .notOneVariable)
  }

  @Test func jumpsInASwitch() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      switch (PyObject_IsTrue(v)) {
      case 0:
          return PyObject_Str(v);
      default:
          Py_RETURN_NONE;
      }
      """, .pathNotUnderstood)
  }

  @Test func loopThatUsesItInItsCondition() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      while (PyObject_IsTrue(v))
          ;
      Py_RETURN_NONE;
      """, .pathNotUnderstood)
  }

  @Test func macros() throws {
    let text = """
      #define LOOK(d, k) PyDict_GetItemWithError(d, k)
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *v = LOOK(self, arg);
          if (v == NULL)
              return NULL;
          return PyObject_Str(v);
      }
      """
    try expectRefusal(.inMacro, text)
    try expectRefusal(
      .pathNotUnderstood,
      text.replacing(
        "LOOK(d, k) PyDict_GetItemWithError(d, k)", with: "CHECK if (arg == self) return NULL;"
      )
      .replacing("LOOK(", with: "PyDict_GetItemWithError(")
      .replacing("    return PyObject_Str(v);", with: "    CHECK\n    return PyObject_Str(v);"))
  }

  @Test func conditionalReturns() throws {
    try refuses(
      """
      PyObject *v = PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      #ifdef NOT_HERE
      return PyObject_Repr(v);
      #endif
      return PyObject_Str(v);
      """, .pathNotUnderstood)
  }

  @Test func otherPointersThanObjects() throws {
    try refuses(
      """
      PyLongObject *v = (PyLongObject *)PyDict_GetItemWithError(cache, arg);
      if (v == NULL)
          return NULL;
      return PyObject_Str((PyObject *)v);
      """, .notOneVariable)
  }

  @Test func fieldsHoldNoLocalReference() throws {
    try expectRefusal(
      .notOneVariable,
      """
      struct context { PyObject *item; };
      static PyObject *show(struct context *c) { return PyObject_Str(c->item); }
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          struct context c;
          c.item = PyList_GET_ITEM(arg, 0);
          return show(&c);
      }
      """)
  }

  @Test func carriageReturnsStay() throws {
    let source = """
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *v = PyDict_GetItem(self, arg);
          if (v == NULL)
              return NULL;
          PyObject *made = PyObject_Str(v);
          return made;
      }
      """
    let repaired = try Repaired(source.replacing("\n", with: "\r\n"), methods: ["f"])
    let function = repaired.text.components(separatedBy: "static PyMethodDef")[0]
      .components(separatedBy: "f(PyObject")[1].replacing("\r\n", with: "¶")
    #expect(!function.dropLast().contains("\n"), "\(function)")
    #expect(function.contains("¶    Py_DECREF(v);¶    return made;¶"), "\(function)")
  }

  @Test func compatibilityHeaderIsNamed() throws {
    let source = """
      static PyObject *
      f(PyObject *self, PyObject *arg)
      {
          PyObject *v = PyDict_GetItemWithError(self, arg);
          Py_XINCREF(v);
          return v;
      }
      """
    func description(_ files: [String: String]) throws -> String {
      try Repaired(source, methods: ["f"], files: files).findings.compactMap(\.fix?.description)
        .joined()
    }
    #expect(try description([:]).contains("pythoncapi_compat.h"))
    #expect(try description(["PKG-INFO": "Requires-Python: >=3.9\n"]).contains("new in 3.13"))
    #expect(
      try !description(["pyproject.toml": "requires-python = \">=3.13\"\n"]).contains("compat"))
  }
}
