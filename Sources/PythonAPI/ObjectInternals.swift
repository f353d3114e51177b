/// What names of the C API have to do with the inside of objects: counts, heads, sizes, types.
package enum ObjectInternals {
  /// Functions that say how many references an object has.
  package static func countsReferences(_ name: String) -> Bool { counters.contains(name) }
  private static let counters: Set<String> = ["Py_REFCNT", "_Py_REFCNT", "_Py_REFCNT_impl"]

  /// Functions that do nothing but print.
  package static func prints(_ name: String) -> Bool { printers.contains(name) }
  private static let printers: Set<String> = [
    "printf", "fprintf", "puts", "fputs", "putchar", "fputc", "putc", "fflush", "PySys_WriteStderr",
    "PySys_WriteStdout", "PySys_FormatStderr", "PySys_FormatStdout", "__fprintf_chk",
    "__printf_chk",
  ]

  /// The header that gives older versions the functions of newer ones, by means of private ones.
  package static let compatibilityHeader = "pythoncapi_compat.h"

  /// The field of an object's head that a call sets; nil: it sets none, or may do so.
  package static func headerSet(by name: String) -> String? { setters[name] }
  private static let setters = [
    "Py_SET_REFCNT": "ob_refcnt", "_Py_SetRefcnt": "ob_refcnt", "Py_SET_SIZE": "ob_size",
    "_Py_SET_SIZE_impl": "ob_size",
  ]

  /// Functions that give the number of a list's items.
  package static func givesListSize(_ name: String) -> Bool { listSizes.contains(name) }
  private static let listSizes: Set<String> = [
    "PyList_GET_SIZE", "PyList_Size", "Py_SIZE", "_Py_SIZE_impl", "PyObject_Size",
    "PyObject_Length", "PySequence_Size", "PySequence_Length",
  ]

  /// Functions that read or write an item of a list without looking at its size.
  package static func accessesItemUnchecked(_ name: String) -> Bool {
    uncheckedItems.contains(name)
  }
  private static let uncheckedItems: Set<String> = ["PyList_GET_ITEM", "PyList_SET_ITEM"]

  /// Functions that give the namespace of a type, to be read only.
  package static func givesTypeNamespace(_ name: String) -> Bool { name == "PyType_GetDict" }

  /// Functions that tell CPython that a type was changed behind its back.
  package static func announcesTypeChange(_ name: String) -> Bool { name == "PyType_Modified" }

  /// Whether a function's name says that CPython keeps it for itself. Those that the documentation
  /// has under such a name are public.
  package static func isPrivate(_ name: String) -> Bool {
    name.hasPrefix("_Py") && !documented.contains(name) && !name.hasPrefix("_Py_c_")
  }
  private static let documented: Set<String> = [
    "_PyBytes_Resize", "_PyTuple_Resize", "_PyObject_New", "_PyObject_NewVar", "_PyObject_GC_New",
    "_PyObject_GC_NewVar", "_Py_DecRef", "_Py_IncRef", "_Py_Dealloc", "_Py_NewRef",
    "_Py_XNewRef", "_PyImport_AppendInittab", "_PyInterpreterState_GetEvalFrameFunc",
    "_PyInterpreterState_SetEvalFrameFunc",
  ]

  /// Whether a macro is one of CPython's own, what it expands to being CPython's business. What
  /// the prelude has made a call expands to nothing else: whatever is used there was passed to it.
  package static func isPublicMacro(_ name: String) -> Bool {
    name.hasPrefix("Py") && !calls.contains(Substring(name))
  }

  private static let calls: Set<Substring> = Set(
    Prelude.text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("#undef ") || line.hasPrefix("#define ") else { return nil }
      return line.drop { $0 != " " }.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    })

  /// The fact on a field of CPython's structures; `record` as the compiler names it. Fields
  /// of an object's head are known whatever unnamed union they stand in.
  package static func fact(ofField field: String, record: String) -> FieldFact? {
    let structure = structures[record] ?? record
    if let fact = PythonFacts.shared.field(field, of: structure) { return fact }
    guard field.hasPrefix("ob_"), record.isEmpty || record.hasPrefix("_object") else { return nil }
    return PythonFacts.shared.field(field, of: "PyObject")
  }

  private static let structures = [
    "_object": "PyObject", "_typeobject": "PyTypeObject", "_heaptypeobject": "PyHeapTypeObject",
    "_frame": "PyFrameObject", "_ts": "PyThreadState", "_is": "PyInterpreterState",
    "_PyWeakReference": "PyWeakReference",
  ]

  /// What a field has to do with an object's head; nil for other fields.
  package static func header(_ fact: FieldFact) -> Header? { headers[fact.hazard] }

  /// The parts of an object's head.
  package enum Header: Sendable, Hashable {
    case count, type, size, lock, other
  }

  private static let headers: [String: Header] = [
    "direct_refcount": .count, "direct_type": .type, "direct_size": .size,
    "reserved_lock": .lock, "ft_internal": .other,
  ]

  /// Whether a field holds what a container or another mutable object of CPython keeps for itself.
  package static func isContent(_ fact: FieldFact) -> Bool { contents.contains(fact.hazard) }
  private static let contents: Set<String> = [
    "raw_container", "raw_buffer", "raw_counter", "raw_field", "removed",
  ]

  /// Whether what a field points to is moved or freed in the everyday use of the object, not only
  /// when somebody assigns to an attribute.
  package static func isMovable(_ fact: FieldFact) -> Bool { fact.hazard != "raw_field" }

  /// Whether a record is a type, or a part of one that holds its slots.
  package static func isTypePart(_ record: String) -> Bool { typeParts.contains(record) }
  private static let typeParts: Set<String> = [
    "_typeobject", "PyTypeObject", "PyNumberMethods", "PySequenceMethods", "PyMappingMethods",
    "PyAsyncMethods", "PyBufferProcs",
  ]
}
