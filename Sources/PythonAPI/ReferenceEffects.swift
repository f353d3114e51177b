/// What functions of the C API do with the references that they are given, and make.
package enum ReferenceEffects {
  /// What a function returns that makes an object.
  package enum Made: Hashable, Sendable {
    /// A container or buffer that nobody else has, and that can be changed.
    case mutable
    /// An object whose content never changes.
    case immutable
    /// An instance of a type of the package, yet to be filled.
    case instance
  }

  /// What the result is of a function that makes an object nobody else has; nil for others.
  package static func made(by name: String) -> Made? {
    if containers.contains(name) { return .mutable }
    if allocators.contains(name) { return .instance }
    if constants.contains(name) { return .immutable }
    guard let fact = PythonFacts.shared.function(name), fact.returns == .new,
      fact.container == .immutable
    else { return nil }
    return .immutable
  }

  private static let containers: Set<String> = [
    "PyList_New", "PyDict_New", "PySet_New", "PyODict_New", "PySequence_List", "PyList_GetSlice",
    "PyDict_Copy", "PyDict_Keys", "PyDict_Values", "PyDict_Items", "PyMapping_Keys",
    "PyMapping_Values", "PyMapping_Items", "PyObject_Dir", "PyUnicode_Split", "PyUnicode_RSplit",
    "PyUnicode_Splitlines", "PyByteArray_FromStringAndSize", "PyByteArray_FromObject",
    "PyByteArray_Concat", "_PyDict_NewPresized", "_PyList_FromArraySteal", "PyDict_FromKeys",
    "PySequence_Concat", "PySequence_Repeat",
  ]
  private static let constants: Set<String> = [
    "PySequence_Tuple", "PyList_AsTuple", "PyTuple_New", "PyTuple_Pack", "PyTuple_GetSlice",
    "PyUnicode_Partition", "PyUnicode_RPartition", "PyStructSequence_New", "PyFrozenSet_New",
    "PyBytes_FromStringAndSize", "PyUnicode_New",
  ]
  private static let allocators: Set<String> = [
    "PyObject_INIT", "PyObject_INIT_VAR", "PyObject_NEW", "PyObject_NEW_VAR", "PyType_GenericAlloc",
    "PyType_GenericNew",
    "PyObject_New", "PyObject_NewVar",
    "PyObject_GC_New", "PyObject_GC_NewVar", "_PyObject_New", "_PyObject_NewVar",
    "_PyObject_GC_New", "_PyObject_GC_NewVar", "PyObject_Init", "PyObject_InitVar",
    "PyUnstable_Object_GC_NewWithExtraData", "tp_alloc",
    "PyObject_NEW", "PyObject_NEW_VAR",
  ]

  /// Functions that take a reference of their own to the object they are given first.
  package static func takesReference(_ name: String) -> Bool { takers.contains(name) }
  private static let takers: Set<String> = [
    "Py_INCREF", "Py_XINCREF", "Py_NewRef", "Py_XNewRef", "Py_IncRef", "_Py_NewRef",
    "_Py_XNewRef", "_Py_IncRef", "_Py_INCREF", "_Py_XINCREF",
  ]

  /// Functions that return the object itself, with a new reference.
  package static func returnsSame(_ name: String) -> Bool { sameObject.contains(name) }
  private static let sameObject: Set<String> = [
    "Py_NewRef", "Py_XNewRef", "_Py_NewRef", "_Py_XNewRef",
  ]

  /// Functions that give up a reference to the object they are given first.
  package static func givesUp(_ name: String) -> Bool { releasers.contains(name) }
  private static let releasers: Set<String> = [
    "Py_DECREF", "Py_XDECREF", "Py_DecRef", "_Py_DecRef", "_Py_DECREF", "_Py_XDECREF",
    "_Py_DECREF_SPECIALIZED", "_Py_Dealloc",
  ]

  /// Macros that store in the variable that they are given first and give up what was in it.
  package static func replaces(_ name: String) -> Bool { replacers.contains(name) }
  private static let replacers: Set<String> = ["Py_CLEAR", "Py_SETREF", "Py_XSETREF", "_Py_CLEAR"]

  /// Whether a call can leave the object passed as `argument` in the hands of others after it
  /// has returned: it stores the object, or passes it to Python code.
  package static func keeps(_ name: String, argument: Int) -> Bool {
    if let kept = stores[name] { return kept.contains(argument) }
    if let fact = PythonFacts.shared.function(name),
      fact.steals.contains(where: { $0.argument == argument && $0.condition != .consume })
    {
      return true
    }
    if name.hasPrefix("PyObject_CallMethod") || name.hasPrefix("PyObject_VectorcallMethod") {
      return argument > 0
    }
    return callers.contains { name.hasPrefix($0) } || packers.contains(name)
  }

  private static let callers = [
    "PyObject_Call", "PyObject_Vectorcall", "PyEval_Call", "PyObject_VectorcallDict",
    "_PyObject_Call", "_PyObject_Vectorcall", "PyErr_SetObject", "PyContextVar_Set",
    "PyIter_Send", "PyGen_", "PyMethod_New", "PyCFunction_New", "PyCMethod_New",
    "PyModule_Add", "PyThreadState_SetAsyncExc", "PyWeakref_New", "PyCell_", "PyDictProxy_New",
    "PySeqIter_New", "PyCallIter_New", "PyMemoryView_FromObject", "PySlice_New",
    "PyException_Set", "PyObject_GetIter", "PyObject_GetBuffer", "PyTraceBack_Here",
  ]
  private static let packers: Set<String> = [
    "PyTuple_Pack", "Py_BuildValue", "Py_VaBuildValue", "PyErr_Restore",
    "PyErr_SetRaisedException", "PyObject_Init", "PyFrozenSet_New",
  ]
  private static let stores: [String: Set<Int>] = [
    "PyDict_SetItem": [1, 2], "PyDict_SetItemString": [2], "PyDict_SetDefault": [1, 2],
    "PyDict_SetDefaultRef": [1, 2], "PyList_Append": [1], "PyList_Insert": [2],
    "PyList_SetSlice": [3], "PyObject_SetAttr": [2], "PyObject_SetAttrString": [2],
    "PyObject_GenericSetAttr": [2], "PyObject_SetItem": [1, 2], "PySequence_SetItem": [2],
    "PyMapping_SetItemString": [2], "PySet_Add": [1], "PyTuple_SetItem": [2],
    "PyTuple_SET_ITEM": [2], "PyList_SetItem": [2], "PyList_SET_ITEM": [2],
    "PyStructSequence_SetItem": [2], "PyStructSequence_SET_ITEM": [2],
    "_PyDict_SetItem_KnownHash": [1, 2], "PyErr_Format": [], "PyType_FromModuleAndSpec": [0],
  ]

  /// The container that a call stores another object in; nil where it stores in none.
  package static func container(ofStore name: String) -> Int? {
    stores[name]?.isEmpty == false && name != "PyType_FromModuleAndSpec" ? 0 : nil
  }

  /// Whether a call can take something out of the container that it is given first, or replace it;
  /// what only adds leaves the references in it alive.
  package static func changes(_ name: String) -> Bool { changers.contains(name) }
  private static let changers: Set<String> = [
    "PyDict_SetItem", "PyDict_SetItemString",
    "PyDict_DelItem", "PyDict_DelItemString", "PyDict_Clear", "PyDict_Update", "PyDict_Merge",
    "PyDict_MergeFromSeq2", "PyDict_Pop", "PyDict_PopString", "_PyDict_Pop",
    "_PyDict_SetItem_KnownHash", "_PyDict_DelItem_KnownHash", "PyList_Append", "PyList_Insert",
    "PyList_SetItem", "PyList_SET_ITEM", "PyList_SetSlice", "PyList_Sort", "PyList_Reverse",
    "PyList_Clear", "PyList_Extend", "PySet_Discard", "PySet_Clear", "PySet_Pop",
    "PyObject_SetItem", "PyObject_DelItem", "PySequence_SetItem", "PySequence_DelItem",
    "PySequence_SetSlice", "PySequence_DelSlice", "PyMapping_SetItemString",
    "PyMapping_DelItem", "PyMapping_DelItemString", "PySequence_InPlaceConcat",
    "PySequence_InPlaceRepeat", "PyByteArray_Resize",
  ]

  /// Functions that read an attribute or take an object out of another one.
  package static func looksUp(_ name: String) -> Bool {
    lookUps.contains { name.hasPrefix($0) }
  }
  private static let lookUps = [
    "PyObject_GetAttr", "PyObject_GetOptionalAttr", "PyObject_GenericGet", "_PyObject_LookupAttr",
    "_PyObject_GetAttr", "PyObject_GetItem", "PySequence_GetItem", "PyMapping_GetItem",
    "PyMapping_GetOptionalItem", "PyDict_GetItem", "PyList_GetItem", "PyDict_SetDefault",
    "PyType_GetDict", "PySys_Get", "PyImport_", "PyModule_GetDict", "PyWeakref_Get",
    "PyCell_G", "PyObject_GetDict", "_PyObject_GetDict", "PyInterpreterState_GetDict",
    "PyEval_Get", "PyFunction_G",
  ]

  /// Functions that say whether a dict has the key that they are given second.
  package static func testsKey(_ name: String) -> Bool {
    name.hasPrefix("PyDict_Contains") || name.hasPrefix("PyDict_GetItem")
      || name.hasPrefix("_PyDict_GetItem") || name == "PyMapping_HasKey"
      || name == "PyMapping_HasKeyString"
  }

  /// Functions that put a value into a dict for the key that they are given second.
  package static func storesKey(_ name: String) -> Bool {
    ["PyDict_SetItem", "PyDict_SetItemString", "_PyDict_SetItem_KnownHash"].contains(name)
  }

  /// Whether a function says that nobody else has an object, rightly also without the GIL.
  package static func provesUnique(_ name: String) -> Bool {
    name.hasSuffix("Object_IsUniquelyReferenced") || name.hasSuffix("IsUniqueReferencedTemporary")
  }

  /// Parsers of arguments, which store references that they borrow from the arguments.
  package static func parsesArguments(_ name: String) -> Bool {
    name.hasPrefix("PyArg_") || name.hasPrefix("_PyArg_")
  }
}
