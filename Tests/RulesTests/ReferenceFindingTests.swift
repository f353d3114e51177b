import Analysis
import Findings
import ProgramModel
import Rules
import SourceModels
import Testing

/// What the rules about references say, and how bad they find it.
@Suite struct ReferenceFindingTests {
  /// The findings about references in a source whose functions are methods of a module, each with
  /// its flags: `f:O`. The test's first line is line 2.
  private func found(_ source: String, methods: String) throws -> [Finding] {
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
    let package = Linker.link(units: try SourceModels.units([("unit.c", text)]))
    return RuleCatalogue.run(analyse(package)).filter { $0.category == .references }
  }

  private func finding(_ source: String, methods: String) throws -> Finding {
    let all = try found(source, methods: methods)
    #expect(all.count == 1, "\(all.map { "\($0.rule) \($0.message)" })")
    return try #require(all.first)
  }

  private func places(_ finding: Finding) -> [String] {
    finding.related.map { "\($0.position.line) \($0.role.rawValue): \($0.message)" }
  }

  // MARK: Text

  @Test func borrowedFromAnArgument() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        PyObject *item = PyList_GetItem(list, 0);
        if (item == NULL) return NULL;
        Py_INCREF(item);
        return item;
      }
      """, methods: "f:O")
    #expect(finding.rule == "borrowed-from-shared-container")
    #expect(finding.severity == .high)
    #expect(finding.confidence == .high)
    #expect(finding.position.line == 3)
    #expect(finding.symbol == "PyList_GetItem")
    #expect(finding.function == "f")
    #expect(
      finding.message
        == "'PyList_GetItem' borrows a reference from 'list', which the caller passes and other "
        + "threads can have as well. Another thread can free the object before a reference is "
        + "taken to it: taking the reference afterwards does not help.")
    #expect(
      finding.remediation
        == "Use 'PyList_GetItemRef' (since 3.13; pythoncapi_compat.h has it for older versions), "
        + "which returns a strong reference, and release it on every path in place of the one "
        + "that is taken here.")
  }

  @Test func borrowedFromAFieldThroughAHelper() throws {
    let finding = try finding(
      """
      typedef struct { PyObject_HEAD PyObject *memo; } Thing;
      static PyObject *find(Thing *self, PyObject *key) {
        PyObject *found = PyDict_GetItemWithError(self->memo, key);
        return found;
      }
      static PyObject *f(PyObject *self, PyObject *key) {
        PyDict_SetItem(((Thing *)self)->memo, key, key);
        PyObject *found = find((Thing *)self, key);
        return PyObject_Str(found);
      }
      """, methods: "f:O")
    #expect(finding.rule == "helper-returns-borrowed")
    #expect(finding.severity == .high)
    #expect(finding.position.line == 3)
    #expect(finding.symbol == "memo")
    #expect(finding.function == "find")
    #expect(
      finding.message.hasPrefix(
        "'find' returns a reference that 'PyDict_GetItemWithError' has borrowed from 'self->memo', "
          + "held by the field 'memo' of 'Thing', which every thread that has the object sees. "
          + "'f' uses it without a lock: another thread can free the object before it is passed "
          + "to 'PyObject_Str'."), "\(finding.message)")
    #expect(finding.remediation.contains("'PyDict_GetItemRef' (since 3.13; pythoncapi_compat.h"))
    #expect(finding.remediation.contains("let the callers release it"))
    #expect(
      places(finding)
        == [
          "10 read: too late: here it is passed to 'PyObject_Str'",
          "9 call: 'f' calls it without a lock", "7 entry-point: the method 'f'",
        ])
  }

  @Test func usedAfterTheSectionWasSuspended() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        Py_BEGIN_CRITICAL_SECTION(list);
        PyObject *item = PyList_GetItem(list, 0);
        PyObject_CallNoArgs(m);
        PyObject_Size(item);
        Py_END_CRITICAL_SECTION();
        return NULL;
      }
      """, methods: "f:O")
    #expect(finding.rule == "borrowed-across-yield")
    #expect(finding.severity == .medium)
    #expect(
      finding.message
        == "'PyList_GetItem' borrows a reference from 'list' under a lock, but "
        + "'PyObject_CallNoArgs' can run other code before it is passed to 'PyObject_Size': the "
        + "critical section is suspended meanwhile, and another thread can free the object.")
    #expect(
      places(finding).prefix(2)
        == [
          "5 call: 'PyObject_CallNoArgs' can let other code run",
          "6 read: too late: here it is passed to 'PyObject_Size'",
        ])
  }

  @Test func furtherPlacesFollowTheLateUse() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        PyObject *item = PyList_GetItem(list, 0);
        PyObject_Str(item);
        item = PyList_GetItem(list, 1);
        PyObject_Str(item);
        item = PyList_GetItem(list, 2);
        PyObject_Str(item);
        return NULL;
      }
      """, methods: "f:O")
    #expect(
      places(finding).prefix(3)
        == [
          "4 read: too late: here it is passed to 'PyObject_Str'", "5 read: borrowed here too",
          "7 read: borrowed here too",
        ])
    #expect(finding.related.dropFirst(3).allSatisfy { $0.role == .entryPoint })
    #expect(finding.related.count == 4)
  }

  @Test func manyPlacesAreCutAndEntryPointsKept() throws {
    let more = (0..<30).map {
      "item = PyList_GetItem(list, \($0)); PyObject_Str(item);"
    }.joined(separator: "\n")
    let finding = try finding(
      "static PyObject *f(PyObject *m, PyObject *list) {\nPyObject *item;\n\(more)\nreturn NULL; }",
      methods: "f:O")
    #expect(finding.related.count { $0.role != .entryPoint } == 10)
    #expect(finding.related.last?.role == .entryPoint)
  }

  @Test func whatAParserStoresForGood() throws {
    let finding = try finding(
      """
      static PyObject *hook;
      static PyObject *f(PyObject *m, PyObject *args) {
        if (!PyArg_ParseTuple(args, "O:f", &hook)) return NULL;
        Py_RETURN_NONE;
      }
      """, methods: "f:VARARGS")
    #expect(finding.rule == "stored-borrowed-reference")
    #expect(finding.severity == .critical)
    #expect(
      finding.message.hasPrefix(
        "A reference that 'PyArg_ParseTuple' has lent is stored in 'hook', and 'f' takes no "
          + "reference of its own to it."))
  }

  @Test func aReferenceGivenUpTooEarly() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *dict) {
        PyObject *value;
        if (PyDict_GetItemRef(dict, m, &value) < 1) return NULL;
        Py_DECREF(value);
        return PyObject_Str(value);
      }
      """, methods: "f:O")
    #expect(finding.rule == "borrowed-from-shared-container")
    #expect(finding.position.line == 5)
    #expect(
      finding.message.hasPrefix(
        "The reference that keeps the object from 'dict' alive is given up here"))
    #expect(finding.remediation == "Release the reference after the last use.")
  }

  @Test func anIterationWithoutALock() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *dict) {
        PyObject *key, *value; Py_ssize_t pos = 0;
        while (PyDict_Next(dict, &pos, &key, &value))
          PyObject_Str(key);
        return NULL;
      }
      """, methods: "f:O")
    #expect(finding.rule == "unlocked-dict-iteration")
    #expect(finding.severity == .high)
    #expect(
      finding.message
        == "'PyDict_Next' walks through 'dict', which the caller passes and other threads can "
        + "have as well, without a lock on it. Another thread can change it during the loop, and "
        + "free the entry before it is passed to 'PyObject_Str'.")
  }

  @Test func aBufferThatIsReleasedTooEarly() throws {
    let finding = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *object) {
        Py_buffer view;
        if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0) return NULL;
        const char *text = view.buf;
        PyBuffer_Release(&view);
        return PyLong_FromLong(text[0]);
      }
      """, methods: "f:O")
    #expect(finding.rule == "borrowed-mutable-buffer")
    #expect(finding.severity == .high)
    #expect(finding.position.line == 7)
    #expect(finding.message.hasPrefix("The memory of 'view' is used here after 'PyBuffer_Release'"))
    #expect(places(finding).first == "6 call: its owner may end here")
  }

  // MARK: Severity

  @Test func severityOfContainersThatNothingChanges() throws {
    let text = """
      static PyObject *table;
      static PyObject *f(PyObject *m, PyObject *key) {
        return Py_XNewRef(PyDict_GetItemWithError(table, key));
      }
      static PyObject *g(PyObject *m, PyObject *key) {
        CHANGE
        Py_RETURN_NONE;
      }
      """
    let constant = try finding(text.replacing("CHANGE", with: ""), methods: "f:O g:O")
    #expect(constant.severity == .medium)
    #expect(
      constant.message.contains("Code of the package never takes anything out of this container"))
    let changed = try finding(
      text.replacing("CHANGE", with: "PyDict_SetItem(table, key, key);"), methods: "f:O g:O")
    #expect(changed.severity == .high)
    #expect(!changed.message.contains("never takes anything out"))
    let replaced = try finding(
      text.replacing("CHANGE", with: "Py_XSETREF(table, Py_NewRef(key));"), methods: "f:O g:O")
    #expect(replaced.severity == .high)
  }

  @Test func severityOfContainersThatAHelperChanges() throws {
    let finding = try finding(
      """
      static PyObject *table;
      static void put(PyObject *to, PyObject *key) { PyDict_SetItem(to, key, key); }
      static PyObject *f(PyObject *m, PyObject *key) {
        put(table, key);
        return Py_XNewRef(PyDict_GetItemWithError(table, key));
      }
      """, methods: "f:O")
    #expect(finding.severity == .high)
  }

  @Test func severityWhereTheOriginIsNotKnown() throws {
    let unknown = try finding(
      """
      PyObject *elsewhere(void);
      static PyObject *f(PyObject *m, PyObject *key) {
        return Py_XNewRef(PyDict_GetItemWithError(elsewhere(), key));
      }
      """, methods: "f:O")
    #expect(unknown.severity == .medium)
    #expect(unknown.confidence == .medium)
    #expect(unknown.message.contains("which 'elsewhere' returns, perhaps not to this thread alone"))
    let attribute = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *key) {
        PyObject *list = PyObject_GetAttrString(key, "data");
        return Py_XNewRef(PyList_GetItem(list, 0));
      }
      """, methods: "f:O")
    #expect(attribute.severity == .medium)
    let dict = try finding(
      """
      static PyObject *f(PyObject *m, PyObject *key) {
        PyObject *dict = PyObject_GetAttrString(key, "__dict__");
        return Py_XNewRef(PyDict_GetItemWithError(dict, m));
      }
      """, methods: "f:O")
    #expect(dict.severity == .high)
  }

  @Test func nothingToSayOfSafeCode() throws {
    let found = try found(
      """
      static PyObject *f(PyObject *m, PyObject *list) {
        PyObject *item = PyList_GetItemRef(list, 0);
        if (item == NULL) return NULL;
        PyObject *text = PyObject_Str(item);
        Py_DECREF(item);
        return text;
      }
      static PyObject *g(PyObject *m, PyObject *args) {
        PyObject *copy = PySequence_List(PyTuple_GET_ITEM(args, 0));
        PyObject *item = PyList_GetItem(copy, 0);
        Py_INCREF(item);
        Py_DECREF(copy);
        return item;
      }
      """, methods: "f:O g:VARARGS")
    #expect(found.map(\.message) == [])
  }
}
