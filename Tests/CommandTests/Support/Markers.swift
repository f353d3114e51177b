import Findings

/// What a comment of a fixture says about a line.
struct Marker: Hashable, Sendable {
  enum Kind: String, Sendable {
    /// The finding is there and right.
    case expect
    /// The finding ought to be there and is not yet.
    case expectMissing = "expect-missing"
    /// The finding is there and ought not to be.
    case expectWrong = "expect-wrong"
  }

  var kind: Kind
  var place: FindingPlace
  var reason: String
}

/// Where a rule fires: what markers and findings are compared by.
struct FindingPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
  var file: String
  var line: Int
  var rule: String

  var description: String { "\(file):\(line): \(rule)" }

  static func < (left: Self, right: Self) -> Bool {
    (left.file, left.line, left.rule) < (right.file, right.line, right.rule)
  }
}

extension Marker {
  /// Reads the markers of one file: at the end of the line they are about, or alone on a line
  /// for the next one.
  static func read(_ text: String, file: String) -> [Marker] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isC = [".c", ".cpp", ".h", ".hpp", ".cc", ".cxx"].contains { file.hasSuffix($0) }
    let pattern = /(\/\/|\/\*|#)\s*(expect|expect-missing|expect-wrong):\s*([a-z0-9-]+)([^\/#*]*)/
    var markers: [Marker] = []
    for (index, line) in lines.enumerated() {
      for match in line.matches(of: pattern) where (match.1 == "#") != isC {
        guard let kind = Kind(rawValue: String(match.2)) else { continue }
        var target = index
        // Alone: for the first line below that is not such a comment itself.
        while target < lines.count, isAlone(lines[target]) { target += 1 }
        markers.append(
          Marker(
            kind: kind,
            place: FindingPlace(file: file, line: target + 1, rule: String(match.3)),
            reason: match.4.trimmed))
      }
    }
    return markers
  }

  private static func isAlone(_ line: Substring) -> Bool {
    line.prefixMatch(of: /\s*(\/\/|\/\*|#)\s*expect(-missing|-wrong)?:/) != nil
  }

  /// What is wrong between markers and findings, one sentence each, sorted; empty where they
  /// match one to one.
  static func disagreements(_ markers: [Marker], _ found: [FindingPlace]) -> [String] {
    var counts: [FindingPlace: Int] = [:]
    for place in found { counts[place, default: 0] += 1 }
    var sentences: [String] = []
    for marker in markers.sorted(by: { $0.place < $1.place }) {
      if marker.kind != .expect, marker.reason.isEmpty {
        sentences.append("\(marker.place) - '\(marker.kind.rawValue)' gives no reason")
      }
      let isThere = counts[marker.place, default: 0] > 0
      switch marker.kind {
      case .expect where !isThere:
        sentences.append("\(marker.place) - marked, but not found")
      case .expectWrong where !isThere:
        sentences.append("\(marker.place) - the limit is gone: no longer found; drop the marker")
      case .expect, .expectWrong:
        counts[marker.place, default: 0] -= 1
      case .expectMissing:
        break
      }
    }
    for marker in markers where marker.kind == .expectMissing {
      if counts[marker.place, default: 0] > 0 {
        counts[marker.place, default: 0] -= 1
        sentences.append("\(marker.place) - the limit is gone: now found; make it 'expect'")
      }
    }
    for (place, count) in counts.sorted(by: { $0.key < $1.key }) where count > 0 {
      let times = count > 1 ? " \(count) times" : ""
      sentences.append("\(place) - found\(times), but not marked")
    }
    return sentences
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
