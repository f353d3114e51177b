/// Gives the text of audited files to whoever shows or hashes it.
///
/// Bytes, not strings: columns count bytes, and sources need not be valid UTF-8.
package protocol SourceProvider: Sendable {
  /// The whole file at `path`, which is relative to the audited root, with `/`.
  ///
  /// nil where the file cannot be read or does not lie within the root, links followed: nothing of
  /// a file outside the root ever gets into a report, so an implementation must refuse absolute
  /// paths, `..` and links that lead out.
  func bytes(of path: String) -> [UInt8]?
}

/// The lines of one file, numbered as in `SourcePosition`.
package struct SourceLines: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  /// Lines end at line feeds, as in `SourceFileTable`; the last one may lack it.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    self.starts = starts
  }

  /// The bytes of a line, from 1, without its line end; nil where the file has no such line.
  package func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard number >= 1, number <= starts.count else { return nil }
    let start = starts[number - 1]
    var end = number < starts.count ? starts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<end]
  }

  /// All lines, without an empty one after a last line feed.
  package var all: [ArraySlice<UInt8>] {
    let lines = (1...starts.count).compactMap(line)
    return lines.last?.isEmpty == true ? lines.dropLast() : lines
  }
}
