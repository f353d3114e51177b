import Analysis
import Findings
import ProgramModel
import Rules
import SourceModels
import Testing

/// What the rules say of code that goes around the C API, or calls libraries without a lock.
struct GILSource {
  /// The findings of one rule in a source whose functions are methods of a module, each with its
  /// flags: `f:O`. The test's first line is line 2.
  static func found(
    _ rule: String, _ source: String, methods: String = "f:O", build: [BuildFact] = []
  ) throws -> [Finding] {
    let rows = methods.split(separator: " ").map { method in
      let parts = method.split(separator: ":")
      return "{\"\(parts[0])\", (PyCFunction)(void *)\(parts[0]), METH_\(parts[1])},"
    }
    let text = """
      #include <Python.h>
      \(source)
      static PyMethodDef methods_[] = {\(rows.joined(separator: " ")) {0}};
      static struct PyModuleDef def_ = {PyModuleDef_HEAD_INIT, .m_name = "m", .m_methods = methods_};
      PyMODINIT_FUNC PyInit_m(void) { return PyModule_Create(&def_); }
      """
    let package = Linker.link(
      units: try SourceModels.units([("unit.c", text)]), buildFacts: build)
    return RuleCatalogue.run(analyse(package)).filter { $0.rule == rule }
  }
}

@Suite struct ObjectInternalsTests {
  // MARK: Counts

  @Test(arguments: ["== 1", "<= 1", "< 2", "> 1", "!= 1", ">= 2"])
  func aCountDecides(test: String) throws {
    let found = try GILSource.found(
      "refcount-is-one",
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        if (Py_REFCNT(list) \(test)) PyList_Sort(list);
        Py_RETURN_NONE;
      }
      """)
    let finding = try #require(found.first)
    #expect(found.count == 1)
    #expect(finding.position.line == 3)
    #expect(finding.severity == .high)
    #expect(finding.function == "f")
  }

  @Test(arguments: ["> 0", "== 0", ">= 1", "== 7"])
  func otherCountsSayNothing(test: String) throws {
    let found = try GILSource.found(
      "refcount-is-one",
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        if (Py_REFCNT(list) \(test)) PyList_Sort(list);
        Py_RETURN_NONE;
      }
      """)
    #expect(found.isEmpty)
  }

  @Test func assertionsAndPrintsDoNotCountAndNewObjectsCountLess() throws {
    let found = try GILSource.found(
      "refcount-is-one",
      """
      #include <assert.h>
      #include <stdlib.h>
      static PyObject *f(PyObject *m, PyObject *list) {
        assert(Py_REFCNT(list) == 1);
        if (Py_REFCNT(list) != 1) abort();
        if (Py_REFCNT(list) == 1) printf("alone");
        PyObject *own = PyList_New(0);
        if (own && Py_REFCNT(own) == 1) PyList_Sort(own);
        return own;
      }
      """)
    #expect(found.map(\.position.line) == [9])
    #expect(found.map(\.severity) == [.medium])
  }

  // MARK: Heads

  @Test func aReadOfTheTypeIsNotSevere() throws {
    let found = try GILSource.found(
      "object-header-access",
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        PyMutex_Lock(&o->ob_mutex);
        return PyUnicode_FromString(o->ob_type->tp_name);
      }
      """)
    #expect(found.map(\.symbol) == ["ob_mutex", "ob_type"])
    #expect(found.map(\.severity) == [.high, .medium])
    #expect(found.map(\.position.line) == [3, 4])
  }

  @Test func whatIsSetOnNewObjectsIsNoHazard() throws {
    let source = """
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *tuple = PyList_New(3);
        if (tuple) Py_SET_SIZE(tuple, 2);
        return tuple;
      }
      static PyObject *g(PyObject *m, PyObject *o) {
        Py_SET_SIZE(o, 2);
        Py_RETURN_NONE;
      }
      """
    let found = try GILSource.found("object-header-access", source, methods: "f:O g:O")
    #expect(found.map(\.function) == ["g"])
    #expect(found.map(\.symbol) == ["ob_size"])
  }

  // MARK: Containers

  @Test func itemsInAMacroArgumentAreTheCallers() throws {
    let found = try GILSource.found(
      "raw-container-access",
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        return PyLong_FromLong(Py_TYPE(((PyListObject *)list)->ob_item[0]) == &PyLong_Type);
      }
      """)
    #expect(found.map(\.symbol) == ["ob_item"])
    #expect(found.map(\.severity) == [.high])
  }

  @Test func tuplesNewListsAndLocksAreSafe() throws {
    let found = try GILSource.found(
      "raw-container-access",
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *own = PyList_New(1);
        if (!own) return NULL;
        ((PyListObject *)own)->ob_item[0] = Py_NewRef(((PyTupleObject *)o)->ob_item[0]);
        Py_BEGIN_CRITICAL_SECTION(m);
        Py_END_CRITICAL_SECTION();
        return own;
      }
      static PyObject *g(PyObject *m, PyObject *list) {
        PyObject *item;
        Py_BEGIN_CRITICAL_SECTION(list);
        item = Py_NewRef(((PyListObject *)list)->ob_item[0]);
        Py_END_CRITICAL_SECTION();
        return item;
      }
      """, methods: "f:O g:O")
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test func aSizeReadBeforeTheLoop() throws {
    func found(_ loop: String) throws -> [Finding] {
      try GILSource.found(
        "cached-size-loop",
        """
        static PyObject *f(PyObject *m, PyObject *list) {
          long sum = 0;
        \(loop)
          return PyLong_FromLong(sum);
        }
        """)
    }
    let cached = "Py_ssize_t n = PyList_GET_SIZE(list);\n"
    let body = "sum += PyLong_AsLong(PyList_GET_ITEM(list, i));"
    let bad = try found(cached + "for (Py_ssize_t i = 0; i < n; i++) \(body)")
    #expect(bad.map(\.position.line) == [4])
    #expect(try #require(bad.first).severity == .high)
    // Down as well as up.
    #expect(try found(cached + "for (Py_ssize_t i = n; --i >= 0;) \(body)").count <= 1)
    #expect(
      try found("for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) \(body)").isEmpty)
    #expect(
      try found(
        "Py_BEGIN_CRITICAL_SECTION(list);\n" + cached
          + "for (Py_ssize_t i = 0; i < n; i++) \(body)\nPy_END_CRITICAL_SECTION();"
      ).isEmpty)
    #expect(
      try found(
        cached + "for (Py_ssize_t i = 0; i < n; i++) sum += PyLong_AsLong(PyList_GetItem(list, i));"
      ).isEmpty)
  }

  // MARK: Types

  @Test func typesInUse() throws {
    let found = try GILSource.found(
      "type-dict-mutation",
      """
      static PyObject *f(PyObject *m, PyObject *o) {
        PyTypeObject *type = (PyTypeObject *)o;
        PyDict_SetItemString(type->tp_dict, "x", m);
        type->tp_flags |= 1;
        Py_RETURN_NONE;
      }
      static PyObject *g(PyObject *m, PyObject *spec) {
        PyTypeObject *type = (PyTypeObject *)PyObject_CallFunctionObjArgs((PyObject *)&PyType_Type, spec, NULL);
        if (type) type->tp_flags |= 1;
        return (PyObject *)type;
      }
      """, methods: "f:O g:O")
    #expect(found.map(\.function) == ["f", "f"])
    #expect(found.map(\.symbol) == ["tp_dict", "tp_flags"])
  }

  // MARK: Private functions

  @Test func privateFunctions() throws {
    let found = try GILSource.found(
      "private-api",
      """
      static PyObject *PyLong_Zero_(void) { return NULL; }
      PyAPI_FUNC(int) _PyLong_Sign(PyObject *);
      PyAPI_FUNC(int) _PyBytes_Resize(PyObject **, Py_ssize_t);
      static PyObject *f(PyObject *m, PyObject *o) {
        PyObject *own = PyBytes_FromStringAndSize(NULL, 4);
        _PyBytes_Resize(&own, 2);
        if (_PyLong_Sign(o)) return own;
        return PyLong_FromLong(_PyLong_Sign(m));
      }
      static PyObject *g(PyObject *m, PyObject *o) { return PyLong_FromLong(_PyLong_Sign(o)); }
      """, methods: "f:O g:O")
    #expect(found.map(\.symbol) == ["_PyLong_Sign"])
    #expect(found.map(\.severity) == [.low])
    // One for the package, with its other callers.
    #expect(found.first?.related.contains { $0.function == "g" } == true)
  }
}
