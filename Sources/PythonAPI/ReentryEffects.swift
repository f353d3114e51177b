/// Which calls of the C API let arbitrary Python code run in the calling thread, so that it can
/// come back to what the thread is in the middle of.
package enum ReentryEffects {
  /// On what it depends whether a call runs Python code. Objects of built-in types run none.
  package enum Effect: Hashable, Sendable {
    case always
    /// Runs methods of the objects passed as these arguments.
    case objects([Int])
    /// Ends a reference to the object passed as the argument.
    case drops(Int)
    /// Ends the reference in the variable whose address is passed as the argument.
    case replaces(Int)
  }

  /// What a call does; nil for calls that run no Python code, and for those that do so only when
  /// an error occurs or memory is collected.
  package static func effect(of name: String) -> Effect? {
    if ReferenceEffects.givesUp(name) { return .drops(0) }
    if ReferenceEffects.replaces(name) { return .replaces(0) }
    if let known = exceptions[name] { return known }
    guard !quiet.contains(name), let fact = PythonFacts.shared.function(name),
      fact.yield.runsPython,
      fact.yield.confidence != .assumed
    else { return nil }
    switch fact.yield.reason {
    case "hash_eq": return name.contains("String") || name.contains("Check") ? nil : .objects([1])
    case "exception_machinery":
      return reportsError(name) ? .always : nil
    case "python_callback": return .always
    case "python_protocol":
      if callers.contains(where: { name.hasPrefix($0) }) { return .always }
      if binary.contains(where: { name.hasPrefix($0) }) { return .objects([0, 1]) }
      return unary.contains { name.hasPrefix($0) } ? .objects([0]) : nil
    default: return nil
    }
  }

  private static let exceptions: [String: Effect] = [
    "PyDict_Clear": .objects([0]), "PyList_Clear": .objects([0]), "PySet_Clear": .objects([0]),
    "PySet_New": .objects([0]), "PyFrozenSet_New": .objects([0]),
    "PyNumber_AsSsize_t": .objects([0]), "PySequence_ITEM": .objects([0]),
    "PyFloat_AsDouble": .objects([0]), "PyLong_AsLong": .objects([0]),
    "PyLong_AsLongLong": .objects([0]), "PyLong_AsInt": .objects([0]),
    "PyUnicode_Join": .objects([1]), "PyUnicode_Format": .objects([1]),
    "PyList_Sort": .objects([0]), "PyList_Extend": .objects([1]),
  ]
  private static let quiet: Set<String> = [
    "PyODict_New", "PyODict_SIZE", "PyODict_Size", "PyObject_HashNotImplemented",
    "PyObject_GenericHash", "PyObject_GenericGetDict", "PyObject_GenericSetDict",
    "PyObject_GetBuffer", "PyObject_GetAttrId",
  ]
  private static let reporting = [
    "PyErr_Warn", "PyErr_ResourceWarning", "PyErr_WriteUnraisable", "PyErr_FormatUnraisable",
    "PyErr_Print", "PyErr_Display", "PyErr_CheckSignals",
  ]
  private static let callers = [
    "PyObject_Call", "PyObject_Vectorcall", "PyVectorcall_Call", "PyEval_Call", "PyEval_Eval",
    "PyImport_Import", "PyImport_Exec", "PyImport_ReloadModule", "PyRun_", "PyGC_Collect",
    "Py_MakePendingCalls", "PyIter_Send", "PyFile_Write", "PyFile_GetLine", "PySys_Write",
    "PySys_Format", "PyCapsule_Import", "_PyObject_Call", "PySys_Audit",
  ]
  private static let binary = [
    "PyObject_RichCompare", "PySequence_Contains", "PySequence_Index", "PySequence_Count",
    "PyNumber_", "PyObject_IsInstance", "PyObject_IsSubclass",
  ]
  private static let unary = [
    "PyObject_GetAttr", "PyObject_GetOptionalAttr", "PyObject_SetAttr", "PyObject_DelAttr",
    "PyObject_HasAttr", "PyObject_GetItem", "PyObject_SetItem", "PyObject_DelItem",
    "PyObject_Str", "PyObject_Repr", "PyObject_ASCII", "PyObject_Bytes", "PyObject_Format",
    "PyObject_Hash", "PyObject_IsTrue", "PyObject_Not", "PyObject_Size", "PyObject_Length",
    "PyObject_GetIter", "PyObject_GetAIter", "PyObject_Dir", "PyObject_Print",
    "PyObject_Generic", "PyIter_Next", "PySequence_", "PyMapping_", "_PyObject_GetAttr",
    "_PyObject_GetMethod",
  ]

  /// Whether a function shows an error or warning to somebody, by Python code.
  package static func reportsError(_ name: String) -> Bool {
    reporting.contains { name.hasPrefix($0) }
  }

  /// Whether a function sets an exception.
  package static func setsException(_ name: String) -> Bool {
    name.hasPrefix("PyErr_Set") || name.hasPrefix("PyErr_Format") || name == "PyErr_NoMemory"
      || name.hasPrefix("PyErr_Bad")
  }

  /// Whether a function leaves its caller and all that called it for a place that was noted.
  package static func jumpsFar(_ name: String) -> Bool { jumps.contains(name) }
  private static let jumps: Set<String> = [
    "longjmp", "_longjmp", "siglongjmp", "__longjmp_chk", "__builtin_longjmp",
  ]

  /// Whether a function tells which thread calls it: what recursive locks ask for.
  package static func namesThread(_ name: String) -> Bool { threadNames.contains(name) }
  private static let threadNames: Set<String> = [
    "PyThread_get_thread_ident", "PyThread_get_thread_native_id", "pthread_self", "thrd_current",
    "GetCurrentThreadId", "_Py_ThreadId", "PyThreadState_Get", "PyThreadState_GetUnchecked",
    "_PyThreadState_UncheckedGet", "get_id", "pthread_equal", "_PyThreadState_GET",
  ]

  /// Whether a function tells what type a lock has, or sets up a lock; `setsType`: it is given
  /// the type itself.
  package static func lockSetup(_ name: String) -> (attribute: Int?, type: Int?)? {
    switch name {
    case "pthread_mutexattr_settype": (attribute: 0, type: 1)
    case "pthread_mutex_init": (attribute: 1, type: nil)
    case "mtx_init": (attribute: nil, type: 1)
    default: nil
    }
  }

  /// Whether a type of lock, by its record, lets its holder take it again.
  package static func isRecursive(_ type: String) -> Bool {
    type.hasSuffix("recursive_mutex") || type.hasSuffix("recursive_timed_mutex")
      || type.hasSuffix("RecursiveMutex") || type.hasPrefix("_RTL_CRITICAL_SECTION")
      || type == "CRITICAL_SECTION" || type.hasSuffix("Monitor")
  }
}
