package import ProgramModel
import PythonAPI

/// A place where threads wait, attached, until another has run Python code once.
package struct OnceWait: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The construction of a function-local static of C++.
    case construction
    /// `pthread_once` and its like; the name called.
    case once(String)
  }

  /// The static that is constructed, or the flag.
  package var variable: VariableID
  package var kind: Kind
  /// Where the threads wait.
  package var site: CodeSite
  /// The call inside that can run Python code, and its callee.
  package var call: CodeSite
  package var callee: FunctionID
}

/// Finds the places where threads wait for one that runs Python code.
struct OnceWaitFinder {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let threadStates: ThreadStates
  let runners: PythonRunners

  func find() -> [OnceWait] {
    var found: [VariableID: OnceWait] = [:]
    for id in package.functionIDs where phases.isConcurrent(id) {
      guard let (unit, body) = package.body(of: id) else { continue }
      for wait in constructions(id, unit, body) + onces(id, unit, body)
      where found[wait.variable] == nil {
        found[wait.variable] = wait
      }
    }
    return found.values.sorted { $0.variable < $1.variable }
  }

  private func isAttached(_ site: CodeSite) -> Bool {
    threadStates.state(in: site.function, block: site.block, instruction: site.instruction)
      != .detached
  }

  private func constructions(
    _ function: FunctionID, _ unit: Int, _ body: FunctionModel
  ) -> [OnceWait] {
    let regions = ConstructionRegions(body, package, unit)
    guard !regions.variables.isEmpty else { return [] }
    let calls = graph.outgoing[Int(function.index)].map { graph.edges[$0] }
      .filter { runners.contains($0.callee) }
    return regions.variables.compactMap { variable in
      for call in calls
      where regions.contains(
        variable, block: Int(call.block.index), instruction: call.instruction)
      {
        guard isAttached(call.site) else { continue }
        return OnceWait(
          variable: variable, kind: .construction, site: call.site, call: call.site,
          callee: call.callee)
      }
      return nil
    }
  }

  /// Constructs that know of Python detach while they wait.
  private static let aware: Set<LockFact.Family> = [.bindingOnce, .privateOnce]

  private func onces(
    _ function: FunctionID, _ unit: Int, _ body: FunctionModel
  ) -> [OnceWait] {
    var found: [OnceWait] = []
    for (number, block) in body.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          let callee = package.function(symbol, in: unit), package[callee].definition == nil,
          let fact = PythonFacts.shared.lockFunctions[package[callee].qualifiedName]
            ?? PythonFacts.shared.lockFunctions[package[callee].name],
          fact.role == .once, !Self.aware.contains(fact.family),
          let flag = flag(arguments, body, unit)
        else { continue }
        let site = CodeSite(
          function: function, unit: unit, block: BlockID(Int32(truncatingIfNeeded: number)),
          instruction: index, range: instruction.range)
        guard isAttached(site) else { continue }
        for case .function(let symbol) in arguments {
          guard let once = package.function(symbol, in: unit), let call = pythonCall(in: once)
          else { continue }
          found.append(
            OnceWait(
              variable: flag, kind: .once(package[callee].name), site: site, call: call.site,
              callee: call.callee))
        }
      }
    }
    return found
  }

  private func flag(
    _ arguments: [Operand], _ body: FunctionModel, _ unit: Int
  ) -> VariableID? {
    for case .address(let place) in arguments {
      if case .variable(let symbol) = body.places[Int(place.index)].base {
        return package.variable(symbol, in: unit)
      }
    }
    return nil
  }

  private func pythonCall(in function: FunctionID) -> (site: CodeSite, callee: FunctionID)? {
    graph.outgoing[Int(function.index)].map { graph.edges[$0] }
      .first { runners.contains($0.callee) }
      .map { ($0.site, $0.callee) }
  }
}
