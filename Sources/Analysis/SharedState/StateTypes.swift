package import ProgramModel
import PythonAPI

/// What the type of a state says of it.
package struct StateType {
  let unit: UnitModel
  let model: TypeModel
  /// The element of an array, else the type itself.
  let element: TypeModel
  private let package: PackageModel

  package init(_ declaration: StateDeclaration, _ package: PackageModel) {
    self.package = package
    unit = package.units[declaration.unit]
    model = unit[declaration.typeID]
    var innermost = model
    while innermost.kind == .array || innermost.kind == .vector, let next = innermost.element {
      innermost = unit[next]
    }
    element = innermost
  }

  var isArray: Bool { model.kind == .array }
  var spelling: String { unit[element.spelling] }
  /// The record of the element; empty for other types.
  var record: String { element.kind == .record ? unit[element.record] : "" }
  /// The record that the element points to; empty for other types.
  var pointedRecord: String {
    guard element.kind == .pointer || element.kind == .reference, let pointee = element.element,
      unit[pointee].kind == .record
    else { return "" }
    return unit[unit[pointee].record]
  }
  var isPointer: Bool { element.kind == .pointer }
  var isScalar: Bool {
    (!isArray || model.count == 1)
      && [.boolean, .integer, .floating, .enumeration].contains(element.kind)
  }

  /// A number, or an array of numbers.
  var isNumeric: Bool {
    [.boolean, .integer, .floating, .enumeration].contains(element.kind)
  }

  /// A pointer to nothing known under a name of its own, as libraries give: `iconv_t`.
  var isNamedHandle: Bool {
    guard isPointer, let pointee = element.element, unit[pointee].kind == .void else {
      return false
    }
    return !spelling.contains("*") && !isLockPointer
  }

  /// A container, string or smart pointer of the standard library.
  var isContainerClass: Bool { record.hasPrefix("std::") && !isPlainClass }

  /// A class of the standard library that is plain data: an array, a pair.
  var isPlainClass: Bool { Self.plainClasses.contains { record.hasPrefix($0) } }

  /// Classes of the standard library that are plain data.
  private static let plainClasses = [
    "std::array", "std::pair", "std::tuple", "std::complex", "std::chrono",
  ]

  /// A pointer to a Python object, or an array of such.
  package var pointsToObject: Bool {
    let record = pointedRecord
    return record == "_object" || record == "_typeobject"
      || record.hasPrefix("Py") && record.hasSuffix("Object")
      || package.isObjectLayout(record)
  }

  /// A class object of C++ that is more than data.
  var isClass: Bool {
    unit.isCxx && element.kind == .record && (record.contains("::") || hasMethods)
  }

  private var hasMethods: Bool {
    let prefix = "\(record)::"
    return unit.symbols.contains {
      $0.kind == .function && unit[$0.qualifiedName].hasPrefix(prefix)
    }
  }

  var isAtomic: Bool {
    element.isAtomic || record.hasPrefix("std::atomic") || record.hasPrefix("std::__atomic")
      || PythonFacts.shared.lockFunctions[record]?.role == .atomicType
  }

  /// A lock, condition, key or once flag itself.
  var isSynchronisation: Bool {
    Self.synchronisation.contains(record) || Self.synchronisation.contains(spelling)
      || record.hasPrefix("std::") && Self.cxxSynchronisation.contains { record.hasSuffix($0) }
      || PythonFacts.shared.lockFunctions[record]?.role == .onceType
  }

  /// A pointer to a lock.
  var isLockPointer: Bool {
    spelling.hasPrefix("PyThread_type_lock") || Self.synchronisation.contains(pointedRecord)
      || pointedRecord.hasPrefix("std::")
        && Self.cxxSynchronisation.contains { pointedRecord.hasSuffix($0) }
  }

  var isThreadState: Bool {
    pointedRecord == "_ts" || pointedRecord == "PyThreadState" || spelling == "PyGILState_STATE"
  }

  var isStaticType: Bool { record == "_typeobject" || record == "PyTypeObject" }

  /// A description that Python reads: tables of methods, slots, members, modules.
  var isDescriptor: Bool {
    isStaticType
      || PythonRecords.isPython(record) && !pointsToObject
        && !["PyThreadState", "PyObject", "_object"].contains(record)
  }

  private static let synchronisation: Set<String> = [
    "PyMutex", "pthread_mutex_t", "pthread_rwlock_t", "pthread_cond_t", "pthread_once_t",
    "pthread_key_t", "pthread_spinlock_t", "mtx_t", "cnd_t", "once_flag", "tss_t", "Py_tss_t",
    "_Py_tss_t", "_PyOnceFlag", "_PyMutex", "_PyRWMutex", "_PyRecursiveMutex", "sem_t",
    "CRITICAL_SECTION", "_RTL_CRITICAL_SECTION", "SRWLOCK", "INIT_ONCE", "CONDITION_VARIABLE",
    "PyThread_type_key", "absl::Mutex", "absl::once_flag", "os_unfair_lock", "omp_lock_t",
    "std::once_flag", "Py_ssize_t_lock",
  ]
  private static let cxxSynchronisation = [
    "mutex", "once_flag", "condition_variable", "condition_variable_any", "atomic_flag",
    "counting_semaphore", "binary_semaphore", "latch", "barrier",
  ]

  /// Handles of libraries whose functions lock by themselves.
  static let lockedLibraries: Set<String> = [
    "_IO_FILE", "__sFILE", "FILE", "__locale_struct", "_IO_FILE_plus",
  ]
}

extension PackageModel {
  /// Whether a record of the package is the layout of Python objects: it begins with their head.
  package func isObjectLayout(_ record: String) -> Bool {
    var name = record
    for _ in 0..<4 {
      guard let place = records[name] else { return false }
      let unit = units[place.unit]
      guard let first = unit.records[place.index].fields.first else { return false }
      let type = unit[first.type]
      guard type.kind == .record else { return false }
      name = unit[type.record]
      if name == "_object" || name == "PyObject" || name == "PyVarObject" { return true }
    }
    return false
  }
}
