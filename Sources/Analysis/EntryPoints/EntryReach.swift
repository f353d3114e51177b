package import ProgramModel

/// Which entry points reach a function.
package struct EntryReach: Sendable {
  private let graph: CallGraph
  private let byFunction: [FunctionID: [EntryPoint]]

  package init(_ graph: CallGraph, _ phases: Phases) {
    self.graph = graph
    byFunction = Dictionary(grouping: phases.entryPoints, by: \.function)
  }

  /// The entry points through which other threads can come to a function, the nearest first,
  /// each function once, at most `limit`.
  package func entryPoints(reaching function: FunctionID, limit: Int = 3) -> [EntryPoint] {
    var found: [EntryPoint] = []
    var seen: Set<FunctionID> = [function]
    var work = [function]
    var next = 0
    while next < work.count, found.count < limit, work.count < 10_000 {
      let current = work[next]
      next += 1
      if let entry = byFunction[current]?.first(where: {
        !$0.phase.isDisjoint(with: .concurrent)
      }) {
        found.append(entry)
      }
      for edge in graph.incoming[Int(current.index)] {
        let caller = graph.edges[edge].caller
        if seen.insert(caller).inserted { work.append(caller) }
      }
    }
    return found
  }
}
