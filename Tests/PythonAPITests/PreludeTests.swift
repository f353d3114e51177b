import PythonAPI
import Testing

@Suite struct PreludeTests {
  @Test(arguments: TargetVersion.allCases)
  func theTargetIsNamedFirst(_ target: TargetVersion) {
    let lines = Prelude.header(target: target).split(separator: "\n")
    let hex = ["3.13": "0x030D00F0", "3.14": "0x030E00F0", "3.15": "0x030F00F0"]
    #expect(lines.first == "#define FTAUDIT_TARGET_HEX \(hex[target.rawValue] ?? "")")
    #expect(lines.filter { $0 == "#include <Python.h>" }.count == 1)
  }

  @Test func itemMacrosAreValuesOfPointersToItems() {
    let names: Set = [
      "PyList_GET_ITEM", "PyTuple_GET_ITEM", "PySequence_Fast_GET_ITEM",
      "PyStructSequence_GET_ITEM",
    ]
    #expect(Prelude.lvalueFunctions == names)
    let text = Prelude.header(target: .standard)
    for name in Prelude.lvalueFunctions {
      #expect(text.contains("PyObject **\(name)(PyObject *, Py_ssize_t);"))
      #expect(text.contains("#define \(name)(a, b) (*\(name)((PyObject *)(a), (b)))"))
    }
  }

  @Test func conditionsAreBalanced() {
    var depth = 0
    for line in Prelude.header(target: .v3_15).split(separator: "\n") {
      if line.hasPrefix("#if") { depth += 1 }
      if line.hasPrefix("#endif") { depth -= 1 }
      #expect(depth >= 0)
    }
    #expect(depth == 0)
  }

  @Test func functionsNewerThanTheTargetAreHiddenWhileTheHeaderIsRead() throws {
    let text = Prelude.header(target: .v3_13)
    let hidden = try #require(
      text.firstRange(of: "#define PyLong_GetSign ftaudit_hidden_PyLong_GetSign"))
    let header = try #require(text.firstRange(of: "#include <Python.h>"))
    let given = try #require(text.firstRange(of: "#undef PyLong_GetSign"))
    #expect(hidden.lowerBound < header.lowerBound && header.lowerBound < given.lowerBound)
  }

  @Test func declarationsComeFromTheFacts() {
    let text = Prelude.header(target: .standard)
    #expect(text.contains("int PyDict_GetItemRef(PyObject *, PyObject *, PyObject **);"))
    #expect(text.contains("int PyUnstable_Module_SetGIL(PyObject *, void *);"))
    #expect(text.contains("#define Py_mod_gil 4"))
    #expect(text.contains("#define Py_CLEAR(a) Py_CLEAR((PyObject **)&(a))"))
  }
}
