import Foundation
import Testing

@testable import PythonAPI

@Suite struct ReferenceEffectTests {
  let facts = PythonFacts.shared

  @Test(arguments: [
    ("PyList_New", ReferenceEffects.Made.mutable), ("PyDict_Copy", .mutable),
    ("PySequence_List", .mutable), ("PyByteArray_FromObject", .mutable),
    ("PySequence_Tuple", .immutable), ("PyTuple_New", .immutable),
    ("PyBytes_FromString", .immutable),
    ("PyUnicode_FromString", .immutable), ("PyType_GenericAlloc", .instance),
    ("PyObject_New", .instance),
  ])
  func made(_ name: String, _ made: ReferenceEffects.Made) {
    #expect(ReferenceEffects.made(by: name) == made)
  }

  @Test(arguments: [
    "PyList_GetItem", "PyDict_GetItemRef", "PyObject_CallNoArgs", "PyObject_GetAttr",
    "PyTuple_Size",
    "PyImport_ImportModule", "no_such_function", "",
  ])
  func othersMakeNothingOfTheirOwn(_ name: String) {
    #expect(ReferenceEffects.made(by: name) == nil)
  }

  @Test func whatKeepsItsArguments() {
    #expect(ReferenceEffects.keeps("PyDict_SetItem", argument: 1))
    #expect(ReferenceEffects.keeps("PyDict_SetItem", argument: 2))
    #expect(!ReferenceEffects.keeps("PyDict_SetItem", argument: 0))
    #expect(!ReferenceEffects.keeps("PyList_Append", argument: 0))
    #expect(ReferenceEffects.keeps("PyObject_CallOneArg", argument: 1))
    // The object that a method is called of has it already.
    #expect(!ReferenceEffects.keeps("PyObject_CallMethodOneArg", argument: 0))
    #expect(ReferenceEffects.keeps("PyObject_CallMethodOneArg", argument: 2))
    #expect(ReferenceEffects.keeps("PyModule_AddObjectRef", argument: 2))
    #expect(!ReferenceEffects.keeps("Py_DECREF", argument: 0))
    #expect(!ReferenceEffects.keeps("PyErr_Format", argument: 2))
    #expect(!ReferenceEffects.keeps("PyObject_Size", argument: 0))
    #expect(ReferenceEffects.container(ofStore: "PyList_Append") == 0)
    #expect(ReferenceEffects.container(ofStore: "PyErr_Format") == nil)
    #expect(ReferenceEffects.container(ofStore: "PyList_GetItem") == nil)
  }

  @Test func whatStealsKeeps() {
    for fact in facts.functions.values {
      for steal in fact.steals where steal.condition != .consume {
        #expect(
          ReferenceEffects.keeps(fact.name, argument: steal.argument), "\(fact.name) steals")
      }
    }
  }

  @Test func theSmallTables() {
    for name in ["Py_INCREF", "Py_XNewRef", "Py_IncRef"] {
      #expect(ReferenceEffects.takesReference(name))
    }
    #expect(!ReferenceEffects.takesReference("Py_DECREF"))
    #expect(ReferenceEffects.returnsSame("Py_NewRef"))
    #expect(!ReferenceEffects.returnsSame("Py_INCREF"))
    #expect(ReferenceEffects.givesUp("Py_XDECREF"))
    #expect(!ReferenceEffects.givesUp("Py_INCREF"))
    #expect(ReferenceEffects.changes("PyList_Append"))
    #expect(!ReferenceEffects.changes("PyList_GetItem"))
    #expect(ReferenceEffects.looksUp("PyObject_GetAttrString"))
    #expect(!ReferenceEffects.looksUp("PyList_New"))
    #expect(ReferenceEffects.parsesArguments("PyArg_ParseTupleAndKeywords"))
    #expect(ReferenceEffects.parsesArguments("_PyArg_ParseStack_SizeT"))
    #expect(!ReferenceEffects.parsesArguments("Py_BuildValue"))
  }

  // MARK: Agreement with the facts

  /// Names that the facts do not have: functions that are CPython's own, or of old versions.
  private static let exceptions: Set<String> = [
    "_PyArg_", "_PyDict_DelItem_KnownHash", "_PyDict_SetItem_KnownHash", "_PyList_FromArraySteal",
    "_PyObject_GC_NewVar", "_PyObject_LookupAttr", "_Py_CLEAR", "_Py_DECREF",
    "_Py_DECREF_SPECIALIZED", "_Py_INCREF",
    "_Py_IncRef", "_Py_XDECREF", "_Py_XINCREF", "_PyObject_Vectorcall", "_Py_XNewRef",
    "PyDict_FromKeys", "PyObject_GetDict", "Py_INCREF_TYPE",
  ]

  @Test func whatTheTablesNameIsKnown() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../Sources/PythonAPI")
      .appending(path: "ReferenceEffects.swift").standardizedFileURL
    let text = try String(contentsOf: file, encoding: .utf8)
    let names = Set(text.matches(of: /"(_?Py\w*)"/).map { String($0.output.1) })
    #expect(names.count > 150)
    // Some are the beginnings of names.
    let unknown = names.filter { name in
      !facts.functions.keys.contains { $0.hasPrefix(name) }
    }
    #expect(unknown.subtracting(Self.exceptions).sorted() == [])
  }

  @Test func whatMakesAnObjectReturnsANewReference() {
    // Allocators of memory, and those that hand back the memory that they are given.
    for fact in facts.functions.values
    where ![nil, .instance].contains(ReferenceEffects.made(by: fact.name)) {
      #expect(fact.returns == .new, "\(fact.name)")
    }
  }

  @Test func whatLendsIsNothingMade() {
    for fact in facts.functions.values where fact.borrowRisk == .dangerous {
      #expect(ReferenceEffects.made(by: fact.name) == nil, "\(fact.name)")
      #expect(!ReferenceEffects.returnsSame(fact.name), "\(fact.name)")
    }
  }

  @Test func whatChangesAContainerLocksIt() {
    // A function that only reads is in no list of those that change.
    for fact in facts.functions.values where fact.returns == .borrowed {
      let isSetter = fact.name.contains("SetDefault")
      #expect(!ReferenceEffects.changes(fact.name) || isSetter, "\(fact.name)")
    }
  }
}
