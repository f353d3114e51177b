/// Preprocessor directives: what the scanner does behind a `#` at the start of a line.
extension SourceScanner {
  /// Whether the present place is compiled.
  var activity: TextFacts.Activity {
    var isUnknown = false
    for condition in conditions {
      if condition.value == false { return .inactive }
      if condition.value == nil { isUnknown = true }
    }
    return isUnknown ? .unknown : .active
  }

  /// Handles the directive whose `#` was just passed.
  mutating func directive() {
    let start = line
    let keyword = word()
    switch keyword {
    case "define":
      define()
    case "include", "include_next", "import":
      include(logicalLine(), line: start)
    case "embed":
      include(logicalLine(), line: start, isEmbed: true)
    case "if":
      open(ConditionEvaluator.evaluate(logicalLine()))
    case "ifdef":
      open(ConditionEvaluator.isDefined(trimmed(logicalLine())))
    case "ifndef":
      let name = trimmed(logicalLine())
      open(ConditionEvaluator.isDefined(name).map { !$0 }, guarded: name)
    case "elif", "elifdef", "elifndef":
      let text = logicalLine()
      branch(
        keyword == "elif"
          ? ConditionEvaluator.evaluate(text)
          : ConditionEvaluator.isDefined(trimmed(text)).map { $0 == (keyword == "elifdef") })
    case "else":
      branch(true)
    case "endif":
      _ = conditions.popLast()
    case "error", "warning", "pragma", "line", "ident":
      // Free text: an apostrophe in it begins no character.
      _ = logicalLine()
    case "undef":
      role = .undefined
    default:
      break
    }
  }

  private mutating func open(_ value: Bool?, guarded: String? = nil) {
    conditions.append((value, value == true, guarded))
  }

  /// An `#elif` or `#else` is compiled only when no branch before it was.
  private mutating func branch(_ value: Bool?) {
    guard let last = conditions.popLast() else { return }
    if last.wasTaken {
      conditions.append((false, true, nil))
    } else if last.value == nil {
      conditions.append((value == false ? false : nil, false, nil))
    } else {
      conditions.append((value, value == true, nil))
    }
  }

  /// The directive's name. Comments and hidden line ends may stand before and within it.
  private mutating func word() -> String {
    var name: [UInt8] = []
    while position < bytes.count, name.count < 16 {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\"), spliceLength(position) > 0 {
        splice()
      } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        if !name.isEmpty { break }
        position += 1
      } else if byte == UInt8(ascii: "/"), self.byte(position + 1) == UInt8(ascii: "*") {
        if !name.isEmpty { break }
        _ = comment()
      } else if byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") {
        name.append(byte)
        position += 1
      } else if byte == UInt8(ascii: "_") {
        name.append(byte)
        position += 1
      } else {
        break
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// The rest of the line with hidden line ends joined and comments as blanks; stops before the
  /// line's end.
  private mutating func logicalLine() -> String {
    var text: [UInt8] = []
    var quote: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "\\"), spliceLength(position) > 0 {
        splice()
        continue
      }
      if quote == 0, byte == UInt8(ascii: "/"), comment() {
        text.append(UInt8(ascii: " "))
        continue
      }
      if byte == UInt8(ascii: "\"") { quote = quote == 0 ? byte : 0 }
      // In '<…>' a slash pair is part of the name.
      if quote == 0, byte == UInt8(ascii: "<"), text.allSatisfy({ $0 == UInt8(ascii: " ") }) {
        quote = UInt8(ascii: ">")
      } else if byte == quote {
        quote = 0
      }
      // Nobody writes conditions that long; what is cut off is only looked at by 'trimmed'.
      if text.count < 4096 { text.append(byte) }
      position += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func include(_ text: String, line: Int, isEmbed: Bool = false) {
    if let include = Self.include(text, line: line, activity) {
      facts.includes.append(include)
    } else if isEmbed {
      facts.hasComputedEmbed = true
    } else if !text.isEmpty {
      facts.hasComputedInclude = true
    }
  }

  /// The include that `text`, the rest of a directive or a macro's value, names.
  private static func include(
    _ text: String, line: Int, _ activity: TextFacts.Activity
  ) -> TextFacts.Include? {
    let text = trimmed(text)
    guard let first = text.first, first == "\"" || first == "<" else { return nil }
    let rest = text.dropFirst()
    guard let end = rest.firstIndex(of: first == "<" ? ">" : "\""), end > rest.startIndex else {
      return nil
    }
    return TextFacts.Include(
      spelling: String(rest[..<end]), isAngled: first == "<", line: line, activity: activity)
  }

  /// A `#define`: its value is read on as ordinary text; one that could name a file is noted.
  private mutating func define() {
    role = .definedName
    let (start, savedLine, savedLineStart) = (position, line, lineStart)
    var end = position
    while byte(end) == UInt8(ascii: " ") || byte(end) == UInt8(ascii: "\t") { end += 1 }
    while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
    guard byte(end) != UInt8(ascii: "(") else { return }
    while byte(end) == UInt8(ascii: " ") || byte(end) == UInt8(ascii: "\t")
      || spliceLength(end) > 0
    { end += max(1, spliceLength(end)) }
    guard byte(end) == UInt8(ascii: "\"") || byte(end) == UInt8(ascii: "<") else { return }
    position = end
    if let include = Self.include(logicalLine(), line: savedLine, activity) {
      facts.includeMacros.append(include)
    }
    (position, line, lineStart) = (start, savedLine, savedLineStart)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
  }

  /// Notes an include on a line inside a raw string: a compiler that sees no raw string there, as
  /// in some C standards, would obey it.
  mutating func doubtfulLine() {
    var end = position
    while byte(end) == UInt8(ascii: " ") || byte(end) == UInt8(ascii: "\t") { end += 1 }
    guard byte(end) == UInt8(ascii: "#") else { return }
    let saved = (position, line, lineStart)
    position = end + 1
    if ["include", "include_next", "import", "embed"].contains(word()),
      let include = Self.include(logicalLine(), line: saved.1, .unknown)
    {
      facts.doubtfulIncludes.append(include)
    }
    (position, line, lineStart) = saved
  }
}
