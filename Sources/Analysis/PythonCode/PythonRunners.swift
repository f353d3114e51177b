package import ProgramModel
import PythonAPI

/// Which functions can run arbitrary Python code before they return.
package struct PythonRunners: Sendable {
  private let runners: Set<FunctionID>

  package init(_ package: PackageModel, _ graph: CallGraph) {
    var found = Set<FunctionID>()
    var work: [FunctionID] = []
    for id in package.functionIDs where package[id].definition == nil {
      guard let fact = PythonFacts.shared.function(package[id].name), fact.yield.runsPython,
        fact.yield.confidence != .assumed
      else { continue }
      found.insert(id)
      work.append(id)
    }
    while let next = work.popLast() {
      for edge in graph.incoming[Int(next.index)] {
        let caller = graph.edges[edge].caller
        if found.insert(caller).inserted { work.append(caller) }
      }
    }
    runners = found
  }

  package func contains(_ function: FunctionID) -> Bool { runners.contains(function) }
}
