/// One statement of a function's text.
struct Statement: Hashable {
  enum Kind: Hashable {
    case compound, `if`, loop, `do`, `switch`, `return`, `goto`, `break`, `continue`, label
    /// An expression, a declaration or nothing, up to its semicolon.
    case simple
    /// A macro's use that stands alone, without a semicolon.
    case macro
  }

  var kind: Kind
  /// From the first to after the last byte, semicolon included.
  var range: Range<Int>
  /// What stands between the parentheses of `if`, loops and `switch`.
  var header: Range<Int>?
  /// The parts: of `if` the branches, of a compound its statements.
  var children: [Int] = []
  /// nil for the function's body.
  var parent: Int?
}

/// The statements of a function's body as its text has them: what the model of it no longer knows.
///
/// Of C only; a text of any other form is not understood, and then there is nothing to edit.
struct Statements {
  let tokens: SourceTokens
  /// The first is the body; parents stand before their parts.
  private(set) var all: [Statement] = []

  /// - Parameter range: from a function's name to the end of its definition.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count,
      let tokens = SourceTokens(bytes, range)
    else { return nil }
    self.tokens = tokens
    var open = 0
    while open < tokens.tokens.count, !tokens.isMark(open, "{") {
      if tokens.isMark(open, "(") {
        guard let close = tokens.closing(open) else { return nil }
        open = close
      }
      open += 1
    }
    var next = open
    guard open < tokens.tokens.count, parse(&next, parent: nil, depth: 0) != nil else { return nil }
  }

  subscript(index: Int) -> Statement { all[index] }

  /// The innermost statement that holds an offset; nil outside the body.
  func innermost(at offset: Int) -> Int? {
    guard let body = all.first, body.range.contains(offset) else { return nil }
    var found = 0
    while let inner = all[found].children.first(where: { all[$0].range.contains(offset) }) {
      found = inner
    }
    return found
  }

  /// Whether a statement is, or stands in, another.
  func isWithin(_ statement: Int, _ outer: Int) -> Bool {
    var place: Int? = statement
    while let current = place {
      if current == outer { return true }
      place = all[current].parent
    }
    return false
  }

  /// Whether it is the body of `if`, `else`, a loop or `switch` without braces.
  func isBareBody(_ statement: Int) -> Bool {
    guard let parent = all[statement].parent else { return false }
    return all[parent].kind != .compound
  }

  private mutating func add(
    _ kind: Statement.Kind, _ parent: Int?, from start: Int
  ) -> Int {
    let begin = tokens.tokens[start].range.lowerBound
    all.append(Statement(kind: kind, range: begin..<begin + 1, parent: parent))
    return all.count - 1
  }

  private mutating func close(_ statement: Int, at token: Int) {
    let range = all[statement].range
    all[statement].range = range.lowerBound..<tokens.tokens[token].range.upperBound
  }

  /// Parses one statement; `next` moves behind it. nil where the text is not understood.
  private mutating func parse(_ next: inout Int, parent: Int?, depth: Int) -> Int? {
    guard next < tokens.tokens.count, depth < 200 else { return nil }
    if tokens.isMark(next, "{") { return compound(&next, parent, depth) }
    let word = tokens.tokens[next].kind == .word ? tokens.text(next) : ""
    switch word {
    case "if": return conditional(&next, parent, depth)
    case "while", "for": return headed(.loop, &next, parent, depth)
    case "switch": return headed(.switch, &next, parent, depth)
    case "do": return doLoop(&next, parent, depth)
    case "return": return upToSemicolon(.return, &next, parent)
    case "goto": return upToSemicolon(.goto, &next, parent)
    case "break": return upToSemicolon(.break, &next, parent)
    case "continue": return upToSemicolon(.continue, &next, parent)
    case "case", "default":
      let statement = add(.label, parent, from: next)
      while next < tokens.tokens.count, !tokens.isMark(next, ":") {
        if tokens.isMark(next, "?") || tokens.isMark(next, ";") { return nil }
        next += 1
      }
      return finish(statement, &next)
    case "else", "try", "catch", "asm", "__asm__", "template", "using", "namespace": return nil
    default: break
    }
    if !word.isEmpty, tokens.isMark(next + 1, ":"), !tokens.isMark(next + 2, ":") {
      let statement = add(.label, parent, from: next)
      next += 1
      return finish(statement, &next)
    }
    if let end = endOfMacro(next) {
      let statement = add(.macro, parent, from: next)
      next = end
      return finish(statement, &next)
    }
    return upToSemicolon(.simple, &next, parent)
  }

  /// Ends a statement at the token `next`, which it holds.
  private mutating func finish(_ statement: Int, _ next: inout Int) -> Int? {
    guard next < tokens.tokens.count else { return nil }
    close(statement, at: next)
    next += 1
    return statement
  }

  private mutating func compound(_ next: inout Int, _ parent: Int?, _ depth: Int) -> Int? {
    let statement = add(.compound, parent, from: next)
    next += 1
    while next < tokens.tokens.count, !tokens.isMark(next, "}") {
      guard let child = parse(&next, parent: statement, depth: depth + 1) else { return nil }
      all[statement].children.append(child)
    }
    return finish(statement, &next)
  }

  private mutating func conditional(_ next: inout Int, _ parent: Int?, _ depth: Int) -> Int? {
    guard let statement = headed(.if, &next, parent, depth) else { return nil }
    guard next < tokens.tokens.count, tokens.text(next) == "else" else { return statement }
    next += 1
    guard let other = parse(&next, parent: statement, depth: depth + 1) else { return nil }
    all[statement].children.append(other)
    close(statement, at: next - 1)
    return statement
  }

  private mutating func headed(
    _ kind: Statement.Kind, _ next: inout Int, _ parent: Int?, _ depth: Int
  ) -> Int? {
    let statement = add(kind, parent, from: next)
    guard tokens.isMark(next + 1, "("), let end = tokens.closing(next + 1) else { return nil }
    all[statement].header =
      tokens.tokens[next + 1].range.upperBound..<tokens.tokens[end].range.lowerBound
    next = end + 1
    guard let body = parse(&next, parent: statement, depth: depth + 1) else { return nil }
    all[statement].children.append(body)
    close(statement, at: next - 1)
    return statement
  }

  private mutating func doLoop(_ next: inout Int, _ parent: Int?, _ depth: Int) -> Int? {
    let statement = add(.do, parent, from: next)
    next += 1
    guard let body = parse(&next, parent: statement, depth: depth + 1) else { return nil }
    all[statement].children.append(body)
    guard tokens.text(next) == "while", tokens.isMark(next + 1, "("),
      let end = tokens.closing(next + 1), tokens.isMark(end + 1, ";")
    else { return nil }
    all[statement].header =
      tokens.tokens[next + 1].range.upperBound..<tokens.tokens[end].range.lowerBound
    next = end + 1
    return finish(statement, &next)
  }

  private mutating func upToSemicolon(
    _ kind: Statement.Kind, _ next: inout Int, _ parent: Int?
  ) -> Int? {
    let statement = add(kind, parent, from: next)
    while next < tokens.tokens.count, !tokens.isMark(next, ";") {
      if tokens.isMark(next, "(") || tokens.isMark(next, "[") || tokens.isMark(next, "{") {
        guard let end = tokens.closing(next) else { return nil }
        next = end
      } else if tokens.isMark(next, "}") || tokens.isMark(next, ")") {
        return nil
      }
      next += 1
    }
    return finish(statement, &next)
  }

  /// The last token of a macro's use that is a statement by itself: a lone word on its line, or a
  /// word with arguments, and then the next statement where an operator or semicolon would be.
  private func endOfMacro(_ start: Int) -> Int? {
    guard tokens.tokens[start].kind == .word else { return nil }
    var end = start
    if tokens.isMark(start + 1, "(") {
      guard let close = tokens.closing(start + 1) else { return nil }
      end = close
    }
    let following = end + 1
    guard following < tokens.tokens.count,
      tokens.tokens[following].kind == .word || tokens.isMark(following, "}")
    else { return nil }
    let gap = tokens.tokens[end].range.upperBound..<tokens.tokens[following].range.lowerBound
    return tokens.bytes[gap].contains(0x0A) ? end : nil
  }
}
