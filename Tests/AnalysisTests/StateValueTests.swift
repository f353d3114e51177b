import ProgramModel
import Testing

@testable import Analysis

/// What stores store.
@Suite struct StateValueTests {
  private func stored(_ statement: String, _ more: String = "") throws -> [StoredValue] {
    let source = try StateSource(
      """
      #include <Python.h>
      #include <dlfcn.h>
      #include <unistd.h>
      static void *state; static int fixed; static void function(void) {}
      \(more)
      void f(void *given) { \(statement); }
      """)
    return try #require(try source.report("state").hazard).stored
  }

  @Test func immortalValues() throws {
    #expect(try stored("state = PyUnicode_InternFromString(\"a\")") == [.interned])
    #expect(try stored("PyUnicode_InternInPlace((PyObject **)&state)") == [.interned])
    #expect(try stored("state = PyTuple_New(0)") == [.immortal])
    #expect(try stored("state = PyTuple_New(1)") == [.newReference("PyTuple_New")])
    #expect(try stored("state = PyLong_FromLong(7)") == [.immortal])
    #expect(try stored("state = PyLong_FromLong(-5)") == [.immortal])
    #expect(try stored("state = PyLong_FromLong(256)") == [.immortal])
    #expect(try stored("state = PyLong_FromLong(257)") == [.newReference("PyLong_FromLong")])
    #expect(try stored("state = PyLong_FromLong(-6)") == [.newReference("PyLong_FromLong")])
    #expect(try stored("state = PyBool_FromLong(1)") == [.immortal])
    #expect(try stored("state = Py_None") == [.immortal])
    #expect(try stored("state = Py_True") == [.immortal])
  }

  @Test func valuesThatAreTheSameForAll() throws {
    #expect(try stored("state = dlsym(given, \"x\")") == [.idempotent("dlsym")])
    #expect(
      try stored("state = PyCapsule_Import(\"a.b\", 0)") == [.idempotent("PyCapsule_Import")])
    #expect(try stored("state = (void *)(long)3") == [.constant(3)])
    #expect(try stored("state = 0") == [.constant(0)])
    #expect(try stored("state = &fixed") == [.staticAddress])
    #expect(try stored("state = (void *)function") == [.staticAddress])
    #expect(try stored("state = \"text\"") == [.staticAddress])
  }

  @Test func valuesOfTheirOwn() throws {
    #expect(try stored("state = PyDict_New()") == [.newReference("PyDict_New")])
    #expect(try stored("state = malloc(3)") == [.allocation("malloc")])
    #expect(try stored("state = PyMem_Malloc(3)") == [.allocation("PyMem_Malloc")])
    #expect(
      try stored("state = PyThread_allocate_lock()") == [.lock("PyThread_allocate_lock")])
    #expect(try stored("state = PyEval_SaveThread()") == [.threadState])
    #expect(try stored("state = given") == [.parameter])
    #expect(try stored("state = *(void **)given") == [.other])
  }

  @Test func valuesThroughHelpersAndLocals() throws {
    #expect(
      try stored(
        "state = name()",
        "static PyObject *name(void) { return PyUnicode_InternFromString(\"a\"); }") == [.interned])
    // What a helper returns on failure is not what is kept.
    #expect(
      try stored(
        "state = make()",
        """
        static PyObject *inner(void) { PyObject *d = PyDict_New(); if (!d) return NULL; return d; }
        static PyObject *make(void) { return inner(); }
        """) == [.newReference("PyDict_New")])
    #expect(
      try stored("void *p = PyList_New(0); void *q = p; state = q")
        == [.newReference("PyList_New")])
    #expect(
      try Set(stored("state = given ? PyDict_New() : PyList_New(0)"))
        == [.newReference("PyDict_New"), .newReference("PyList_New")])
    // Helpers of helpers end somewhere.
    #expect(
      try stored(
        "state = around()", "static void *around(void) { return around(); }") == [.other])
  }

  @Test func severalWritesGiveTheirValuesOnce() throws {
    #expect(
      try stored("state = PyDict_New(); state = 0; state = PyDict_New()")
        == [.newReference("PyDict_New"), .constant(0)])
  }

  @Test func whatIsIdempotent() {
    let same: [StoredValue] = [
      .interned, .immortal, .constant(4), .staticAddress, .idempotent("dlsym"),
    ]
    let own: [StoredValue] = [
      .newReference("x"), .allocation("x"), .lock("x"), .threadState, .parameter, .other,
    ]
    #expect(same.allSatisfy { $0.isIdempotent })
    #expect(!own.contains { $0.isIdempotent })
  }
}
