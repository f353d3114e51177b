import Analysis
import ProgramModel
import PythonAPI

/// Gives one call that lends a reference the form of the call that hands one over.
struct BorrowSiteRepair {
  let text: FunctionText
  let point: CodePoint
  let name: String
  /// The API that gives a strong reference, and whether through a last argument.
  let replacement: String
  let hasOutput: Bool
  let result: Int32
  private let token: Int
  private let close: Int
  private let statement: Int

  /// Throws where no strong form is known or the text is not that of a plain call.
  init(_ text: FunctionText, _ point: CodePoint) throws(RepairRefusal) {
    guard case .call(let result?, .direct, _)? = text.instruction(at: point)?.operation,
      let name = text.calledName(text.instruction(at: point)),
      let replacement = PythonFacts.shared.function(name).flatMap(Self.replacement),
      let fact = PythonFacts.shared.function(replacement)
    else { throw .noReplacement }
    hasOutput = !fact.newReferenceArguments.isEmpty
    guard hasOutput || fact.returns == .new else { throw .noReplacement }
    guard let token = text.token(ofCallAt: point) else { throw .inMacro }
    guard let close = text.statements.tokens.closing(token + 1),
      let statement = text.statement(at: point)
    else { throw .textNotUnderstood }
    self.text = text
    self.point = point
    self.name = name
    self.replacement = replacement
    self.result = result
    self.token = token
    self.close = close
    self.statement = statement
  }

  /// The API to take instead. For attributes of `sys` there is none: what hands over a reference
  /// raises an error where nothing is found, which nobody would expect.
  private static func replacement(_ fact: APIFact) -> String? {
    fact.borrowedFrom == .sysAttribute ? nil : fact.strongReplacement
  }

  private var tokens: SourceTokens { text.statements.tokens }
  private var one: Statement { text.statements[statement] }
  private var callRange: Range<Int> {
    tokens.tokens[token].range.lowerBound..<tokens.tokens[close].range.upperBound
  }
  /// As they are, without blanks before the parenthesis.
  private var arguments: String {
    let last = tokens.tokens[max(token + 1, close - 1)].range.upperBound
    return tokens.text(tokens.tokens[token + 1].range.upperBound..<last)
  }
  /// The tokens of the statement before the call.
  private var prefix: [String] {
    tokens.words(in: one.range.lowerBound..<callRange.lowerBound)
  }

  /// Where the result goes: the store, and the local variable.
  func target() throws(RepairRefusal) -> (store: CodePoint, variable: Int32) {
    var found: (CodePoint, Int32)?
    for (place, use) in uses() {
      // What is assigned in a condition is tested there as well.
      if one.kind == .if, found != nil, text.statement(at: place) == statement {
        guard let operation = use?.operation else { continue }
        if case .compute = operation { continue }
      }
      guard found == nil, case .store(let id, _)? = use?.operation else { throw .notOneVariable }
      let target = text.model.places[Int(id.index)]
      guard case .local(let local) = target.base, target.path.isEmpty else {
        throw .notOneVariable
      }
      found = (place, local)
    }
    guard let found else { throw .notOneVariable }
    let unit = text.package.units[text.unit]
    let type = unit[text.model.locals[Int(found.1)].type]
    guard unit[type.spelling] == "PyObject *" else { throw .notOneVariable }
    return found
  }

  /// What uses the result; nil for a terminator.
  private func uses() -> [(CodePoint, Instruction?)] {
    var found: [(CodePoint, Instruction?)] = []
    for (number, block) in text.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        var operands = instruction.operation.operands
        if let id = instruction.operation.place {
          let place = text.model.places[Int(id.index)]
          operands += place.indices
          if case .temporary(let base) = place.base { operands.append(.temporary(base)) }
        }
        if operands.contains(.temporary(result)) {
          found.append((CodePoint(block: number, index: index), instruction))
        }
      }
      let isUsed: Bool =
        switch block.terminator {
        case .branch(let operand, _, _), .switch(let operand, _, _), .indirect(let operand, _),
          .return(let operand?):
          operand == .temporary(result)
        default: false
        }
      if isUsed { found.append((CodePoint(block: number, index: block.instructions.count), nil)) }
    }
    return found
  }

  // MARK: Into a variable

  /// Edits the call whose result goes into a variable. `testsErrors` says that the code asks for
  /// an error where nothing is found.
  ///
  /// - Returns: whether the edits test the result for NULL.
  func edit(
    variable: Int32, testsErrors: Bool, errorExit: String?, into plan: inout EditPlan
  ) throws(RepairRefusal) -> Bool {
    let variableName = text.name(ofLocal: variable)
    let casts = [["(", "PyObject", "*", ")"], []]
    guard let cast = casts.first(where: { prefix.suffix($0.count) == $0[...] }) else {
      throw .textNotUnderstood
    }
    let before = Array(prefix.dropLast(cast.count))
    if one.kind == .if {
      // The assignment is the first that the condition does: it can as well stand before.
      let head = Array(before.dropFirst(2))
      guard before.starts(with: ["if", "("]), head.suffix(3) == ["(", variableName, "="],
        head.dropLast(3).allSatisfy({ $0 == "!" || $0 == "(" }), tokens.isMark(close + 1, ")"),
        hasOutput
      else { throw .textNotUnderstood }
      let open = token - cast.count - 3
      guard !arguments.contains("\n") else { throw .textNotUnderstood }
      plan.insert(strongCall(variableName, testsErrors), before: statement)
      plan.replace(
        tokens.tokens[open].range.lowerBound..<tokens.tokens[close + 1].range.upperBound,
        by: variableName, in: statement, grows: false)
      return false
    }
    guard one.kind == .simple, tokens.isMark(close + 1, ";"),
      before.suffix(2) == [variableName, "="]
    else { throw .textNotUnderstood }
    if hasOutput {
      let new = spread(strongCall(variableName, testsErrors), plan)
      if before.count == 2 {
        plan.replace(one.range, by: new, in: statement, grows: true)
      } else {
        guard before.first == "PyObject" else { throw .textNotUnderstood }
        let end = tokens.tokens[token - cast.count - 2].range.upperBound
        plan.replace(
          end..<one.range.upperBound, by: plan.spread(";\n", one.range.lowerBound) + new,
          in: statement, grows: true)
      }
      return false
    }
    plan.replace(tokens.tokens[token].range, by: replacement, in: statement, grows: false)
    guard let errorExit else { return false }
    plan.insert("if (\(variableName) == NULL) {\n\t\(errorExit)\n}", behind: statement)
    return true
  }

  /// The statement that does what the call did, with the reference in a variable.
  private func strongCall(_ variable: String, _ testsErrors: Bool) -> String {
    let call = "\(replacement)(\(arguments), &\(variable))"
    return swallowsErrors && !testsErrors
      ? "if (\(call) < 0) {\n\tPyErr_Clear();\n}" : "(void)\(call);"
  }

  /// A statement with the indentation of this one; arguments over several lines stay as they are.
  private func spread(_ new: String, _ plan: EditPlan) -> String {
    new.replacing(arguments, with: "\u{0}")
      .split(separator: "\u{0}", omittingEmptySubsequences: false)
      .map { plan.spread(String($0), one.range.lowerBound) }.joined(separator: arguments)
  }

  /// Errors of these look like nothing found.
  var swallowsErrors: Bool {
    ["PyDict_GetItem", "PyDict_GetItemString"].contains(name) || isWeak
  }

  /// The target of a weak reference, which is `Py_None` where it is dead.
  var isWeak: Bool {
    PythonFacts.shared.function(name)?.borrowedFrom == .weakReferent
  }

  /// The macro cannot fail where the function that takes its place can.
  var gainsError: Bool {
    !hasOutput && text.calledFact(text.instruction(at: point))?.kind == .macro
  }

  // MARK: Into nothing but an expression

  /// Edits a call whose result is only an argument of another call, or returned with a new
  /// reference: a variable is made for it.
  ///
  /// - Returns: whether it was returned as it is, and now the caller owns it.
  func editInPlace(isReturned: Bool, into plan: inout EditPlan) throws(RepairRefusal) -> Bool {
    let uses = uses()
    guard uses.count == 1, let (place, use) = uses.first, text.statement(at: place) == statement,
      place.block == point.block
    else { throw .notOneVariable }
    guard let use else {
      guard isReturned, prefix == ["return"] else { throw .referenceEscapes }
      try editReturn(callRange, into: &plan)
      return true
    }
    guard case .call(let outer?, _, let values) = use.operation else { throw .notOneVariable }
    let outerName = text.calledName(use) ?? ""
    if outerName == "Py_NewRef" || outerName == "Py_XNewRef" {
      guard prefix == ["return", outerName, "("], tokens.isMark(close + 1, ")") else {
        throw .notOneVariable
      }
      try editReturn(
        tokens.tokens[token - 2].range.lowerBound..<tokens.tokens[close + 1].range.upperBound,
        into: &plan)
      return false
    }
    // The outer call fails where there is no object: what handles that is there already.
    guard text.calledFact(use)?.returns == .new, !hasOutput,
      text.calledFact(use)?.steals.isEmpty == true,
      values.count(where: { $0 == .temporary(result) }) == 1
    else { throw .noErrorExit }
    let calls = text.model.blocks[point.block].instructions.enumerated().filter {
      guard case .call = $0.element.operation else { return false }
      return text.statement(at: CodePoint(block: point.block, index: $0.offset)) == statement
    }
    guard calls.count == 2, let outerToken = text.token(ofCallAt: place),
      let outerClose = tokens.closing(outerToken + 1), tokens.isMark(outerClose + 1, ";"),
      outerToken < token, one.kind == .simple, isStored(outer)
    else { throw .textNotUnderstood }
    let start = tokens.tokens[outerToken].range.lowerBound
    guard tokens.words(in: one.range.lowerBound..<start).last == "=",
      tokens.words(in: one.range.lowerBound..<start).count == 2
    else { throw .textNotUnderstood }
    guard !arguments.contains("\n") else { throw .textNotUnderstood }
    let item = plan.freshName("item")
    plan.insert("PyObject *\(item) = \(replacement)(\(arguments));", before: statement)
    plan.replace(start..<start, by: "\(item) == NULL ? NULL : ", in: statement, grows: false)
    plan.replace(callRange, by: item, in: statement, grows: false)
    plan.insert("Py_XDECREF(\(item));", behind: statement)
    return false
  }

  /// Whether a result goes into a local variable that is tested.
  private func isStored(_ number: Int32) -> Bool {
    text.model.blocks[point.block].instructions.contains { instruction in
      guard case .store(let id, .temporary(number)) = instruction.operation,
        case .local(let local) = text.model.places[Int(id.index)].base
      else { return false }
      return text.model.blocks.contains { block in
        block.instructions.contains { other in
          guard case .compute(_, let operation, let values) = other.operation else { return false }
          return (operation == .equal || operation == .notEqual)
            && values.contains(.local(local)) && values.contains(.integer(0))
        }
      }
    }
  }

  private func editReturn(
    _ range: Range<Int>, into plan: inout EditPlan
  ) throws(RepairRefusal) {
    guard one.kind == .return,
      tokens.text(range.upperBound..<one.range.upperBound).filter({ $0 != " " }) == ";"
    else { throw .textNotUnderstood }
    guard hasOutput else {
      return plan.replace(
        range, by: "\(replacement)(\(arguments))", in: statement, grows: false)
    }
    guard statement > 0, let parent = one.parent else { throw .textNotUnderstood }
    let siblings = text.statements[parent].children
    if let index = siblings.firstIndex(of: statement), index > 0,
      text.statements[siblings[index - 1]].kind == .label
    {
      throw .textNotUnderstood
    }
    let result = plan.freshName("result")
    guard !arguments.contains("\n") else { throw .textNotUnderstood }
    plan.insert("PyObject *\(result);", before: statement)
    plan.insert(strongCall(result, false), before: statement)
    plan.replace(range, by: result, in: statement, grows: true)
  }
}
