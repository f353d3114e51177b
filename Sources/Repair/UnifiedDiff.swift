import Findings

/// Changes of files in the form that `git apply` and `patch` take.
package enum UnifiedDiff {
  /// Lines shown before and after a change.
  private static let context = 3

  /// The changes of all files, in their order; empty where nothing changes.
  package static func text(_ files: [FileEdits]) -> [UInt8] { files.flatMap(text) }

  private static func text(_ file: FileEdits) -> [UInt8] {
    let lines = Lines(file.original)
    let changes = Self.changes(of: file, lines)
    if changes.isEmpty { return [] }
    let (old, new) = (quoted("a/" + file.path), quoted("b/" + file.path))
    // A name with a blank ends at the tab: what follows a blank could be a date.
    let tab = file.path.utf8.contains(0x20) ? "\t" : ""
    var result = Array("diff --git \(old) \(new)\n--- \(old)\(tab)\n+++ \(new)\(tab)\n".utf8)
    var shift = 0
    var first = 0
    while first < changes.count {
      var last = first
      while last + 1 < changes.count,
        changes[last + 1].lines.lowerBound - changes[last].lines.upperBound <= 2 * context
      {
        last += 1
      }
      result += hunk(changes[first...last], lines, &shift)
      first = last + 1
    }
    return result
  }

  /// Whole lines, from 0, and those that take their place.
  private struct Change {
    var lines: Range<Int>
    var new: [ArraySlice<UInt8>]
  }

  /// The lines that edits touch, those of near edits together.
  private static func changes(of file: FileEdits, _ lines: Lines) -> [Change] {
    var changes: [Change] = []
    var first = 0
    while first < file.edits.count {
      var touched = lines.touched(by: file.edits[first].range)
      var last = first
      var text: [UInt8] = []
      while true {
        while last + 1 < file.edits.count,
          file.edits[last + 1].range.lowerBound < lines.end(of: touched.upperBound - 1)
            || touched.upperBound == lines.count
        {
          last += 1
          let more = lines.touched(by: file.edits[last].range)
          touched = touched.lowerBound..<max(touched.upperBound, more.upperBound)
        }
        let range = lines.start(of: touched.lowerBound)..<lines.end(of: touched.upperBound - 1)
        text = file.applied(to: range, file.edits[first...last])
        // A line whose end is deleted goes on in the next one.
        if let byte = text.last, byte != 0x0A, touched.upperBound < lines.count {
          touched = touched.lowerBound..<touched.upperBound + 1
        } else {
          break
        }
      }
      if let change = trimmed(Change(lines: touched, new: Lines(text).all), lines) {
        // Neighbours read better, and as other tools write them, with all old lines first.
        if let before = changes.last, before.lines.upperBound == change.lines.lowerBound {
          changes[changes.count - 1] = Change(
            lines: before.lines.lowerBound..<change.lines.upperBound, new: before.new + change.new)
        } else {
          changes.append(change)
        }
      }
      first = last + 1
    }
    return changes
  }

  /// The change without equal lines at its ends; nil where nothing is left.
  private static func trimmed(_ change: Change, _ lines: Lines) -> Change? {
    var change = change
    while let first = change.new.first, !change.lines.isEmpty,
      lines[change.lines.lowerBound] == first
    {
      change.lines = change.lines.lowerBound + 1..<change.lines.upperBound
      change.new.removeFirst()
    }
    while let last = change.new.last, !change.lines.isEmpty,
      lines[change.lines.upperBound - 1] == last
    {
      change.lines = change.lines.lowerBound..<change.lines.upperBound - 1
      change.new.removeLast()
    }
    return change.lines.isEmpty && change.new.isEmpty ? nil : change
  }

  private static func hunk(
    _ changes: ArraySlice<Change>, _ lines: Lines, _ shift: inout Int
  ) -> [UInt8] {
    let start = max(0, (changes.first?.lines.lowerBound ?? 0) - context)
    let end = min(lines.count, (changes.last?.lines.upperBound ?? 0) + context)
    var body: [UInt8] = []
    var next = start
    var growth = 0
    for change in changes {
      for line in next..<change.lines.lowerBound { add(" ", lines[line], to: &body) }
      for line in change.lines { add("-", lines[line], to: &body) }
      for line in change.new { add("+", line, to: &body) }
      next = change.lines.upperBound
      growth += change.new.count - change.lines.count
    }
    for line in next..<max(next, end) { add(" ", lines[line], to: &body) }
    let (old, new) = (end - start, end - start + growth)
    // An empty side is said to begin at the line before it.
    let head =
      "@@ -\(old == 0 ? start : start + 1),\(old) "
      + "+\(new == 0 ? start + shift : start + shift + 1),\(new) @@\n"
    shift += growth
    return Array(head.utf8) + body
  }

  private static func add(_ mark: Character, _ line: ArraySlice<UInt8>, to body: inout [UInt8]) {
    body += Array(String(mark).utf8) + line
    if line.last != 0x0A { body += Array("\n\\ No newline at end of file\n".utf8) }
  }

  /// A path as git writes it: in quotes with escapes where it has bytes that could mislead.
  static func quoted(_ path: String) -> String {
    var result = ""
    var isPlain = true
    for byte in path.utf8 {
      switch byte {
      case 0x22, 0x5C:
        result += "\\" + String(UnicodeScalar(byte))
        isPlain = false
      case 0x20...0x7E: result.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let octal = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
        isPlain = false
      }
    }
    return isPlain ? path : "\"\(result)\""
  }
}

/// The lines of a text with their line ends, numbered from 0.
private struct Lines {
  let bytes: [UInt8]
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = bytes.isEmpty ? [] : [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A && offset + 1 < bytes.count {
      starts.append(offset + 1)
    }
    self.starts = starts
  }

  var count: Int { starts.count }
  var all: [ArraySlice<UInt8>] { starts.indices.map { self[$0] } }
  subscript(line: Int) -> ArraySlice<UInt8> { bytes[start(of: line)..<end(of: line)] }

  func start(of line: Int) -> Int { line < starts.count ? starts[line] : bytes.count }
  func end(of line: Int) -> Int {
    line < 0 ? 0 : line + 1 < starts.count ? starts[line + 1] : bytes.count
  }

  /// The lines that hold these bytes; for an insertion the line that it goes into.
  func touched(by range: Range<Int>) -> Range<Int> {
    let first = line(at: range.lowerBound)
    let last = range.isEmpty ? first : line(at: range.upperBound - 1)
    return first..<min(count, last + 1)
  }

  private func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
