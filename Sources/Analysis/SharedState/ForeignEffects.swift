import ProgramModel
import PythonAPI

/// What functions outside the package do with memory that they are given a pointer to.
enum ForeignEffects {
  enum Effect: Hashable {
    case read
    /// Fills it, whatever was in it before.
    case write
    /// Changes what is in it.
    case modify
    /// Changes it, as far as the type of the parameter tells.
    case perhapsModify
    /// Takes, lets go or asks for a lock, or does what it does once: no data.
    case synchronise
    /// One atomic access.
    case atomic(VariableAccess.Kind)
    /// Keeps the address.
    case keep
  }

  /// What the memory is, as far as the effect depends on it.
  struct Memory {
    /// A Python object, type, or a table of its description.
    var isPython: Bool
    /// One number or pointer.
    var isScalar: Bool
    /// A class object of C++.
    var isClass: Bool
    /// An element of an array, which stands for all of it.
    var isElement = false
  }

  /// The effect of passing a pointer to `memory` as argument `position`.
  static func effect(of callee: LinkedFunction, _ position: Int, on memory: Memory) -> Effect {
    let name = callee.name
    if let effect = synchronisation(callee, name, position) { return effect }
    if isPythonAPI(name) {
      return python(name, callee, position, memory)
    }
    if name.hasPrefix("__builtin_"), let bare = bareName(name) {
      return library(bare, callee, position, memory)
    }
    return library(name, callee, position, memory)
  }

  static func isPythonAPI(_ name: String) -> Bool {
    name.hasPrefix("Py") || name.hasPrefix("_Py")
  }

  private static func bareName(_ name: String) -> String? {
    var bare = name.dropFirst("__builtin_".count)
    // '__builtin___memcpy_chk' is what a checked 'memcpy' becomes.
    if bare.hasPrefix("__"), bare.hasSuffix("_chk") { bare = bare.dropFirst(2).dropLast(4) }
    return bare.isEmpty ? nil : String(bare)
  }

  // MARK: Locks

  private static let guards: Set<String> = ["__cxa_guard_acquire", "__cxa_guard_release"]

  private static func synchronisation(
    _ callee: LinkedFunction, _ name: String, _ position: Int
  ) -> Effect? {
    if guards.contains(name) { return .synchronise }
    if makers.contains(name) { return position == 0 ? .write : .read }
    let facts = PythonFacts.shared
    if let fact = facts.lockFunctions[name] ?? facts.lockFunctions[callee.qualifiedName] {
      let synchronising: Set<LockFact.Role> = [.acquire, .release, .query, .once, .threadLocal]
      if synchronising.contains(fact.role) { return .synchronise }
    }
    // Methods of a class whose objects run something once.
    let owner = callee.qualifiedName.dropLast(name.count + 2)
    if facts.lockFunctions[String(owner)]?.role == .once { return .synchronise }
    if lockPrefixes.contains(where: { name.hasPrefix($0) }) { return .synchronise }
    if callee.qualifiedName.hasPrefix("std::") {
      if cxxLocks.contains(where: { owner.hasSuffix($0) }) { return .synchronise }
      if owner.contains("atomic") {
        return .atomic(
          name == "load" || name.hasPrefix("operator ")
            ? .atomicRead : name == "store" ? .atomicWrite : .atomicModify)
      }
    }
    if facts.atomicPrefixes.contains(where: { name.hasPrefix($0) }) {
      if position > 0 { return nil }
      return .atomic(
        name.contains("load") ? .atomicRead : name.contains("store") ? .atomicWrite : .atomicModify)
    }
    return nil
  }

  /// Functions that make a lock where it lies.
  private static let makers: Set<String> = [
    "pthread_mutex_init", "pthread_rwlock_init", "pthread_cond_init", "pthread_spin_init",
    "mtx_init", "cnd_init", "sem_init", "InitializeCriticalSection", "InitializeSRWLock",
    "InitializeCriticalSectionAndSpinCount", "omp_init_lock",
  ]
  private static let lockPrefixes = [
    "pthread_mutex", "pthread_rwlock", "pthread_cond", "pthread_once", "pthread_key",
    "pthread_spin", "PyMutex", "_PyMutex", "PyThread_tss", "PyCriticalSection", "mtx_", "cnd_",
    "sem_", "InitializeCriticalSection", "DeleteCriticalSection", "InitializeSRWLock",
    "tss_", "PyThread_acquire", "PyThread_release",
  ]
  private static let cxxLocks = [
    "mutex", "_lock", "lock_guard", "once_flag", "condition_variable", "condition_variable_any",
    "scoped_lock",
  ]

  // MARK: Python

  private static func python(
    _ name: String, _ callee: LinkedFunction, _ position: Int, _ memory: Memory
  ) -> Effect {
    if parsers.contains(name) {
      // After the format stand the variables to fill; types and converters stand among them.
      let first = name.contains("Keywords") ? 4 : 2
      return position >= first && !memory.isPython ? .write : .read
    }
    if name == "PyArg_UnpackTuple" || name == "_PyArg_UnpackStack" { return .write }
    if name.hasPrefix("_PyArg_Parse") { return memory.isScalar ? .write : .read }
    if name == "PyType_Ready" || name.hasPrefix("PyStructSequence_InitType") {
      return position == 0 ? .modify : .read
    }
    if name.hasPrefix("PyOS_"), name.contains("printf") { return position == 0 ? .write : .read }
    if memory.isPython { return .read }
    guard let fact = PythonFacts.shared.function(name) else {
      return isWritable(callee, position) ? (memory.isScalar ? .write : .keep) : .read
    }
    if fact.steals.contains(where: { $0.argument == position && $0.condition == .replaces }) {
      return .modify
    }
    if fact.newReferenceArguments.contains(position)
      || fact.borrowedReferenceArguments.contains(position)
    {
      return .write
    }
    guard isWritable(callee, position) else { return .read }
    if keepers[name] == position { return .keep }
    // Results are stored in numbers, pointers and buffers; tables and descriptions are read.
    return memory.isScalar ? .write : bufferFillers.contains(name) ? .write : .keep
  }

  private static let parsers: Set<String> = [
    "PyArg_Parse", "PyArg_ParseTuple", "PyArg_ParseTupleAndKeywords", "PyArg_VaParse",
    "PyArg_VaParseTupleAndKeywords",
  ]
  /// Functions that keep the address they are given, and which argument that is.
  private static let keepers: [String: Int] = [
    "PyBuffer_FillInfo": 2, "PyMemoryView_FromMemory": 0, "PyCapsule_New": 0,
    "PyCapsule_SetPointer": 1, "PyCapsule_SetContext": 1, "PyLong_FromVoidPtr": 0,
    "PyThread_start_new_thread": 1, "Py_AddPendingCall": 1,
  ]
  private static let bufferFillers: Set<String> = [
    "PyObject_GetBuffer", "PyBuffer_FillInfo", "PyBuffer_Release", "PyBuffer_ToContiguous",
    "PyUnicode_AsWideChar", "PyUnicode_CopyCharacters", "PyLong_AsNativeBytes",
    "_PyLong_AsByteArray", "PyOS_snprintf",
  ]

  // MARK: Libraries

  static func isWritable(_ callee: LinkedFunction, _ position: Int) -> Bool {
    position < 64 && callee.writableArguments & (1 << UInt64(position)) != 0
  }

  private static let fillers: Set<String> = [
    "memcpy", "memmove", "memset", "strcpy", "strncpy", "stpcpy", "sprintf", "snprintf",
    "vsnprintf", "vsprintf", "fread", "fgets", "read", "recv", "wcscpy", "bzero", "gettimeofday",
    "clock_gettime", "time", "getcwd", "gethostname", "strftime", "strlcpy", "swprintf",
  ]

  private static func library(
    _ name: String, _ callee: LinkedFunction, _ position: Int, _ memory: Memory
  ) -> Effect {
    if fillers.contains(name) {
      return isWritable(callee, position) || (position == 0 && name.hasPrefix("mem"))
        ? .write : .read
    }
    if callee.qualifiedName.hasPrefix("std::"), !memory.isClass || position > 0,
      let target = algorithms[name]
    {
      return position == target ? .write : .read
    }
    if name.hasSuffix("scanf") {
      return position >= 1 && !isFormat(position, name) ? .write : .read
    }
    if name == "free" || name == "delete" { return .modify }
    // A function of C is given a record as in C.
    if memory.isClass, position == 0, callee.qualifiedName.contains("::") {
      if callee.qualifiedName.hasPrefix("std::") {
        if name == "fill" || name == "assign" || name == "operator=" { return .write }
        if accessors.contains(name) { return .read }
        if name == "operator[]", !callee.qualifiedName.contains("map") { return .read }
      }
      return isWritable(callee, position) ? .modify : .read
    }
    guard isWritable(callee, position) else { return .read }
    // The address of one number or pointer is there for a result.
    if memory.isScalar && !memory.isElement { return .write }
    return callee.isForeign ? .perhapsModify : .keep
  }

  /// Algorithms of C++ that fill what an argument points to, and which one.
  private static let algorithms: [String: Int] = [
    "fill": 0, "fill_n": 0, "generate": 0, "generate_n": 0, "iota": 0, "copy": 2, "copy_n": 2,
    "transform": 2, "sprintf": 0, "snprintf": 0, "memset": 0, "memcpy": 0, "memmove": 0,
    "strcpy": 0, "strncpy": 0, "sort": 0, "reverse": 0, "to_chars": 0,
  ]

  private static func isFormat(_ position: Int, _ name: String) -> Bool {
    position == (name == "scanf" ? 0 : 1)
  }

  /// Methods of the standard library that change nothing though they are not const.
  private static let accessors: Set<String> = [
    "begin", "end", "cbegin", "cend", "rbegin", "rend", "find", "at", "front", "back", "data",
    "lower_bound", "upper_bound", "equal_range", "get", "operator*", "operator->", "c_str", "size",
    "empty", "count", "value", "top",
  ]
}
