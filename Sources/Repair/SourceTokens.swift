/// A token of C text, by its place.
struct SourceToken: Hashable {
  enum Kind: Hashable {
    case word
    /// A number, string or character.
    case literal
    case mark
  }

  var kind: Kind
  var range: Range<Int>
}

/// The tokens of a part of a C source; comments and directives are blanks.
struct SourceTokens {
  let bytes: [UInt8]
  private(set) var tokens: [SourceToken] = []
  /// Directives that choose what is compiled: `if`, `else` and `endif` families, with their places.
  private(set) var conditions: [(word: String, range: Range<Int>)] = []

  /// nil where a comment or literal does not end.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    var offset = range.lowerBound
    var isAtLineStart = true
    while offset < range.upperBound {
      let byte = bytes[offset]
      let next = offset + 1 < range.upperBound ? bytes[offset + 1] : 0
      switch byte {
      case 0x0A:
        isAtLineStart = true
        offset += 1
      case 0x20, 0x09, 0x0B, 0x0C, 0x0D:
        offset += 1
      case UInt8(ascii: "\\") where next == 0x0A || next == 0x0D:
        offset += 2
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
        offset = endOfLine(offset, range.upperBound)
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        guard let end = endOfComment(offset + 2, range.upperBound) else { return nil }
        offset = end
      case UInt8(ascii: "#") where isAtLineStart:
        let end = endOfLine(offset, range.upperBound)
        let word = String(
          decoding: bytes[(offset + 1)..<end].drop { $0 == 0x20 || $0 == 0x09 }
            .prefix(while: Self.isWord), as: UTF8.self)
        if ["if", "ifdef", "ifndef", "elif", "else", "endif"].contains(word) {
          conditions.append((word, offset..<end))
        }
        offset = end
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let end = endOfLiteral(offset, range.upperBound) else { return nil }
        tokens.append(SourceToken(kind: .literal, range: offset..<end))
        isAtLineStart = false
        offset = end
      default:
        isAtLineStart = false
        var end = offset + 1
        var kind = SourceToken.Kind.mark
        if Self.isWord(byte) {
          let isNumber = (0x30...0x39).contains(byte)
          while end < range.upperBound,
            Self.isWord(bytes[end]) || isNumber && bytes[end] == UInt8(ascii: ".")
          {
            end += 1
          }
          kind = isNumber ? .literal : .word
        }
        tokens.append(SourceToken(kind: kind, range: offset..<end))
        offset = end
      }
    }
  }

  /// The text of a token.
  func text(_ index: Int) -> String {
    index < tokens.count ? text(tokens[index].range) : ""
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Whether a token is this mark.
  func isMark(_ index: Int, _ mark: Character) -> Bool {
    index < tokens.count && tokens[index].kind == .mark
      && bytes[tokens[index].range.lowerBound] == mark.asciiValue
  }

  /// The index of the mark that closes the one at `index`; nil where none does.
  func closing(_ index: Int) -> Int? {
    var depth = 0
    for place in index..<max(index, tokens.count) where tokens[place].kind == .mark {
      switch bytes[tokens[place].range.lowerBound] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return place }
      default: break
      }
    }
    return nil
  }

  /// The index of the first token at or after an offset.
  func index(at offset: Int) -> Int {
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The tokens that lie in a range.
  func words(in range: Range<Int>) -> [String] {
    let first = index(at: range.lowerBound)
    return tokens[first...].prefix { $0.range.upperBound <= range.upperBound }
      .map { text($0.range) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...0xFF: true
    default: false
    }
  }

  /// The end of a directive or line comment; lines that end in a backslash go on.
  private func endOfLine(_ start: Int, _ limit: Int) -> Int {
    var offset = start
    while offset < limit {
      if bytes[offset] == 0x0A {
        var before = offset - 1
        if before > start, bytes[before] == 0x0D { before -= 1 }
        if bytes[before] != UInt8(ascii: "\\") { return offset }
      }
      offset += 1
    }
    return limit
  }

  private func endOfComment(_ start: Int, _ limit: Int) -> Int? {
    var offset = start
    while offset + 1 < limit {
      if bytes[offset] == UInt8(ascii: "*"), bytes[offset + 1] == UInt8(ascii: "/") {
        return offset + 2
      }
      offset += 1
    }
    return nil
  }

  private func endOfLiteral(_ start: Int, _ limit: Int) -> Int? {
    var offset = start + 1
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 2
      case bytes[start]: return offset + 1
      case 0x0A: return nil
      default: offset += 1
      }
    }
    return nil
  }
}
