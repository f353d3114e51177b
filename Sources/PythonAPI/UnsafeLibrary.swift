/// A library that several threads must not call as they like.
package struct UnsafeLibrary: Sendable, Hashable {
  /// As its makers spell it.
  package let name: String
  /// Whose state it is that has no lock.
  package let unit: Unit
  /// Patterns of the names of its functions and macros.
  package let functions: [NamePattern]
  /// Patterns of those among them that are safe, or make and end a handle.
  package let safe: [NamePattern]
  /// The records that are its handles; empty for state of the process.
  package let handles: Set<String>
  /// A call whose first argument points to one of these is of the reentrant build.
  package let reentrant: Set<String>
  /// The function that says at run time whether the library was built safe; `nil`: there is none.
  package let query: String?
  /// Words in build files that make the library safe.
  package let buildWords: [String]
  /// What to use instead, in words; `nil` where there is nothing but a lock.
  package let replacement: String?
  /// What is shared, in words; `nil` where the unit says it.
  package let note: String?

  /// Whose state a library does not lock.
  package enum Unit: String, Sendable, CaseIterable {
    /// No two calls may run at the same time.
    case process
    /// No two calls with the same handle may.
    case handle
  }

  init?(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    guard let unit = row.word(Unit.self) else { return nil }
    self.unit = unit
    functions = row.list().map(NamePattern.init)
    safe = row.list().map(NamePattern.init)
    handles = Set(row.list())
    reentrant = Set(row.list())
    query = row.optionalText()
    buildWords = row.list()
    replacement = row.optionalText()
    note = row.optionalText()
  }

  /// Whether a function or macro is one of the library's.
  package func has(_ name: String) -> Bool { functions.contains { $0.matches(name) } }

  /// Whether a function or macro is one of the library's that is not safe.
  package func isUnsafe(_ name: String) -> Bool {
    has(name) && !safe.contains { $0.matches(name) }
  }
}

/// A name with at most two `*`, each of which stands for anything.
package struct NamePattern: Sendable, Hashable {
  private let prefix: String
  private let parts: [String]
  private let suffix: String
  private let isExact: Bool

  package init(_ text: String) {
    let pieces = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    prefix = pieces[0]
    suffix = pieces[pieces.count - 1]
    parts = Array(pieces.dropFirst().dropLast())
    isExact = pieces.count == 1
  }

  /// Whether a name fits.
  package func matches(_ name: String) -> Bool {
    if isExact { return name == prefix }
    guard name.utf8.count >= prefix.utf8.count + suffix.utf8.count, name.hasPrefix(prefix),
      name.hasSuffix(suffix)
    else { return false }
    return parts.allSatisfy { name.contains($0) }
  }
}
