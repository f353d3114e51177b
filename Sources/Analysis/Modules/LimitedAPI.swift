package import ProgramModel

/// A request for the limited API that reaches a free-threaded build.
package struct LimitedAPIUse: Hashable, Sendable {
  package var position: SourcePosition
  /// The version asked for, as in `Py_LIMITED_API`; nil where not understood.
  package var value: Int64?
  package var symbol: String
  /// In a source, where conditions were evaluated, and not in a build script.
  package var isInSource: Bool
  package var module: String?

  private static let macro = "Py_LIMITED_API"

  /// All of them that the target does not offer, sorted by place.
  static func find(_ package: PackageModel, _ modules: [PythonModule]) -> [Self] {
    // From 3.15 on there is a stable ABI for free-threaded builds, which starts with 3.15's API.
    let first = InterpreterVersion(3, 15)
    func isOffered(_ value: Int64?) -> Bool {
      package.target >= first && (value.map { $0 >= 0x030F_0000 } ?? true)
    }
    let single = modules.count == 1 ? modules[0].name : nil
    var found: [Self] = []
    for fact in package.buildFacts {
      guard case .limitedAPI(let value, let sparesFreeThreaded) = fact.kind, !sparesFreeThreaded,
        !isOffered(value)
      else { continue }
      found.append(
        Self(
          position: fact.position, value: value, symbol: macro, isInSource: !fact.sources.isEmpty,
          module: fact.module
            ?? modules.first { fact.sources.contains($0.position.path) }?.name ?? single))
    }
    return found.sorted { $0.position < $1.position }
  }
}
