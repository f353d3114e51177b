package import Analysis
package import Findings
import ProgramModel

/// Comments in which the authors say that the code relies on the GIL, or is not thread-safe.
///
/// Such a comment beside a finding is evidence: it raises the finding's confidence by one step and
/// is quoted.
package struct GILComments {
  private let analyses: Analyses
  private let sources: any SourceProvider

  package init(_ analyses: Analyses, sources: any SourceProvider) {
    self.analyses = analyses
    self.sources = sources
  }

  /// As far as this many lines from a finding a comment speaks of it.
  private static let reach = 3

  /// The findings, those with a telling comment beside them changed.
  package func annotate(_ findings: [Finding]) -> [Finding] {
    var files: [String: [SourceComment]] = [:]
    var functions: [String: [String: ClosedRange<Int>]]?
    return findings.map { finding in
      guard finding.category != .moduleDeclaration, finding.generated == nil else {
        return finding
      }
      func comments(_ path: String) -> [SourceComment] {
        if let known = files[path] { return known }
        let found = sources.bytes(of: path).map(SourceComment.telling) ?? []
        files[path] = found
        return found
      }
      let here = comments(finding.position.path)
      let declarations = finding.related.filter { $0.role == .declaration }.map(\.position)
      guard !here.isEmpty || declarations.contains(where: { !comments($0.path).isEmpty }) else {
        return finding
      }
      var found =
        [finding.position]
        + declarations.prefix(2)
        .filter { $0.path != finding.position.path || $0.line != finding.position.line }
      found.removeAll { comments($0.path).isEmpty }
      var best = found.lazy.compactMap { place in
        comments(place.path).first { $0.isNear(place.line...place.line, Self.reach) }
      }.first
      if best == nil, let name = finding.function {
        let known = functions ?? ranges()
        functions = known
        if let range = known[finding.position.path]?[name] {
          best = here.first { $0.isNear(range, 0) || $0.isAbove(range.lowerBound) }
        }
      }
      guard let best else { return finding }
      var finding = finding
      finding.confidence = finding.confidence == .low ? .medium : .high
      finding.message += " A comment in line \(best.lines.lowerBound) says: \"\(best.quote)\"."
      return finding
    }
  }

  /// The lines of each function, by file and name.
  private func ranges() -> [String: [String: ClosedRange<Int>]] {
    let package = analyses.package
    var found: [String: [String: ClosedRange<Int>]] = [:]
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id), let start = package[id].position,
        let table = package.units[unit].files.indices.contains(Int(model.range.file))
          ? package.units[unit].files[Int(model.range.file)] : nil
      else { continue }
      let end = table.position(of: model.range.end).line
      if end >= start.line { found[start.path, default: [:]][package[id].name] = start.line...end }
    }
    return found
  }
}

/// One comment of a source.
struct SourceComment: Hashable {
  /// From 1.
  var lines: ClosedRange<Int>
  /// The words of the comment, or of the part around what is telling.
  var quote: String

  /// Whether the comment is at most `reach` lines away from some lines.
  func isNear(_ other: ClosedRange<Int>, _ reach: Int) -> Bool {
    lines.lowerBound <= other.upperBound + reach && lines.upperBound >= other.lowerBound - reach
  }

  /// Whether it stands right above a line, as a function's comment does.
  func isAbove(_ line: Int) -> Bool { (line - 3..<line).contains(lines.upperBound) }

  /// The comments of a source that say that something relies on the GIL or is not thread-safe.
  static func telling(_ bytes: [UInt8]) -> [SourceComment] {
    CommentScanner(bytes).comments().compactMap { lines, text in
      guard let quote = TellingWords.quote(text) else { return nil }
      return SourceComment(lines: lines, quote: quote)
    }
  }
}

/// What makes a comment tell that the GIL was the lock.
enum TellingWords {
  private static let gil = ["gil", "global interpreter lock", "interpreter lock"]
  private static let claims = [
    "protect", "held", "hold", "safe", "serial", "atomic", "guard", "exclusive", "rely", "relies",
    "assum", "guarantee",
  ]
  private static let unsafe = [
    "not thread safe", "not thread-safe", "not threadsafe", "thread-unsafe", "thread unsafe",
    "isn't thread safe", "isn't thread-safe", "isn't threadsafe", "thread safe because",
    "thread-safe because",
  ]
  /// The comment speaks of the time after the GIL, or of letting it go.
  private static let denials = [
    "without the gil", "without gil", "without holding", "free-thread", "free thread", "nogil",
    "no-gil", "no gil", "gil-disabled", "gil disabled", "py_gil_disabled", "disables the gil",
    "releas", "not hold", "may not be", "don't hold", "doesn't hold", "not held", "isn't held",
    "gil-free",
    "not need the gil", "not require the gil", "drop the gil", "drops the gil", "gil-less",
  ]

  /// The part of a comment that is telling, on one line and at most some 100 characters long; nil
  /// for other comments.
  static func quote(_ text: String) -> String? {
    guard hasKeyword(text) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    let lower = words.map { $0.lowercased().filter { $0 != "*" } }.joined(separator: " ")
    if denials.contains(where: lower.contains) { return nil }
    let isTelling =
      unsafe.contains(where: lower.contains)
      || gil.contains { name in
        mentions(name, in: lower).contains { place in
          claims.contains(where: place.contains)
        }
      }
    guard isTelling else { return nil }
    return cut(words)
  }

  /// Whether one of the words is there at all that every telling comment has: most have none.
  private static func hasKeyword(_ text: String) -> Bool {
    let keywords: [[UInt8]] = [Array("gil".utf8), Array("thread".utf8), Array("lock".utf8)]
    let bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for start in bytes.indices {
      for word in keywords
      where bytes[start] == word[0] && bytes[start...].starts(with: word) {
        return true
      }
    }
    return false
  }

  /// The text around each mention of a name as a word of its own.
  private static func mentions(_ name: String, in text: String) -> [Substring] {
    let bytes = Array(text.utf8)
    let wanted = Array(name.utf8)
    guard bytes.count >= wanted.count else { return [] }
    func isWord(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    var found: [Substring] = []
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      let end = start + wanted.count
      if start > 0, isWord(bytes[start - 1]) { continue }
      if end < bytes.count, isWord(bytes[end]) { continue }
      let around = bytes[max(0, start - 60)..<min(bytes.count, end + 60)]
      found.append(Substring(String(decoding: around, as: UTF8.self)))
    }
    return found
  }

  /// As many words as fit, around the first that is telling.
  private static func cut(_ words: [Substring]) -> String {
    func length(_ range: Range<Int>) -> Int { words[range].reduce(0) { $0 + $1.count + 1 } }
    if length(0..<words.count) <= 100 { return words.joined(separator: " ") }
    let centre =
      words.firstIndex { word in
        let lower = word.lowercased()
        return lower.contains("gil") || lower.contains("thread") || lower.contains("interpreter")
      } ?? 0
    var range = centre..<centre + 1
    var grows = true
    while grows {
      grows = false
      if range.lowerBound > 0, length(range.lowerBound - 1..<range.upperBound) <= 100 {
        range = range.lowerBound - 1..<range.upperBound
        grows = true
      }
      if range.upperBound < words.count, length(range.lowerBound..<range.upperBound + 1) <= 100 {
        range = range.lowerBound..<range.upperBound + 1
        grows = true
      }
    }
    return (range.lowerBound > 0 ? "…" : "") + words[range].joined(separator: " ")
      + (range.upperBound < words.count ? "…" : "")
  }
}

/// Finds the comments of a C or C++ source; consecutive `//` lines are one.
struct CommentScanner {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The comments with their lines, without the marks and the stars at line starts.
  func comments() -> [(lines: ClosedRange<Int>, text: String)] {
    var found: [(lines: ClosedRange<Int>, text: String, isLine: Bool)] = []
    var index = 0
    var line = 1
    func at(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        line += 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index = skipQuoted(from: index)
        continue
      } else if byte == UInt8(ascii: "/"), at(index + 1) == UInt8(ascii: "/") {
        var end = index
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        let text = Self.plain(bytes[index + 2..<end])
        if let last = found.last, last.isLine, last.lines.upperBound == line - 1 {
          found[found.count - 1].lines = last.lines.lowerBound...line
          found[found.count - 1].text += "\n" + text
        } else {
          found.append((line...line, text, true))
        }
        index = end
        continue
      } else if byte == UInt8(ascii: "/"), at(index + 1) == UInt8(ascii: "*") {
        var end = index + 2
        let first = line
        while end < bytes.count,
          !(bytes[end] == UInt8(ascii: "*") && at(end + 1) == UInt8(ascii: "/"))
        {
          if bytes[end] == UInt8(ascii: "\n") { line += 1 }
          end += 1
        }
        found.append((first...line, Self.plain(bytes[index + 2..<min(end, bytes.count)]), false))
        index = end + 2
        continue
      }
      index += 1
    }
    return found.map { ($0.lines, $0.text) }
  }

  /// The end of a literal that begins at an offset; a line end ends it too.
  private func skipQuoted(from start: Int) -> Int {
    let quote = bytes[start]
    var index = start + 1
    while index < bytes.count, bytes[index] != quote, bytes[index] != UInt8(ascii: "\n") {
      index +=
        bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.count
          && bytes[index + 1] != UInt8(ascii: "\n") ? 2 : 1
    }
    return index < bytes.count && bytes[index] == quote ? index + 1 : index
  }

  /// The text without the stars that comments put at the start of lines.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      line.drop { $0.isWhitespace || $0 == "*" || $0 == "!" || $0 == "/" }
    }.joined(separator: "\n")
  }
}
