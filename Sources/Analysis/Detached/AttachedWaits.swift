import ProgramModel
package import PythonAPI

/// Where a thread waits although it is attached.
package struct AttachedWait: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A call that can wait.
    case call(name: String, BlockingFact.Kind)
    /// A loop that reads something until another thread changes it; the name of that.
    case loop(String)
  }

  package var kind: Kind
  package var site: CodeSite
}

/// Finds calls and loops that wait while the thread is certainly attached.
struct AttachedWaitFinder {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let threads: ThreadStates
  /// Functions that Python calls, and what they call.
  private let fromPython: Set<FunctionID>
  private let blocking: [BlockingFact?]

  init(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ threads: ThreadStates) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.threads = threads
    let roots = phases.entryPoints.filter { entry in
      guard !entry.phase.isDisjoint(with: .concurrent) else { return false }
      switch entry.kind {
      case .method, .getter, .setter, .typeSlot, .binding: return true
      case .moduleInitialisation, .moduleSlot, .loader, .table, .callback, .exported: return false
      }
    }
    fromPython = graph.reachable(from: roots.map(\.function))
    let facts = PythonFacts.shared.blocking
    blocking = package.functions.map { function in
      guard function.definition == nil else { return nil }
      return facts[LockOperation.normalised(function.qualifiedName)]
    }
  }

  func find() -> [AttachedWait] {
    var found: [AttachedWait] = []
    for id in package.functionIDs where fromPython.contains(id) {
      guard let (unit, model) = package.body(of: id) else { continue }
      var seen = Set<String>()
      for (number, block) in model.blocks.enumerated() {
        let blockID = BlockID(Int32(truncatingIfNeeded: number))
        for (index, instruction) in block.instructions.enumerated() {
          guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
            let callee = package.function(symbol, in: unit),
            let fact = blocking[Int(callee.index)], fact.kind != .yield,
            threads.state(in: id, block: blockID, instruction: index) == .attached,
            !isExcepted(fact, arguments), seen.insert(fact.name).inserted
          else { continue }
          found.append(
            AttachedWait(
              kind: .call(name: package[callee].name, fact.kind),
              site: CodeSite(
                function: id, unit: unit, block: blockID, instruction: index,
                range: instruction.range)))
        }
      }
      // Where statements were lost, a loop may have done more.
      guard model.gaps.isEmpty else { continue }
      let loops = WaitingLoops(package, graph, id, unit: unit, model: model, blocking: blocking)
      for (point, name, range) in loops.find()
      where threads.state(in: id, block: point.block, instruction: point.instruction)
        == .attached
      {
        found.append(
          AttachedWait(
            kind: .loop(name),
            site: CodeSite(
              function: id, unit: unit, block: point.block, instruction: point.instruction,
              range: range)))
      }
    }
    return found
  }

  private func isExcepted(_ fact: BlockingFact, _ arguments: [Operand]) -> Bool {
    guard let exception = fact.exception, exception.argument < arguments.count else {
      return false
    }
    // What is computed may say so too: then nobody knows.
    guard case .integer(let value) = arguments[exception.argument] else { return exception.isMask }
    return exception.holds(for: value)
  }
}
