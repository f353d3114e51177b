import Findings
import ProgramModel

/// What is to be done to the statements of one function, and the edits that do it.
struct EditPlan {
  let text: FunctionText
  /// Statements to put right before or behind one, in order.
  private var before: [Int: [String]] = [:]
  private var behind: [Int: [String]] = [:]
  /// Statements to put at the begin of a block.
  private var atStart: [Int: [String]] = [:]
  /// Statements for an `else` that an `if` does not have.
  private var inElse: [Int: [String]] = [:]
  private var deleted: Set<Int> = []
  /// Statements that become more than one, and so need braces where they are a bare body.
  private var grown: Set<Int> = []
  private var replacements: [(range: Range<Int>, text: String)] = []

  private var names: Set<String> = []

  init(_ text: FunctionText) { self.text = text }

  /// A name that neither the function nor an edit uses yet.
  mutating func freshName(_ name: String) -> String {
    let known = names.union(
      text.statements.tokens.tokens.map { text.statements.tokens.text($0.range) })
    var fresh = name
    var number = 2
    while known.contains(fresh) {
      fresh = "\(name)\(number)"
      number += 1
    }
    names.insert(fresh)
    return fresh
  }

  mutating func insert(_ line: String, before statement: Int) {
    Self.add(line, to: &before[statement, default: []])
  }

  mutating func insert(_ line: String, behind statement: Int) {
    Self.add(line, to: &behind[statement, default: []])
  }

  /// Adds a statement at the begin of a branch: of its block, or before it in a block of both.
  mutating func insert(_ line: String, atStartOf statement: Int) {
    if text.statements[statement].kind == .compound {
      Self.add(line, to: &atStart[statement, default: []])
    } else {
      insert(line, before: statement)
    }
  }

  mutating func insert(_ line: String, inElseOf statement: Int) {
    Self.add(line, to: &inElse[statement, default: []])
  }

  mutating func delete(_ statement: Int) { deleted.insert(statement) }

  /// Replaces a part of a statement; `grows` says that it becomes more than one.
  mutating func replace(_ range: Range<Int>, by new: String, in statement: Int, grows: Bool) {
    guard !replacements.contains(where: { $0.range == range && $0.text == new }) else { return }
    replacements.append((range, new))
    if grows { grown.insert(statement) }
  }

  /// One release is enough where two reasons ask for the same.
  private static func add(_ line: String, to lines: inout [String]) {
    if !lines.contains(line) { lines.append(line) }
  }

  /// The edits; throws where two of them cannot go together.
  func edits() throws(RepairRefusal) -> [SourceEdit] {
    var edits: [(range: Range<Int>, text: String)] = []
    let lined = Set(before.keys).union(behind.keys).union(grown)
    for statement in lined.union(atStart.keys).union(inElse.keys).sorted()
    where isDeleted(statement) {
      // What stands beside it would have nothing to stand on.
      throw .textNotUnderstood
    }
    // At one place closings come first, from the inside out, and openings last.
    for statement in text.statements.all.indices.reversed() {
      if let lines = inElse[statement] { edits.append(elseClause(statement, lines)) }
      if lined.contains(statement) { edits += closings(statement) }
    }
    for (statement, lines) in atStart.sorted(by: { $0.key < $1.key }) {
      edits.append(start(of: statement, lines))
    }
    for statement in text.statements.all.indices where lined.contains(statement) {
      edits += openings(statement)
    }
    edits += replacements
    for statement in deleted.sorted() { edits.append(deletion(statement)) }
    let sorted = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }.map(\.element)
    let made = sorted.map(edit)
    for (index, edit) in made.enumerated() {
      if made[..<index].contains(where: { edit.overlaps($0) }) { throw .textNotUnderstood }
    }
    return made
  }

  private func isDeleted(_ statement: Int) -> Bool {
    deleted.contains { text.statements.isWithin(statement, $0) }
  }

  private func edit(_ edit: (range: Range<Int>, text: String)) -> SourceEdit {
    let file = text.package.units[text.unit].files[Int(text.model.range.file)]
    func place(_ offset: Int) -> SourceEdit.Place {
      let (line, column) = file.position(of: UInt32(truncatingIfNeeded: offset))
      return SourceEdit.Place(offset: offset, line: line, column: column)
    }
    return SourceEdit(
      path: text.path, start: place(edit.range.lowerBound), end: place(edit.range.upperBound),
      replacement: edit.text)
  }

  // MARK: The form of the text

  private func openings(_ statement: Int) -> [(range: Range<Int>, text: String)] {
    let start = text.statements[statement].range.lowerBound
    let lines = before[statement] ?? []
    let isFirst = isFirstOnLine(start)
    var edits: [(Range<Int>, String)] = []
    if needsBraces(statement) {
      if isFirst {
        let end = endOfTokenBefore(start)
        edits.append((end..<end, " {"))
      } else {
        edits.append((start..<start, "{ "))
      }
    }
    let gap = isFirst ? newline + indentation(at: start) : " "
    for line in lines { edits.append((start..<start, spread(line, start) + gap)) }
    return edits
  }

  private func closings(_ statement: Int) -> [(range: Range<Int>, text: String)] {
    let range = text.statements[statement].range
    let end = range.upperBound
    let isFirst = isFirstOnLine(range.lowerBound)
    var edits: [(Range<Int>, String)] = []
    let gap = isFirst ? newline + indentation(at: range.lowerBound) : " "
    for line in behind[statement] ?? [] {
      edits.append((end..<end, gap + spread(line, range.lowerBound)))
    }
    if needsBraces(statement) {
      let outer = text.statements[statement].parent.map { text.statements[$0].range.lowerBound }
      edits.append(
        (end..<end, isFirst ? newline + indentation(at: outer ?? end) + "}" : " }"))
    }
    return edits
  }

  private func elseClause(
    _ statement: Int, _ lines: [String]
  ) -> (range: Range<Int>, text: String) {
    let range = text.statements[statement].range
    let indent = indentation(at: range.lowerBound)
    let body = text.statements[statement].children.first.map { text.statements[$0].kind }
    var new = body == .compound ? " else {" : newline + indent + "else {"
    for line in lines {
      new += newline + indent + unit + spread(line, range.lowerBound)
    }
    return (range.upperBound..<range.upperBound, new + newline + indent + "}")
  }

  /// Behind the declarations with which a block begins: old compilers want them first.
  private func start(of statement: Int, _ lines: [String]) -> (range: Range<Int>, text: String) {
    let block = text.statements[statement]
    var place = block.range.lowerBound + 1
    var next = block.children[...]
    while let child = next.first, isPlainDeclaration(child) {
      place = text.statements[child].range.upperBound
      next.removeFirst()
    }
    if let first = block.children.first {
      let start = text.statements[first].range.lowerBound
      let gap = isFirstOnLine(start) ? newline + indentation(at: start) : " "
      return (place..<place, lines.map { gap + spread($0, start) }.joined())
    }
    let indent = newline + indentation(at: block.range.lowerBound)
    let new = lines.map { indent + unit + spread($0, block.range.lowerBound) }.joined()
    let isOpen = text.bytes[block.range].contains(0x0A)
    return (place..<place, isOpen ? new : new + indent)
  }

  private func isPlainDeclaration(_ statement: Int) -> Bool {
    guard text.statements[statement].kind == .simple else { return false }
    let words = text.statements.tokens.words(in: text.statements[statement].range)
    guard !words.contains("="), !words.contains("("), words.count > 2 else { return false }
    // Two words, or a word and a star, begin a declaration.
    let tokens = text.statements.tokens
    let first = tokens.index(at: text.statements[statement].range.lowerBound)
    return tokens.tokens[first].kind == .word
      && (tokens.tokens[first + 1].kind == .word || tokens.isMark(first + 1, "*"))
  }

  private func deletion(_ statement: Int) -> (range: Range<Int>, text: String) {
    let statements = text.statements
    let one = statements[statement]
    if let parent = one.parent {
      let outer = statements[parent]
      if outer.kind == .if {
        // An empty branch needs something to stand for it, but an `else` can go.
        guard outer.children.count == 2, outer.children[1] == statement else {
          return (one.range, "{ }")
        }
        return (statements[outer.children[0]].range.upperBound..<one.range.upperBound, "")
      }
      if outer.kind != .compound { return (one.range, "{ }") }
      if outer.children == [statement], let above = outer.parent, statements[above].kind == .if,
        statements[above].children.count == 2, statements[above].children[1] == parent,
        atStart[parent] == nil
      {
        let end = statements[statements[above].children[0]].range.upperBound
        return (end..<outer.range.upperBound, "")
      }
    }
    var (start, end) = (one.range.lowerBound, one.range.upperBound)
    while start > 0, text.bytes[start - 1] == 0x20 || text.bytes[start - 1] == 0x09 { start -= 1 }
    while end < text.bytes.count, [0x20, 0x09, 0x0D].contains(text.bytes[end]) { end += 1 }
    if isFirstOnLine(one.range.lowerBound), end < text.bytes.count, text.bytes[end] == 0x0A {
      return (start..<end + 1, "")
    }
    return (one.range, "")
  }

  private func needsBraces(_ statement: Int) -> Bool {
    text.statements.isBareBody(statement)
      && (before[statement] != nil || behind[statement] != nil || grown.contains(statement))
  }

  private func endOfTokenBefore(_ offset: Int) -> Int {
    let tokens = text.statements.tokens
    let index = tokens.index(at: offset) - 1
    return index >= 0 ? tokens.tokens[index].range.upperBound : offset
  }

  private func lineStart(_ offset: Int) -> Int {
    var start = offset
    while start > 0, text.bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  private func isFirstOnLine(_ offset: Int) -> Bool {
    text.bytes[lineStart(offset)..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The blanks with which a line begins.
  func indentation(at offset: Int) -> String {
    let blanks = text.bytes[lineStart(offset)...].prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: blanks, as: UTF8.self)
  }

  /// A statement of several lines, indented for the line at an offset; a tab stands for one level.
  func spread(_ lines: String, _ offset: Int) -> String {
    lines.replacing("\t", with: unit)
      .replacing("\n", with: newline + indentation(at: offset))
  }

  /// One level of indentation as the function has it.
  private var unit: String {
    let body = text.statements[0]
    guard let first = body.children.first.map({ text.statements[$0].range.lowerBound }),
      isFirstOnLine(first)
    else { return "    " }
    // The brace may stand at the end of a list of parameters that is indented.
    let outer = indentation(at: Int(text.model.nameRange.start))
    let inner = indentation(at: first)
    return inner.hasPrefix(outer) && inner != outer ? String(inner.dropFirst(outer.count)) : "    "
  }

  private var newline: String {
    let end = text.bytes[text.statements[0].range].firstIndex(of: 0x0A)
    return end.map { $0 > 0 && text.bytes[$0 - 1] == 0x0D } == true ? "\r\n" : "\n"
  }
}
