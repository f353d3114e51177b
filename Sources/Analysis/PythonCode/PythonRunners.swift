package import ProgramModel
import PythonAPI

/// Which functions can run arbitrary Python code before they return.
package struct PythonRunners: Sendable {
  private let runners: Set<FunctionID>

  package init(_ package: PackageModel, _ graph: CallGraph) {
    runners = graph.callers(
      reaching: package.functionIDs.filter { id in
        guard package[id].definition == nil,
          let fact = PythonFacts.shared.function(package[id].name)
        else { return false }
        return fact.yield.runsPython && fact.yield.confidence != .assumed
      })
  }

  package func contains(_ function: FunctionID) -> Bool { runners.contains(function) }
}
