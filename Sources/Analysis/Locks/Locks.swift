package import ProgramModel
import PythonAPI
import Synchronization

/// Which locks are held where: a must-analysis over a whole package.
///
/// Locks in the terms of a function: an object is named by the way to it from a static object or
/// from a parameter.
package struct Locks: Sendable {
  let package: PackageModel
  /// Records that modules keep as their state.
  let stateRecords: ModuleStateRecords
  /// The functions that do something to locks.
  private var functions: [FunctionID: FunctionLocks] = [:]
  private var entry: [Set<HeldLock>]
  private var lockVariables: Set<VariableID>
  /// Functions that return with a lock taken or let go.
  private var lockers: Set<FunctionID> = []
  private let translator: LockTranslator

  package init(
    _ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph, _ phases: Phases
  ) {
    self.package = package
    let context = LockContext(package, objects, graph)
    stateRecords = context.stateRecords
    var summaries = [LockSummary?](repeating: nil, count: package.functions.count)
    var bodies: [FunctionID: [OnceBody]] = [:]
    var functions: [FunctionID: FunctionLocks] = [:]
    var aliases: [FunctionID: [LockKey: LockKey]] = [:]

    for group in BottomUp(graph).groups {
      // Functions that call each other begin with nothing, and settle in a few rounds.
      var isSettled = false
      for _ in 0..<4 where !isSettled {
        isSettled = true
        for id in group {
          guard let (_, model) = package.body(of: id), context.operation(of: id) == nil,
            Self.isOfInterest(id, context, summaries)
          else { continue }
          var builder = LockEffectBuilder(context, id, model) {
            summaries[Int($0.index)] ?? .nothing
          }
          let locks = builder.build()
          let summary = builder.summary(of: locks)
          functions[id] = locks
          bodies[id] = builder.onceBodies
          if !builder.paths.aliases.isEmpty { aliases[id] = builder.paths.aliases }
          if summaries[Int(id.index)] ?? .nothing != summary {
            summaries[Int(id.index)] = summary
            isSettled = group.count == 1 && !graph.callees(of: id).contains(id)
          }
        }
      }
    }
    self.functions = functions
    for id in functions.keys {
      guard let summary = summaries[Int(id.index)] else { continue }
      let takes =
        !summary.acquired.isEmpty || !summary.acquiredIfZero.isEmpty
        || !summary.acquiredIfNonzero.isEmpty
      if takes || !summary.released.isEmpty { lockers.insert(id) }
    }
    entry = EntryLocks(context, phases, functions, aliases, bodies).sets
    lockVariables = Self.lockVariables(package, functions.values)
    translator = LockTranslator(context, aliases: aliases)
  }

  /// Whether a function calls something that does anything to locks.
  private static func isOfInterest(
    _ function: FunctionID, _ context: LockContext, _ summaries: [LockSummary?]
  ) -> Bool {
    context.graph.outgoing[Int(function.index)].contains { index in
      let callee = context.graph.edges[index].callee
      switch context.operation(of: callee) {
      case .thread, .threadEnd, .sameObject, .held, .moduleState: return false
      case nil: return summaries[Int(callee.index)].map { !$0.isNothing } ?? false
      default: return true
      }
    }
  }

  /// Locks held just before an instruction, what callers hold included. The number of the block's
  /// instructions stands for its terminator.
  package func held(
    in function: FunctionID, block: BlockID, instruction: Int
  ) -> Set<HeldLock> {
    let entry = heldAtEntry(of: function)
    guard let locks = functions[function] else { return entry }
    return locks.held(block: block, instruction: instruction, entry: entry)
  }

  /// Locks held at every call of a function at run time; empty for entry points, for functions
  /// whose address escapes, and for those that nobody calls.
  package func heldAtEntry(of function: FunctionID) -> Set<HeldLock> { entry[Int(function.index)] }

  /// What a function itself has acquired before an instruction, in terms of its own parameters.
  package func acquiredLocally(
    in function: FunctionID, block: BlockID, instruction: Int
  ) -> Set<HeldLock> {
    guard let locks = functions[function],
      let state = locks.state(block: block, instruction: instruction)
    else { return [] }
    return locks.set(state.held)
  }

  /// Whether a function is there to take or to let go a lock for its callers.
  package func isLocker(_ function: FunctionID) -> Bool { lockers.contains(function) }

  /// What a function does to locks, instruction by instruction; nil: nothing.
  func functionLocks(_ function: FunctionID) -> FunctionLocks? { functions[function] }

  /// The names of the objects that a function works on.
  func paths(of function: FunctionID) -> ObjectPaths { translator.paths(of: function) }

  /// A key of a callee in the terms of its caller. nil: it cannot be said there.
  func translate(_ key: LockKey, arguments: [Operand], in caller: FunctionID) -> LockKey? {
    guard let key = paths(of: caller).translate(key, arguments: arguments), key.base != .unknown
    else { return nil }
    return key
  }

  /// Whether a function was followed to its end; false: it was too large, and nothing counts as
  /// held in it.
  package func isComplete(_ function: FunctionID) -> Bool {
    functions[function]?.isComplete ?? true
  }

  /// The object that a pointer in a function points to, as a lock's key would name it: what a
  /// critical section on it locks. nil: it has no name.
  package func object(_ operand: Operand, in function: FunctionID) -> LockKey? {
    let key = translator.paths(of: function).pointee(operand)
    return key.base == .unknown ? nil : key
  }

  /// Rewrites a key of a callee into the caller's terms at a call. nil: it cannot be said there.
  package func translate(
    _ lock: HeldLock, callee: FunctionID, arguments: [Operand], in caller: FunctionID
  ) -> HeldLock? {
    translator.translate(lock, arguments: arguments, in: caller)
  }

  func name(of variable: VariableID) -> String { package[variable].name }

  /// The name of a parameter or local variable; nil where it has none.
  func local(_ index: Int, _ function: FunctionID?) -> String? {
    guard let function, let (unit, model) = package.body(of: function),
      model.locals.indices.contains(index)
    else { return nil }
    let name = package.units[unit][model.locals[index].name]
    return name.isEmpty ? nil : name
  }

  // MARK: Lock variables

  /// Whether a variable is a lock, a once flag or the like, by its type or as such functions are
  /// given it.
  package func isLock(_ variable: VariableID) -> Bool { lockVariables.contains(variable) }

  private static func lockVariables(
    _ package: PackageModel, _ functions: some Sequence<FunctionLocks>
  ) -> Set<VariableID> {
    var found = Set<VariableID>()
    for id in package.variableIDs {
      guard let (unit, model) = package.declaration(of: id) else { continue }
      if isLock(model.type, package.units[unit]) { found.insert(id) }
    }
    for locks in functions {
      for lock in locks.locks {
        // A critical section locks an object, which has other uses too. Once flags are told by
        // their types; what C++ constructs once is named here itself.
        guard case .variable(let id) = lock.key.base, lock.family != .criticalSection,
          lock.mode != .onceBody, lock.mode != .onceDone,
          lock.key.path.allSatisfy({ $0 == "->" || $0 == "[]" })
        else { continue }
        found.insert(id)
      }
    }
    return found
  }

  private static func isLock(_ type: TypeID, _ unit: UnitModel) -> Bool {
    isLock(unit[type], unit)
  }

  /// Whether something of a type, or what it points to, is a lock, a once flag or the like.
  static func isLock(_ type: TypeModel, _ unit: UnitModel) -> Bool {
    var type = type
    for _ in 0..<4 {
      let spelling = unit[type.spelling].split(separator: " ").last.map(String.init) ?? ""
      for name in [LockOperation.normalised(unit[type.record]), spelling] where !name.isEmpty {
        switch PythonFacts.shared.lockFunctions[name]?.role {
        case .lockType, .onceType: return true
        default: break
        }
      }
      guard type.kind == .array || type.kind == .pointer, let element = type.element else {
        return false
      }
      type = unit[element]
    }
    return false
  }
}

extension FunctionLocks {
  /// What is held before an instruction, given what the callers hold.
  func held(block: BlockID, instruction: Int, entry: Set<HeldLock>) -> Set<HeldLock> {
    guard let state = state(block: block, instruction: instruction) else { return entry }
    var found = set(state.held)
    for lock in entry
    where !state.released.contains(where: { releases[Int($0)].mayEnd(lock) }) {
      found.insert(lock)
    }
    return found
  }
}

/// Rewrites keys for those who ask after the analysis.
final class LockTranslator: Sendable {
  private let context: LockContext
  private let aliases: [FunctionID: [LockKey: LockKey]]
  private let known = Mutex<[FunctionID: ObjectPaths]>([:])

  init(_ context: LockContext, aliases: [FunctionID: [LockKey: LockKey]]) {
    self.context = context
    self.aliases = aliases
  }

  /// The names of objects in a function.
  func paths(of function: FunctionID) -> ObjectPaths {
    if let paths = known.withLock({ $0[function] }) { return paths }
    var paths = ObjectPaths(context, function)
    paths.aliases = aliases[function] ?? [:]
    known.withLock { [paths] in $0[function] = paths }
    return paths
  }

  func translate(
    _ lock: HeldLock, arguments: [Operand], in caller: FunctionID
  ) -> HeldLock? {
    var lock = lock
    switch lock.key.base {
    case .local: return nil
    case .parameter:
      guard let key = paths(of: caller).translate(lock.key, arguments: arguments),
        key != .unknown
      else { return nil }
      lock.key = key
    default: break
    }
    return lock
  }
}
