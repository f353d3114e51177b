package struct BuildFacts: Sendable, Hashable {
  static func read(_ tree: SourceTree) -> BuildFacts { BuildFacts() }
}
package struct CythonSource: Sendable, Hashable {
  static func find(in tree: SourceTree, facts: [String: TextFacts]) -> [CythonSource] { [] }
}
