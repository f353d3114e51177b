/// One replacement of a range of bytes in one file.
package struct SourceEdit: Sendable, Hashable {
  /// A place between two bytes of a file: its offset, and line and column as readers see it.
  package struct Place: Sendable, Hashable {
    /// Bytes before it, from 0.
    package var offset: Int
    /// From 1.
    package var line: Int
    /// From 1, in bytes.
    package var column: Int

    package init(offset: Int, line: Int, column: Int) {
      self.offset = offset
      self.line = line
      self.column = column
    }
  }

  /// Relative to the audited root, with `/`.
  package var path: String
  /// Where the replaced bytes begin, in the file as it was audited.
  package var start: Place
  /// After the last byte that is replaced; equal to `start` for an insertion.
  package var end: Place
  /// What stands there instead; empty for a deletion.
  package var replacement: String

  package init(path: String, start: Place, end: Place, replacement: String) {
    self.path = path
    self.start = start
    self.end = end
    self.replacement = replacement
  }

  /// The offsets of the replaced bytes.
  package var range: Range<Int> { start.offset..<max(start.offset, end.offset) }
}

/// Edits that remove the hazard of a finding: all of them or none.
package struct FindingFix: Sendable, Hashable {
  /// What the edits do and what they leave to the reader, in full sentences.
  package var description: String
  /// Sorted by path and place; no two overlap.
  package var edits: [SourceEdit]

  package init(description: String, edits: [SourceEdit]) {
    self.description = description
    // Insertions at one place keep the order given.
    self.edits = edits.enumerated().sorted {
      ($0.element.path, $0.element.start.offset, $0.element.end.offset, $0.offset)
        < ($1.element.path, $1.element.start.offset, $1.element.end.offset, $1.offset)
    }.map(\.element)
  }
}
