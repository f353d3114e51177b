/// A string of a unit's name table: an index into `UnitModel.names`.
package struct Name: Hashable, Sendable {
  package var index: Int32
  package init(_ index: Int32) { self.index = index }
  package init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }
  /// The empty string, which every name table holds first.
  package static let empty = Name(Int32(0))
}

/// A range of bytes of one source file, with the macro whose expansion it came from.
///
/// A place inside a macro's expansion has the range of the outermost macro use.
package struct SourceRange: Hashable, Sendable {
  /// Index into `UnitModel.files`; negative where the place has no file.
  package var file: Int32
  /// Byte offset of the first byte, from 0.
  package var start: UInt32
  /// Byte offset after the last byte.
  package var end: UInt32
  /// The outermost macro that expands here; `Name.empty` outside macros.
  package var macro: Name

  package init(file: Int32, start: UInt32, end: UInt32, macro: Name = .empty) {
    self.file = file
    self.start = start
    self.end = end
    self.macro = macro
  }

  /// A place without a file.
  package static let none = SourceRange(file: -1, start: 0, end: 0)
}

/// One source file that a unit's model speaks of.
package struct SourceFileTable: Hashable, Sendable {
  /// Path relative to the audited root, with `/`.
  package var path: String
  /// Byte offsets at which lines begin; the first is 0.
  package var lineStarts: [UInt32]

  package init(path: String, lineStarts: [UInt32]) {
    self.path = path
    self.lineStarts = lineStarts
  }

  /// The line and column, both from 1, of a byte offset; columns count bytes.
  package func position(of offset: UInt32) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = lineStarts.isEmpty ? 0 : lineStarts[low]
    return (low + 1, Int(offset - min(start, offset)) + 1)
  }

  /// The line starts of a text.
  package static func lineStarts(of text: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    for (offset, byte) in text.enumerated() where byte == 0x0A {
      starts.append(UInt32(truncatingIfNeeded: offset + 1))
    }
    return starts
  }
}

/// A place as readers see it: a path, and line and column from 1.
package struct SourcePosition: Hashable, Sendable, Comparable {
  package var path: String
  package var line: Int
  package var column: Int

  package init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.path, left.line, left.column) < (right.path, right.line, right.column)
  }
}
