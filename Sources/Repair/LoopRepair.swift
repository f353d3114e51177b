import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Puts a loop over the entries of a dict into a critical section on the dict.
struct LoopRepair {
  private let text: FunctionText
  private let loop: Int
  private let dict: String
  /// Key and value, by their names; those that are no plain locals are not among them.
  private var entries: [Int32] = []

  init(_ text: FunctionText, _ point: CodePoint) throws(RepairRefusal) {
    guard let token = text.token(ofCallAt: point) else { throw .inMacro }
    let tokens = text.statements.tokens
    guard let loop = text.statement(at: point), text.statements[loop].kind == .loop,
      tokens.text(tokens.index(at: text.statements[loop].range.lowerBound)) == "while",
      case .call(_, _, let arguments)? = text.instruction(at: point)?.operation,
      arguments.count == 4
    else { throw .textNotUnderstood }
    var end = token + 2
    while end < tokens.tokens.count, !tokens.isMark(end, ",") {
      // A plain name or way to a field: it can be read twice.
      guard
        tokens.tokens[end].kind == .word || tokens.isMark(end, "-") || tokens.isMark(end, ">")
          || tokens.isMark(end, ".")
      else { throw .textNotUnderstood }
      end += 1
    }
    let range = tokens.tokens[token + 2].range.lowerBound..<tokens.tokens[end].range.lowerBound
    self.text = text
    self.loop = loop
    dict = tokens.text(range).filter { $0 != " " && $0 != "\n" }
    for case .address(let id) in arguments.dropFirst(2) {
      let place = text.model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty { entries.append(local) }
    }
    try checkWays()
    try checkOwner(arguments[0])
  }

  /// Adds the section to a plan.
  ///
  /// - Returns: whether the entries are kept alive for calls in the loop.
  func edit(into plan: inout EditPlan) throws(RepairRefusal) -> Bool {
    guard text.statements[loop].parent.map({ text.statements[$0].kind }) != nil else {
      throw .textNotUnderstood
    }
    plan.insert("Py_BEGIN_CRITICAL_SECTION(\(dict));", before: loop)
    plan.insert("Py_END_CRITICAL_SECTION();", behind: loop)
    guard runsPython else { return false }
    guard let body = text.statements[loop].children.first, entries.count == 2,
      text.statements[body].kind == .compound, let last = text.statements[body].children.last
    else { throw .referenceEscapes }
    let names = entries.map(text.name(ofLocal:))
    // References that the loop takes itself are not understood here.
    guard !isTouched else { throw .pathNotUnderstood }
    for name in names { plan.insert("Py_INCREF(\(name));", atStartOf: body) }
    for statement in leavers(of: body) {
      for name in names { plan.insert("Py_DECREF(\(name));", before: statement) }
    }
    let kind = text.statements[last].kind
    if kind != .break, kind != .continue {
      for name in names { plan.insert("Py_DECREF(\(name));", behind: last) }
    }
    return true
  }

  private func isInside(_ point: CodePoint) -> Bool {
    text.statement(at: point).map { text.statements.isWithin($0, loop) } ?? false
  }

  private var inside: [(CodePoint, Instruction)] {
    text.model.blocks.enumerated().flatMap { number, block in
      block.instructions.enumerated().compactMap { index, instruction in
        let point = CodePoint(block: number, index: index)
        return isInside(point) ? (point, instruction) : nil
      }
    }
  }

  /// The section must end on every way out: nothing leaves the loop but its condition and `break`.
  private func checkWays() throws(RepairRefusal) {
    let words = Set(text.statements.tokens.words(in: text.statements[loop].range))
    guard words.isDisjoint(with: ["return", "goto", "longjmp"]) else { throw .pathNotUnderstood }
    guard text.isPlain(after: text.statements[loop].range.lowerBound, words: []) else {
      throw .pathNotUnderstood
    }
    for (number, block) in text.model.blocks.enumerated() {
      if case .return = block.terminator,
        isInside(CodePoint(block: number, index: block.instructions.count))
      {
        throw .inMacro
      }
    }
  }

  /// The lock must be on the same object from begin to end.
  private func checkOwner(_ owner: Operand) throws(RepairRefusal) {
    var last = dict[...]
    if let mark = last.lastIndex(where: { $0 == ">" || $0 == "." }) {
      last = last[last.index(after: mark)...]
    }
    let unit = text.package.units[text.unit]
    for (_, instruction) in inside {
      guard case .store(let id, _) = instruction.operation else { continue }
      let place = text.model.places[Int(id.index)]
      let name: String
      switch (place.path.last, place.base) {
      case (.field(let field, _)?, _): name = unit[field]
      case (nil, .local(let local)): name = text.name(ofLocal: local)
      case (nil, .variable(let symbol)): name = unit.name(of: symbol)
      default: continue
      }
      if name == last { throw .pathNotUnderstood }
    }
  }

  /// Whether the loop calls what can run Python code, which lets the section go for a while.
  private var runsPython: Bool {
    inside.contains { _, instruction in
      guard case .call = instruction.operation else { return false }
      guard let fact = text.calledFact(instruction) else { return true }
      return fact.yield.maySuspend && fact.name != "PyDict_Next"
    }
  }

  /// Whether the loop changes the counts of key or value, or the variables.
  private var isTouched: Bool {
    inside.contains { _, instruction in
      switch instruction.operation {
      case .store(let id, _):
        let place = text.model.places[Int(id.index)]
        if case .local(let local) = place.base, place.path.isEmpty {
          return entries.contains(local)
        }
        return false
      case .call(_, _, let arguments):
        guard let name = text.calledName(instruction),
          ReferenceFlow.takes.contains(name) || ReferenceFlow.gives.contains(name),
          case .local(let local)? = arguments.first
        else { return false }
        return entries.contains(local)
      default: return false
      }
    }
  }

  /// The `break` and `continue` of this loop, not of one within it.
  private func leavers(of statement: Int) -> [Int] {
    text.statements[statement].children.flatMap { child -> [Int] in
      switch text.statements[child].kind {
      case .break, .continue: return [child]
      case .loop, .do, .switch: return continues(of: child)
      default: return leavers(of: child)
      }
    }
  }

  /// In a `switch`, `continue` still is the loop's.
  private func continues(of statement: Int) -> [Int] {
    guard text.statements[statement].kind == .switch else { return [] }
    return text.statements.all.indices.filter {
      text.statements[$0].kind == .continue && text.statements.isWithin($0, statement)
    }
  }
}
