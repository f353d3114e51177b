/// Text from sources, paths and messages is not trusted: it may hold what moves a terminal's
/// cursor, reorders what a reader sees, or shows as nothing.

extension Unicode.Scalar {
  /// Whether the character must not reach a terminal as it is: controls (C0 with tab and line
  /// feed, C1, DEL), bidirectional and other format characters, line and paragraph separators,
  /// whatever Unicode says to show as nothing, and U+FFFD, which stands for invalid UTF-8.
  var isHostile: Bool {
    if (0x20...0x7E).contains(value) { return false }
    if value == 0xFFFD || properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      return true
    default:
      return false
    }
  }

  /// Whether the character is drawn onto the one before it.
  var isCombining: Bool {
    guard value >= 0x300 else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// `\u{202E}`: at least four upper-case hexadecimal digits.
  var escaped: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "\\u{" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "}"
  }

  /// How many columns a terminal gives the character.
  var columns: Int {
    if value < 0x300 { return 1 }
    if isCombining { return 0 }
    return Self.wideRanges.contains { $0.contains(value) } || properties.isEmojiPresentation
      ? 2 : 1
  }

  /// The blocks of East Asian width W or F, good enough to put a caret under a character.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

/// Counts combining marks, so that a pile of them cannot smear over the lines around.
struct CombiningRun {
  private var length = 0
  /// Enough for every script in use.
  private static let limit = 4

  /// Whether the next character of the text must be escaped.
  mutating func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    length = scalar.isCombining ? length + 1 : 0
    return scalar.isHostile || length > Self.limit
  }
}

/// The text with every hostile character, tabs and line feeds among them, as `\u{202E}`.
package func escapedForTerminal(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
  var result = ""
  var run = CombiningRun()
  for scalar in text.unicodeScalars {
    if run.mustEscape(scalar) {
      result += scalar.escaped
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// How many columns escaped text takes; colour codes must not be in it.
func displayColumns(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + $1.columns }
}
