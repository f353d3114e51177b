/// The tokens of Python source text, as far as reading a build script needs them.
enum PythonToken: Hashable {
  case name(String)
  case number(String)
  /// A string without its quotes. `isFormatted` marks f-strings.
  case string(String, isFormatted: Bool)
  case symbol(String)
}

/// One logical line of Python: the tokens up to the line's end outside all brackets.
struct PythonLine {
  /// Columns before the first token; a tab counts as eight.
  let indent: Int
  /// The line of the first token, from 1.
  let line: Int
  let tokens: [PythonToken]
}

/// Splits Python source text into logical lines. Text that is no Python gives useless lines, but
/// ends in time linear in its length.
struct PythonReader {
  private let text: [UInt8]
  private var position = 0
  private var line = 1

  static func lines(of text: String) -> [PythonLine] {
    var reader = PythonReader(text: Array(text.utf8))
    return reader.read()
  }

  private init(text: [UInt8]) { self.text = text }

  private func byte(_ index: Int) -> UInt8 { index < text.count ? text[index] : 0 }

  private mutating func read() -> [PythonLine] {
    var lines: [PythonLine] = []
    while position < text.count {
      let indent = indentation()
      let start = line
      let tokens = logicalLine()
      if !tokens.isEmpty { lines.append(PythonLine(indent: indent, line: start, tokens: tokens)) }
    }
    return lines
  }

  private mutating func indentation() -> Int {
    var columns = 0
    while byte(position) == UInt8(ascii: " ") || byte(position) == UInt8(ascii: "\t") {
      columns += byte(position) == UInt8(ascii: "\t") ? 8 : 1
      position += 1
    }
    return columns
  }

  private mutating func logicalLine() -> [PythonToken] {
    var tokens: [PythonToken] = []
    var depth = 0
    while position < text.count {
      let byte = text[position]
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
        line += 1
        if depth == 0 { return tokens }
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 12:
        position += 1
      case UInt8(ascii: "#"):
        while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\\"):
        position += 1
        if self.byte(position) == UInt8(ascii: "\r") { position += 1 }
        if self.byte(position) == UInt8(ascii: "\n") {
          position += 1
          line += 1
        }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        tokens.append(string(prefix: ""))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        tokens.append(.number(word()))
      default:
        if Self.isWord(byte) {
          let name = word()
          let isQuote = self.byte(position) == 34 || self.byte(position) == 39
          tokens.append(isQuote && name.count <= 2 ? string(prefix: name) : .name(name))
        } else {
          let symbol = symbol()
          if "([{".contains(symbol) { depth += 1 }
          if ")]}".contains(symbol) { depth = max(0, depth - 1) }
          tokens.append(.symbol(symbol))
        }
      }
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...255:
      return true
    default: return false
    }
  }

  private mutating func word() -> String {
    let start = position
    while position < text.count, Self.isWord(text[position]) { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private mutating func symbol() -> String {
    let two = String(decoding: [byte(position), byte(position + 1)], as: UTF8.self)
    let known = ["==", "!=", "<=", ">=", "+=", "-=", "**", "//", "->", ":=", "|="]
    let symbol = known.contains(two) ? two : String(decoding: [byte(position)], as: UTF8.self)
    position += symbol.utf8.count
    return symbol
  }

  private mutating func string(prefix: String) -> PythonToken {
    let quote = byte(position)
    let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
    let isRaw = prefix.lowercased().contains("r")
    position += isTriple ? 3 : 1
    var content: [UInt8] = []
    while position < text.count {
      let byte = text[position]
      if byte == quote {
        if !isTriple {
          position += 1
          break
        }
        if self.byte(position + 1) == quote, self.byte(position + 2) == quote {
          position += 3
          break
        }
      }
      if byte == UInt8(ascii: "\n") {
        if !isTriple { break }
        line += 1
      }
      if byte == UInt8(ascii: "\\"), !isRaw {
        position += 1
        if self.byte(position) == UInt8(ascii: "\n") {
          line += 1
        } else {
          content.append(self.byte(position) == UInt8(ascii: "n") ? 10 : self.byte(position))
        }
      } else {
        content.append(byte)
      }
      position += 1
    }
    return .string(
      String(decoding: content, as: UTF8.self), isFormatted: prefix.lowercased().contains("f"))
  }
}
