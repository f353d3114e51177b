/// Reads the text of a C or C++ file once, byte by byte, for includes, watched identifiers and the
/// generator's mark. It keeps to the preprocessor's own rules for comments, strings, raw strings
/// and spliced lines.
struct SourceScanner {
  /// The facts of one file. `isCxx` says whether raw strings exist.
  static func scan(_ bytes: [UInt8], isCxx: Bool) -> TextFacts {
    var scanner = SourceScanner(bytes: bytes, isCxx: isCxx)
    scanner.run()
    scanner.facts.bytes = bytes.count
    scanner.facts.lines = scanner.line
    scanner.facts.generator = GeneratorMark.find(in: bytes)
    return scanner.facts
  }

  let bytes: [UInt8]
  let isCxx: Bool
  var facts = TextFacts()
  var position = 0
  var line = 1
  var lineStart = 0
  /// What an identifier found now would be.
  var role = TextFacts.Role.use
  /// One per open `#if`: whether this branch is compiled, and whether an earlier one was.
  var conditions: [(value: Bool?, wasTaken: Bool, guarded: String?)] = []

  private init(bytes: [UInt8], isCxx: Bool) {
    self.bytes = bytes
    self.isCxx = isCxx
  }

  private enum Class {
    static let other: UInt8 = 0
    static let space: UInt8 = 1
    static let newline: UInt8 = 2
    static let letter: UInt8 = 3
    static let digit: UInt8 = 4
    static let quote: UInt8 = 5
    static let slash: UInt8 = 6
    static let hash: UInt8 = 7
    static let backslash: UInt8 = 8
    static let digraph: UInt8 = 9
  }

  private static let classes: [UInt8] = (0..<256).map { value in
    let byte = UInt8(value)
    switch byte {
    case UInt8(ascii: "\n"): return Class.newline
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 11, 12: return Class.space
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: "$"), 128...255:
      return Class.letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return Class.digit
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return Class.quote
    case UInt8(ascii: "/"): return Class.slash
    case UInt8(ascii: "#"): return Class.hash
    case UInt8(ascii: "\\"): return Class.backslash
    case UInt8(ascii: "%"), UInt8(ascii: "?"): return Class.digraph
    default: return Class.other
    }
  }

  func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func run() {
    let classes = Self.classes
    let count = bytes.count
    var isLineStart = true
    // A byte order mark is not part of the first line.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < count {
      switch classes[Int(bytes[position])] {
      case Class.space:
        position += 1
      case Class.newline:
        endLine()
        role = .use
        isLineStart = true
      case Class.letter:
        isLineStart = false
        identifier(classes)
      case Class.digit:
        isLineStart = false
        number(classes)
      case Class.quote:
        isLineStart = false
        string(bytes[position])
      case Class.slash:
        if !comment() {
          isLineStart = false
          position += 1
        }
      case Class.hash:
        position += 1
        if isLineStart { directive() }
        isLineStart = false
      case Class.digraph where isLineStart && hashLength > 0:
        position += hashLength
        directive()
        isLineStart = false
      case Class.backslash where spliceLength(position) > 0:
        splice()
      default:
        isLineStart = false
        position += 1
      }
    }
  }

  /// Length of another spelling of `#` here, `%:` or `??=`; 0 when there is none.
  private var hashLength: Int {
    if byte(position) == UInt8(ascii: "%") {
      return byte(position + 1) == UInt8(ascii: ":") ? 2 : 0
    }
    return byte(position + 1) == UInt8(ascii: "?") && byte(position + 2) == UInt8(ascii: "=")
      ? 3 : 0
  }

  private mutating func endLine() {
    position += 1
    line += 1
    lineStart = position
  }

  /// Length of a backslash with the line end it hides; 0 when `index` does not begin one.
  func spliceLength(_ index: Int) -> Int {
    guard byte(index) == UInt8(ascii: "\\") else { return 0 }
    var end = index + 1
    // Compilers accept blanks between the backslash and the line end.
    while byte(end) == UInt8(ascii: " ") || byte(end) == UInt8(ascii: "\t") { end += 1 }
    if byte(end) == UInt8(ascii: "\r"), byte(end + 1) == UInt8(ascii: "\n") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\n") ? end + 1 - index : 0
  }

  mutating func splice() {
    position += spliceLength(position)
    line += 1
    lineStart = position
  }

  private mutating func identifier(_ classes: [UInt8]) {
    let start = position
    let count = bytes.count
    var end = position + 1
    while end < count, classes[Int(bytes[end])] &- Class.letter <= 1 { end += 1 }
    position = end
    let length = end - start
    if isCxx, byte(end) == UInt8(ascii: "\""), length <= 3, bytes[end - 1] == UInt8(ascii: "R"),
      length == 1 || ["L", "u", "U", "u8"].contains(text(start, end - 1))
    {
      rawString()
      return
    }
    if length == 4, bytes[start] == UInt8(ascii: "m"), text(start, end) == "main",
      byte(end) == UInt8(ascii: "(") || byte(end + 1) == UInt8(ascii: "("), role == .use,
      activity == .active
    {
      facts.hasMain = true
    }
    // '#ifndef X' and '#define X' guard against a second inclusion: the first one is compiled, this
    // definition too.
    if role == .definedName, let guarded = conditions.last?.guarded, guarded == text(start, end) {
      conditions[conditions.count - 1].value = true
      conditions[conditions.count - 1].wasTaken = true
    }
    if length >= 8, Self.mayBeWatched(bytes[start]) { mention(start, end) }
    if role == .definedName { role = .definitionValue }
  }

  private static func mayBeWatched(_ first: UInt8) -> Bool {
    first == UInt8(ascii: "P") || first == UInt8(ascii: "_") || first == UInt8(ascii: "N")
      || first == UInt8(ascii: "B") || first == UInt8(ascii: "C") || first == UInt8(ascii: "S")
  }

  private mutating func mention(_ start: Int, _ end: Int) {
    // The third byte decides for nearly all names of the C API before a string is made.
    if bytes[start] == UInt8(ascii: "P"), bytes[start + 1] == UInt8(ascii: "y") {
      switch bytes[start + 2] {
      case UInt8(ascii: "_"), UInt8(ascii: "I"), UInt8(ascii: "M"), UInt8(ascii: "U"): break
      default: return
      }
    }
    guard end - start < 200 else { return }
    let name = text(start, end)
    guard
      TextFacts.watched.contains(name)
        || TextFacts.watchedPrefixes.contains(where: name.hasPrefix)
    else { return }
    var last = end
    while last < bytes.count, bytes[last] != UInt8(ascii: "\n"), last - end < 200 { last += 1 }
    facts.mentions.append(
      TextFacts.Mention(
        name: name, line: line, column: start - lineStart + 1,
        rest: trimmed(text(end, last)), role: role, activity: activity))
  }

  /// Numbers are skipped whole, or the separator of `1'000` would begin a character.
  private mutating func number(_ classes: [UInt8]) {
    position += 1
    while position < bytes.count {
      let kind = classes[Int(bytes[position])]
      let isSeparator =
        isCxx && bytes[position] == UInt8(ascii: "'")
        && classes[Int(byte(position + 1))] &- Class.letter <= 1
      guard kind &- Class.letter <= 1 || isSeparator else { return }
      position += 1
    }
  }

  /// A string or character; it ends with its line when it is not closed.
  private mutating func string(_ quote: UInt8) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        position += 1
        return
      }
      if byte == UInt8(ascii: "\n") { return }
      if byte == UInt8(ascii: "\\") {
        if spliceLength(position) > 0 {
          splice()
          continue
        }
        position += 1
        if self.byte(position) == UInt8(ascii: "\n") { return }
      }
      position += 1
    }
  }

  private mutating func rawString() {
    var open = position + 1
    while open < bytes.count, open - position <= 17, bytes[open] != UInt8(ascii: "(") { open += 1 }
    guard byte(open) == UInt8(ascii: "(") else { return }
    let close =
      [UInt8(ascii: ")")] + Array(bytes[(position + 1)..<open]) + [UInt8(ascii: "\"")]
    position = open + 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: ")"), bytes[position...].starts(with: close) {
        position += close.count
        return
      }
      if bytes[position] == UInt8(ascii: "\n") {
        endLine()
        doubtfulLine()
      } else {
        position += 1
      }
    }
  }

  /// Skips a comment; `false` when the slash here does not begin one.
  mutating func comment() -> Bool {
    let count = bytes.count
    if byte(position + 1) == UInt8(ascii: "/") {
      position += 2
      while position < count, bytes[position] != UInt8(ascii: "\n") {
        if bytes[position] == UInt8(ascii: "\\"), spliceLength(position) > 0 {
          splice()
        } else {
          position += 1
        }
      }
      return true
    }
    guard byte(position + 1) == UInt8(ascii: "*") else { return false }
    position += 2
    while position < count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "*"), self.byte(position + 1) == UInt8(ascii: "/") {
        position += 2
        return true
      }
      if byte == UInt8(ascii: "\n") { endLine() } else { position += 1 }
    }
    return true
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// `text` without white space at both ends.
func trimmed(_ text: some StringProtocol) -> String {
  let start = text.drop { $0.isWhitespace }
  guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
  return String(start[...last])
}
