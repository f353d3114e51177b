import ProgramModel
import PythonAPI

/// What a call does with a reference that it is given.
struct ValueEffect: Hashable {
  /// Does more than to compare it.
  var uses = true
  /// Takes a reference of its own.
  var takes = false
  /// Drops the reference given.
  var drops = false
  /// The reference given is the callee's afterwards.
  var keeps = false
  /// Gives the same value back.
  var returns = false

  static let use = Self()
}

/// What a call does with a reference whose address it is given.
struct SlotEffect: Hashable {
  /// Reads the reference and uses it, also to take its own.
  var uses = false
  /// Gives the value by one atomic read.
  var isAtomicLoad = false
  var stores = false
  /// Stores another value and drops the old reference.
  var replaces = false
  /// Stores another value by one atomic step and gives the old reference to the caller.
  var exchanges = false
}

/// Tells what calls do with references.
protocol ReferenceCalls {
  func valueEffect(of callee: Callee, argument: Int, in unit: Int) -> ValueEffect
  func slotEffect(of callee: Callee, argument: Int, in unit: Int) -> SlotEffect
  /// Whether a call may run Python code, other than by dropping a reference.
  func runsPython(_ callee: Callee, in unit: Int) -> Bool
  /// Whether a value may be a reference that somebody else owns: not what a call gave as new.
  func isBorrowed(_ operand: Operand, _ values: FunctionValues, _ unit: Int) -> Bool
}

/// What functions outside the package do with references.
enum ForeignReferences {
  /// Compare pointers only.
  private static let comparisons: Set<String> = [
    "Py_Is", "Py_IsNone", "Py_IsTrue", "Py_IsFalse",
  ]

  static func valueEffect(_ name: String, argument: Int) -> ValueEffect {
    if ReferenceEffects.takesReference(name) { return ValueEffect(takes: true) }
    if ReferenceEffects.givesUp(name) { return ValueEffect(drops: true) }
    if comparisons.contains(name) { return ValueEffect(uses: false) }
    if name == "__builtin_expect" { return ValueEffect(uses: false, returns: true) }
    let steals = PythonFacts.shared.function(name)?.steals ?? []
    return ValueEffect(keeps: steals.contains { $0.argument == argument })
  }

  static func slotEffect(_ name: String, argument: Int) -> SlotEffect {
    let facts = PythonFacts.shared
    if argument == 0, ReferenceEffects.replaces(name) { return SlotEffect(replaces: true) }
    if facts.isAtomicOperation(name) {
      guard argument == 0 else { return SlotEffect() }
      if name.contains("load") { return SlotEffect(isAtomicLoad: true) }
      if name.contains("exchange"), !name.contains("compare") {
        return SlotEffect(exchanges: true)
      }
      return SlotEffect(stores: true)
    }
    if name.hasPrefix("PyArg_") || name.hasPrefix("_PyArg_") { return SlotEffect(stores: true) }
    guard let fact = facts.function(name) else { return SlotEffect() }
    if fact.steals.contains(where: { $0.argument == argument && $0.condition == .replaces }) {
      return SlotEffect(replaces: true)
    }
    return SlotEffect(
      stores: fact.newReferenceArguments.contains(argument)
        || fact.borrowedReferenceArguments.contains(argument))
  }
}
