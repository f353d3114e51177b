import ProgramModel
import PythonAPI

/// Which calls of a library come after the question whether it was built safe: what follows
/// then depends on the answer, such as whether a lock is taken.
final class LibraryGuards {
  private let package: PackageModel
  private let graph: CallGraph
  private let phases: Phases
  /// Where each function asks.
  private var questions: [FunctionID: [ProgramPoint]] = [:]
  private var dominators: [FunctionID: Dominators] = [:]
  private var guarded: [FunctionID: Bool] = [:]

  init(_ library: UnsafeLibrary, _ package: PackageModel, _ graph: CallGraph, _ phases: Phases) {
    self.package = package
    self.graph = graph
    self.phases = phases
    guard let query = library.query else { return }
    for id in package.functionIDs where package[id].name == query {
      for index in graph.incoming[Int(id.index)] {
        let edge = graph.edges[index]
        guard takesLock(edge.caller) else { continue }
        questions[edge.caller, default: []].append(
          ProgramPoint(block: edge.block, instruction: edge.instruction))
      }
    }
  }

  /// Whether a function acquires a lock somewhere.
  private func takesLock(_ function: FunctionID) -> Bool {
    graph.callees(of: function).contains {
      switch LockOperation.of(package[$0]) {
      case .acquire, .begin, .relock: true
      default: false
      }
    }
  }

  func covers(_ edge: CallEdge) -> Bool {
    guard !questions.isEmpty else { return false }
    if let asked = questions[edge.caller], let (_, model) = package.body(of: edge.caller) {
      let tree = dominators[edge.caller] ?? Dominators(ControlFlow(model))
      dominators[edge.caller] = tree
      let isAsked = asked.contains { point in
        point.block == edge.block
          ? point.instruction < edge.instruction : tree.dominates(point.block, edge.block)
      }
      if isAsked { return true }
    }
    return isGuarded(edge.caller)
  }

  /// Whether all callers have asked.
  private func isGuarded(_ function: FunctionID) -> Bool {
    if let known = guarded[function] { return known }
    guarded[function] = false
    let callers = graph.incoming[Int(function.index)].map { graph.edges[$0] }
      .filter { phases.isConcurrent($0.caller) }
    let isEntry = phases.entryPoints.contains { $0.function == function }
    let found = !callers.isEmpty && !isEntry && callers.allSatisfy(covers)
    guarded[function] = found
    return found
  }
}
