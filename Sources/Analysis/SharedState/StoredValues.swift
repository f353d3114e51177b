import ProgramModel
import PythonAPI

/// What kind of value a store puts into a state, as far as it matters when two threads store.
package enum StoredValue: Hashable, Sendable {
  /// An interned string: immortal without the GIL, and the same object for both.
  case interned
  /// A singleton that never dies: `None`, a small integer, the empty tuple.
  case immortal
  case constant(Int64)
  /// The address of a function or a static object, or a string literal.
  case staticAddress
  /// The same value whoever computes it: an address from `dlsym`, a capsule's pointer, `sysconf`.
  case idempotent(String)
  /// A reference that the function named has made.
  case newReference(String)
  case allocation(String)
  /// A lock that the function named has made.
  case lock(String)
  /// What a thread state is saved in.
  case threadState
  /// What the caller gave.
  case parameter
  case other

  /// Both of two racing stores store the same, and what is stored stays valid.
  package var isIdempotent: Bool {
    switch self {
    case .interned, .immortal, .constant, .staticAddress, .idempotent: true
    case .newReference, .allocation, .lock, .threadState, .parameter, .other: false
    }
  }
}

/// Finds out what stores store.
struct StoredValues {
  let package: PackageModel
  private let facts = PythonFacts.shared

  init(_ package: PackageModel) { self.package = package }

  /// What a value of a function can be, each once.
  func kinds(of operand: Operand, _ values: FunctionValues, unit: Int) -> [StoredValue] {
    var found: [StoredValue] = []
    for source in values.sources(of: operand) {
      for kind in kinds(ofSource: source, values, unit, depth: 0) where !found.contains(kind) {
        found.append(kind)
      }
    }
    return found
  }

  private func kinds(
    ofSource source: Operand, _ values: FunctionValues, _ unit: Int, depth: Int
  ) -> [StoredValue] {
    switch source {
    case .integer(let value): return [.constant(value)]
    case .string, .function: return [.staticAddress]
    case .floating: return [.other]
    case .local(let index): return index < values.model.parameterCount ? [.parameter] : [.other]
    case .address(let id):
      let place = values.place(id)
      guard case .variable(let symbol) = place.base, !place.path.contains(.dereference) else {
        return [.other]
      }
      let name = package.units[unit].name(of: symbol)
      return name.hasPrefix("_Py_") ? [.immortal] : [.staticAddress]
    case .temporary(let number):
      guard case .call(let block, let instruction)? = values.definition(of: number),
        case .call(_, .direct(let symbol), let arguments)? = values.operation(
          block: block, instruction: instruction),
        let callee = package.function(symbol, in: unit)
      else { return [.other] }
      return kinds(ofCall: callee, arguments, depth: depth)
    case .unknown: return [.other]
    }
  }

  private static let interning: Set<String> = [
    "PyUnicode_InternFromString", "_PyUnicode_FromId", "PyUnicode_InternImmortal",
  ]
  private static let singletons: Set<String> = [
    "PyBool_FromLong", "Py_GetConstant", "Py_GetConstantBorrowed", "PyEllipsis_New",
  ]
  private static let idempotent: Set<String> = [
    "dlsym", "GetProcAddress", "PyCapsule_Import", "PyCapsule_GetPointer", "sysconf",
    "getpagesize", "getenv", "GetModuleHandleA", "GetModuleHandleW", "Py_GetVersion",
    "PySys_GetObject", "PyEval_GetBuiltins", "getpid", "PyInterpreterState_Get",
    "PyInterpreterState_Main",
  ]
  private static let passing: Set<String> = [
    "Py_NewRef", "Py_XNewRef", "_Py_NewRef", "_Py_XNewRef", "Py_INCREF", "__builtin_expect",
  ]
  private static let threadStates: Set<String> = [
    "PyEval_SaveThread", "PyThreadState_Get", "PyThreadState_Swap", "PyGILState_Ensure",
    "PyThreadState_New", "PyThreadState_GetUnchecked", "PyGILState_GetThisThreadState",
  ]
  private static let memory: Set<String> = [
    "malloc", "calloc", "realloc", "strdup", "strndup", "operator new", "operator new[]", "mmap",
  ]

  private func kinds(
    ofCall callee: FunctionID, _ arguments: [Operand], depth: Int
  ) -> [StoredValue] {
    let name = package[callee].name
    if Self.interning.contains(name) { return [.interned] }
    if Self.singletons.contains(name) || isSingleton(name, arguments) { return [.immortal] }
    if Self.idempotent.contains(name) { return [.idempotent(name)] }
    if Self.threadStates.contains(name) { return [.threadState] }
    if facts.lockFunctions[name]?.role == .allocate { return [.lock(name)] }
    if Self.memory.contains(name) || facts.allocations[name]?.role == .allocate
      || facts.allocations[name]?.role == .resize
    {
      return [.allocation(name)]
    }
    if let fact = facts.function(name), fact.returns == .new || fact.returns == .borrowed {
      return [.newReference(name)]
    }
    // A helper of the package: what it returns.
    if depth < 3, let (unit, body) = package.body(of: callee) {
      let values = FunctionValues(body)
      var found: [StoredValue] = []
      for block in body.blocks {
        guard case .return(.some(let operand)) = block.terminator else { continue }
        for source in values.sources(of: operand) {
          // A failure is not what the caller keeps.
          if source == .integer(0), package.units[unit][body.resultType].kind == .pointer {
            continue
          }
          for kind in kinds(ofSource: source, values, unit, depth: depth + 1)
          where !found.contains(kind) {
            found.append(kind)
          }
        }
      }
      return found.isEmpty || found.count > 4 ? [.other] : found
    }
    return [.other]
  }

  private func isSingleton(_ name: String, _ arguments: [Operand]) -> Bool {
    switch (name, arguments.first) {
    case ("PyTuple_New", .integer(0)), ("PyTuple_Pack", .integer(0)),
      ("PyUnicode_New", .integer(0)):
      true
    case ("PyLong_FromLong", .integer(let value)), ("PyLong_FromSsize_t", .integer(let value)),
      ("PyLong_FromUnsignedLong", .integer(let value)),
      ("PyLong_FromLongLong", .integer(let value)):
      (-5...256).contains(value)
    case ("PyUnicode_FromOrdinal", .integer(let value)): (0..<256).contains(value)
    default: false
    }
  }
}
