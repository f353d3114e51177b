package import ProgramModel
import PythonAPI

/// Which calls can let other code run before they return, so that a critical section held over
/// them may be let go for a while.
package struct YieldPoints: Sendable {
  private let yielding: Set<FunctionID>

  /// Starts from the facts and spreads to callers. What only an error, the end of a reference or
  /// an unusual key can bring about does not count: nearly every call could do it.
  package init(_ package: PackageModel, _ graph: CallGraph) {
    yielding = graph.callers(
      reaching: package.functionIDs.filter {
        package[$0].definition == nil && Self.yields(package[$0].name)
      })
  }

  private static let incidental: Set<String> = [
    "exception_machinery", "decref_finalizer", "object_lock", "hash_eq",
  ]

  private static func yields(_ name: String) -> Bool {
    guard let fact = PythonFacts.shared.function(name), fact.yield.confidence != .assumed else {
      return false
    }
    if let reason = fact.yield.reason, incidental.contains(reason) { return false }
    // Other locks are waited for only while somebody holds them.
    if name.hasPrefix("PyCriticalSection") || name.hasPrefix("PyMutex") { return false }
    return fact.yield.runsPython || fact.yield.maySuspend
  }

  /// Whether a call of the function can run Python code or suspend critical sections.
  package func contains(_ function: FunctionID) -> Bool { yielding.contains(function) }
}
