/// A Cython source. Where the C made from it is shipped, that is what is audited.
package struct CythonSource: Sendable, Hashable {
  /// The path relative to the root.
  package let path: String
  /// The value of its directive `freethreading_compatible`; `nil` when it has none.
  package let declaresFreeThreading: Bool?
  /// The line of the directive, from 1; `nil` when there is none.
  package let line: Int?
  /// The C or C++ file beside it that Cython made from it; `nil` when none is shipped.
  package let shippedSource: String?

  /// All `.pyx` files of the tree outside tests and documentation, sorted by path.
  static func find(in tree: SourceTree, facts: [String: TextFacts]) -> [CythonSource] {
    tree.files.filter { $0.path.hasSuffix(".pyx") && PathWords.auxiliary($0.path) == nil }
      .map { file in
        let found = declaration(tree.read(file.path) ?? [])
        let stem = PathWords.stem(file.path)
        let shipped = [stem + ".c", stem + ".cpp", stem + ".cxx"].first {
          isFromCython($0, tree, facts)
        }
        return CythonSource(
          path: file.path, declaresFreeThreading: found?.value, line: found?.line,
          shippedSource: shipped)
      }
  }

  private static func isFromCython(
    _ path: String, _ tree: SourceTree, _ facts: [String: TextFacts]
  ) -> Bool {
    guard tree.contains(path) else { return false }
    let mark =
      facts[path]?.generator ?? tree.read(path).flatMap { GeneratorMark.find(in: $0) }
    if case .cython = mark { return true }
    return false
  }

  /// The directive among the comments before the first statement; the last one counts.
  private static func declaration(_ bytes: [UInt8]) -> (value: Bool, line: Int)? {
    var found: (value: Bool, line: Int)?
    var number = 0
    for raw in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let line = trimmed(String(decoding: raw, as: UTF8.self))
      if line.isEmpty { continue }
      guard line.hasPrefix("#") else { break }
      if let value = directive(line) { found = (value, number) }
    }
    return found
  }

  /// The value of `freethreading_compatible` in a comment of the form `# cython: NAME = VALUE, …`.
  static func directive(_ text: String) -> Bool? {
    let line = trimmed(text)
    guard line.hasPrefix("#") else { return nil }
    let comment = trimmed(line.drop { $0 == "#" || $0.isWhitespace })
    guard comment.hasPrefix("cython:") else { return nil }
    return BuildFileReader.value(after: "freethreading_compatible", comment)
  }
}
