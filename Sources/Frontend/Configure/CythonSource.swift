/// A Cython source that is a module of its own. Where the C made from it is shipped, that is what is audited.
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
    let sources = tree.files.filter {
      $0.path.hasSuffix(".pyx") && PathWords.auxiliary($0.path) == nil
    }
    let included = Set(sources.flatMap { includes(of: $0.path, tree) })
    return sources.filter { !included.contains($0.path) }
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

  /// Paths that Cython's own `include "FILE"` statements of a source name: parts of a module.
  private static func includes(of path: String, _ tree: SourceTree) -> [String] {
    guard let bytes = tree.read(path), ByteSearch.contains(bytes, "include") else { return [] }
    var paths: [String] = []
    for raw in bytes.split(separator: UInt8(ascii: "\n")) {
      let line = trimmed(String(decoding: raw.prefix(400), as: UTF8.self))
      guard line.hasPrefix("include") else { continue }
      let rest = trimmed(line.dropFirst(7))
      guard let quote = rest.first, quote == "\"" || quote == "'" else { continue }
      let spelling = String(rest.dropFirst().prefix { $0 != quote })
      paths += [PathWords.join(PathWords.folder(path), spelling), PathWords.join("", spelling)]
        .compactMap { $0 }.filter(tree.contains)
    }
    return paths
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
