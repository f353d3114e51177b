package import ProgramModel
import PythonAPI

/// Whether a thread may touch Python objects.
package enum ThreadState: Hashable, Sendable {
  case attached, detached
  /// Either, or nobody knows.
  case unknown
}

/// Where threads are attached and where not. Neither is a lock.
package struct ThreadStates: Sendable {
  private var functions: [FunctionID: FunctionThreads] = [:]
  private var entry: [ThreadPossibilities]
  /// What runs in threads that the package starts.
  private(set) var started = Set<FunctionID>()

  package init(
    _ package: PackageModel, _ objects: PythonObjects, _ graph: CallGraph, _ phases: Phases
  ) {
    let operations = package.functions.map { function -> LockOperation? in
      switch LockOperation.of(function) {
      case .thread(let fact, let isScoped): .thread(fact, isScoped: isScoped)
      case .threadEnd: .threadEnd
      default: nil
      }
    }
    entry = Array(repeating: [], count: package.functions.count)
    var summaries: [FunctionID: ThreadFlowState] = [:]
    if operations.contains(where: { $0 != nil }) {
      let tokens = Self.tokenFields(package, graph, operations)
      for group in BottomUp(graph).groups {
        var isSettled = false
        for _ in 0..<4 where !isSettled {
          isSettled = true
          for id in group where operations[Int(id.index)] == nil {
            guard let (unit, model) = package.body(of: id),
              graph.outgoing[Int(id.index)].contains(where: {
                let callee = graph.edges[$0].callee
                return operations[Int(callee.index)] != nil || summaries[callee] != nil
              })
            else { continue }
            var builder = ThreadEffectBuilder(
              package: package, graph: graph, function: id, unit: unit, model: model,
              operations: operations, summaries: summaries, tokenFields: tokens)
            let threads = builder.build()
            functions[id] = threads
            let returned = threads.returned(model)
            let new = returned == .nothing ? nil : returned
            if summaries[id] != new {
              summaries[id] = new
              isSettled = group.count == 1 && !graph.callees(of: id).contains(id)
            }
          }
        }
      }
    }
    enter(package, graph, phases)
  }

  /// The state just before an instruction. The number of the block's instructions stands for its
  /// terminator.
  package func state(
    in function: FunctionID, block: BlockID, instruction: Int
  ) -> ThreadState {
    possibilities(function, block, instruction).state
  }

  /// The state in which a function is called: that of all its callers, where they agree.
  package func stateAtEntry(of function: FunctionID) -> ThreadState {
    entry[Int(function.index)].state
  }

  func possibilities(
    _ function: FunctionID, _ block: BlockID, _ instruction: Int
  ) -> ThreadPossibilities {
    let entry = entry[Int(function.index)]
    return relative(function, block, instruction).resolved(entry: entry, noted: .unknown)
  }

  /// As `possibilities`, seen from the function's entry.
  func relative(
    _ function: FunctionID, _ block: BlockID, _ instruction: Int
  ) -> ThreadPossibilities {
    functions[function]?.state(block: block, instruction: instruction)?.current ?? .entry
  }

  /// Whether a function itself, or what it calls, changes the thread state.
  func changes(_ function: FunctionID) -> Bool { functions[function] != nil }

  /// Whether a function is called by threads that are perhaps detached.
  func mayBeEnteredDetached(_ function: FunctionID) -> Bool {
    entry[Int(function.index)].contains(.detached)
  }

  /// Whether an instruction changes the thread state, or goes where that is told by a condition.
  func isChange(_ function: FunctionID, _ block: BlockID, _ instruction: Int) -> Bool {
    functions[function]?.effects[Int(block.index)].contains { $0.instruction == instruction }
      ?? false
  }

  /// Whether the branch at the end of a block tells the thread state.
  func isTelling(_ function: FunctionID, _ block: BlockID) -> Bool {
    functions[function]?.implied[block.index] != nil
  }

  /// Fields in which the package keeps what detaching gave, as record and name.
  private static func tokenFields(
    _ package: PackageModel, _ graph: CallGraph, _ operations: [LockOperation?]
  ) -> Set<[String]> {
    var found = Set<[String]>()
    for (index, operation) in operations.enumerated() {
      guard case .thread(let fact, _) = operation, fact.role == .detach else { continue }
      for edge in graph.incoming[index].map({ graph.edges[$0] }) {
        guard let (unit, model) = package.body(of: edge.caller) else { continue }
        let instructions = model.blocks[Int(edge.block.index)].instructions
        guard case .call(let result?, _, _) = instructions[edge.instruction].operation else {
          continue
        }
        for instruction in instructions[edge.instruction...] {
          guard case .store(let place, .temporary(result)) = instruction.operation,
            case .field(let name, let record) = model.places[Int(place.index)].path.last
          else { continue }
          found.insert([package.units[unit][record], package.units[unit][name]])
        }
      }
    }
    return found
  }

  // MARK: Callers

  private mutating func enter(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases) {
    var foreign = Set<FunctionID>()
    for escape in graph.escapes {
      switch escape.way {
      case .argument(of: let callee?, _):
        if case .once = LockOperation.of(package[callee]) {
          // Called by those who ask for it, in their state.
        } else if Self.startsThread(package[callee]) {
          started.insert(escape.function)
        } else if !package[callee].name.hasPrefix("Py"), !package[callee].name.hasPrefix("_Py") {
          foreign.insert(escape.function)
        }
      case .argument(of: nil, _), .table, .other: break
      }
    }
    var work: [FunctionID] = []
    for point in phases.entryPoints {
      let state: ThreadPossibilities
      switch point.kind {
      case .callback where started.contains(point.function): state = .detached
      // Whoever calls these has not said in what state.
      case .callback where foreign.contains(point.function): state = .unknown
      default: state = .attached
      }
      entry[Int(point.function.index)].formUnion(state)
      work.append(point.function)
    }
    spread(package, graph, &work)
    // What nothing reaches is somebody's own code: attached, as extension code is.
    for id in package.functionIDs where entry[Int(id.index)].isEmpty {
      guard graph.incoming[Int(id.index)].isEmpty else { continue }
      entry[Int(id.index)] = .attached
      work.append(id)
    }
    spread(package, graph, &work)
    for index in entry.indices where entry[index].isEmpty { entry[index] = .attached }
  }

  /// Sets only grow, so this ends.
  private mutating func spread(
    _ package: PackageModel, _ graph: CallGraph, _ work: inout [FunctionID]
  ) {
    while let caller = work.popLast() {
      for index in graph.outgoing[Int(caller.index)] {
        let edge = graph.edges[index]
        let callee = Int(edge.callee.index)
        guard package[edge.callee].definition != nil else { continue }
        let new = possibilities(caller, edge.block, edge.instruction)
        if !entry[callee].isSuperset(of: new) {
          entry[callee].formUnion(new)
          work.append(edge.callee)
        }
      }
    }
  }

  /// Whether a function runs one of its arguments in a thread of its own.
  static func startsThread(_ function: LinkedFunction) -> Bool {
    let facts = PythonFacts.shared.lockFunctions
    let name = LockOperation.normalised(function.qualifiedName)
    if facts[name]?.role == .threadStart { return true }
    // A constructor: 'std::thread::thread'.
    let suffix = "::" + function.name
    return name.hasSuffix(suffix)
      && facts[String(name.dropLast(suffix.count))]?.role == .threadStart
  }
}

/// Reads what each instruction of one function does to the thread state.
struct ThreadEffectBuilder {
  let package: PackageModel
  let graph: CallGraph
  let function: FunctionID
  let unit: Int
  let model: FunctionModel
  let operations: [LockOperation?]
  let summaries: [FunctionID: ThreadFlowState]
  /// Fields that hold what detaching gave, as record and name.
  let tokenFields: Set<[String]>

  mutating func build() -> FunctionThreads {
    var result = FunctionThreads()
    result.effects = Array(repeating: [], count: model.blocks.count)
    var seen = Set<ProgramPoint>()
    var detached = Set<Int32>()
    for index in graph.outgoing[Int(function.index)] {
      let edge = graph.edges[index]
      guard edge.kind != .callback else { continue }
      let effect: ThreadEffect
      if let operation = operations[Int(edge.callee.index)] {
        guard let known = self.effect(operation, edge, &detached) else { continue }
        effect = known
      } else {
        let summary = summaries[edge.callee] ?? .nothing
        let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
        let block = Int(edge.block.index)
        if !seen.insert(point).inserted {
          // Another possible callee of the same call.
          join(summary, at: edge.instruction, &result.effects[block])
          continue
        }
        if summary == .nothing, edge.kind == .direct { continue }
        effect = .call(summary)
      }
      result.effects[Int(edge.block.index)].append((edge.instruction, effect))
    }
    result.implied = conditions(detached, result)
    result.states = result.solve(model, ControlFlow(model)).states
    return result
  }

  private func join(
    _ summary: ThreadFlowState, at instruction: Int,
    _ effects: inout [(instruction: Int, effect: ThreadEffect)]
  ) {
    guard let last = effects.last, last.instruction == instruction else {
      var both = ThreadFlowState.nothing
      _ = both.join(summary)
      if both != .nothing { effects.append((instruction, .call(both))) }
      return
    }
    if case .call(var known) = last.effect {
      _ = known.join(summary)
      effects[effects.count - 1].effect = .call(known)
    }
  }

  private func effect(
    _ operation: LockOperation, _ edge: CallEdge, _ detached: inout Set<Int32>
  ) -> ThreadEffect? {
    guard case .thread(let fact, let isScoped) = operation else { return .restore }
    guard
      case .call(let result, _, let arguments) = model.blocks[Int(edge.block.index)]
        .instructions[edge.instruction].operation
    else { return nil }
    if fact.mode == .swap {
      return arguments.first == .integer(0) ? .detach : .attach
    }
    switch fact.role {
    case .attach: return isScoped || fact.mode == .paired ? .attachNoting : .attach
    case .detach:
      if let result { detached.insert(result) }
      return isScoped ? .detachNoting : .detach
    case .restore: return .restore
    default: return nil
    }
  }

  /// Branches on what detaching gave: `if (_save) PyEval_RestoreThread(_save)`.
  private func conditions(
    _ results: Set<Int32>, _ threads: FunctionThreads
  ) -> [Int32: (then: ThreadPossibilities, otherwise: ThreadPossibilities)] {
    guard !results.isEmpty || !tokenFields.isEmpty else { return [:] }
    var tokens = Set<Int32>()
    var loaded = Set<Int32>()
    for block in model.blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .store(let id, .temporary(let value)) where results.contains(value):
          let place = model.places[Int(id.index)]
          if case .local(let local) = place.base, place.path.isEmpty { tokens.insert(local) }
        case .load(let result, let id) where !tokenFields.isEmpty:
          guard case .field(let name, let record) = model.places[Int(id.index)].path.last else {
            continue
          }
          let unit = package.units[unit]
          if tokenFields.contains([unit[record], unit[name]]) { loaded.insert(result) }
        default: break
        }
      }
    }
    var found: [Int32: (then: ThreadPossibilities, otherwise: ThreadPossibilities)] = [:]
    for (index, block) in model.blocks.enumerated() {
      guard case .branch(let value, _, _) = block.terminator else { continue }
      var operand = value
      var isPositive = true
      if case .temporary(let number) = value {
        for instruction in block.instructions {
          guard case .compute(number, let kind, let operands) = instruction.operation,
            let first = operands.first
          else { continue }
          switch kind {
          case .notEqual where operands.last == .integer(0): operand = first
          case .equal where operands.last == .integer(0):
            operand = first
            isPositive = false
          case .not:
            operand = first
            isPositive = false
          default: break
          }
        }
      }
      switch operand {
      case .local(let local) where tokens.contains(local): break
      case .temporary(let value) where loaded.contains(value): break
      default: continue
      }
      found[Int32(truncatingIfNeeded: index)] =
        isPositive ? (.detached, .attached) : (.attached, .detached)
    }
    return found
  }
}
