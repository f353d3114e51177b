import Analysis
import ProgramModel
import PythonAPI

/// Makes the references that one variable gets at some points owned, on every path to their ends.
///
/// The plan gets the releases, and loses the takes; the text at the origins themselves is another's.
struct VariableRepair {
  /// What a `return` of the variable hands over while the reference is open.
  enum Return {
    /// The function must not return it.
    case never
    /// The caller gets the reference, as it does after each other return.
    case strong
  }

  let text: FunctionText
  private let variable: Int32
  private let name: String
  private let returning: Return
  private(set) var flow: ReferenceFlow
  /// Whether a reference that was borrowed is returned.
  private(set) var returnsOpen = false
  /// Whether something that the function does not own is, or may be, returned.
  private(set) var returnsOther = false
  var plan: EditPlan
  /// Statements whose conditions were dealt with.
  private var left: Set<Int> = []

  /// Plans; throws why there is no sure way.
  static func plan(
    _ text: FunctionText, variable: Int32, origins: [CodePoint: ReferenceFlow.Origin],
    returning: Return = .never, noneIsNull: Bool = false, owned: Set<Int32> = [],
    into plan: inout EditPlan
  ) throws(RepairRefusal) -> VariableRepair {
    let name = text.name(ofLocal: variable)
    guard !name.isEmpty,
      text.model.locals.count(where: { text.package.units[text.unit][$0.name] == name }) == 1
    else { throw .notOneVariable }
    var repair = VariableRepair(
      text: text, variable: variable, name: name, returning: returning,
      flow: ReferenceFlow(text, variable: variable, origins: origins), plan: plan)
    repair.flow.noneIsNull = noneIsNull
    repair.flow.owned = owned
    try repair.settleTakes()
    try repair.walk()
    plan = repair.plan
    return repair
  }

  private init(
    text: FunctionText, variable: Int32, name: String, returning: Return, flow: ReferenceFlow,
    plan: EditPlan
  ) {
    self.text = text
    self.variable = variable
    self.name = name
    self.returning = returning
    self.flow = flow
    self.plan = plan
  }

  /// Where a reference is taken both of what was borrowed and of something else, the something
  /// else gets its reference where it is stored.
  private mutating func settleTakes() throws(RepairRefusal) {
    for _ in 0..<8 {
      try flow.run()
      var found: Set<CodePoint> = []
      for id in text.flow.reversePostorder {
        let states = flow.states(in: Int(id.index))
        for (index, instruction) in text.model.blocks[Int(id.index)].instructions.enumerated()
        where flow.isTake(instruction) && states[index].contains(where: \.isOpen) {
          for case .other(let store) in states[index] {
            guard let store, text.calledName(instruction) == "Py_INCREF" else {
              throw .pathNotUnderstood
            }
            found.insert(store)
          }
        }
      }
      if found.isEmpty { return }
      for store in found { flow.origins[store] = .acquire }
    }
    throw .pathNotUnderstood
  }

  private mutating func walk() throws(RepairRefusal) {
    for id in text.flow.reversePostorder {
      let block = Int(id.index)
      let states = flow.states(in: block)
      let count = text.model.blocks[block].instructions.count
      for index in 0..<count {
        try instruction(CodePoint(block: block, index: index), states[index], states[index + 1])
      }
      try terminator(CodePoint(block: block, index: count), states[count])
    }
  }

  // MARK: Instructions

  private mutating func instruction(
    _ point: CodePoint, _ before: Set<ReferenceFlow.State>, _ after: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    guard let instruction = text.instruction(at: point) else { return }
    if flow.storedValue(instruction) != nil {
      try store(point, before)
    } else if flow.origins[point] == .drop {
      try drop(point, before)
    } else if before.contains(where: { $0.isOpen || flow.noneIsNull && $0 == .null }) {
      if flow.noneIsNull { try checkNone(instruction, before) }
      if flow.isTake(instruction) {
        try take(point, before)
      } else {
        try checkUse(instruction)
      }
    }
    guard after.contains(where: \.isOpen), !flow.live.isLive(after: point) else { return }
    let isBorn = flow.origins[point] != nil
    guard isBorn || flow.live.isLive(before: point) else { return }
    let statement = try simpleStatement(point)
    plan.insert(try release(after), behind: statement)
  }

  private mutating func store(
    _ point: CodePoint, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    if flow.origins[point] == .acquire {
      let statement = try simpleStatement(point)
      guard !before.contains(where: \.isOpen) || !flow.live.isLive(before: point) else {
        throw .pathNotUnderstood
      }
      plan.insert("Py_INCREF(\(name));", behind: statement)
    }
    guard before.contains(where: \.isOpen) else { return }
    // An alias would outlive what it came from.
    guard flow.live.aliases.isEmpty else { throw .notOneVariable }
    guard flow.live.isLive(before: point) else { return }
    // The old reference is used to make the new one.
    let statement = try simpleStatement(point)
    guard !isBehindLabel(statement) else { throw .textNotUnderstood }
    let release = try release(before)
    let old = plan.freshName("old_\(name)")
    plan.insert("PyObject *\(old) = \(name);", before: statement)
    plan.insert(release.replacing("(\(name))", with: "(\(old))"), behind: statement)
  }

  private mutating func drop(
    _ point: CodePoint, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    guard before.allSatisfy({ !$0.isOpen && $0 != .other(nil) }) else { throw .pathNotUnderstood }
    plan.delete(try wholeStatement(point))
  }

  private mutating func take(
    _ point: CodePoint, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    guard before.allSatisfy({ $0.isOpen || $0 == .null }) else { throw .pathNotUnderstood }
    guard let name = text.calledName(text.instruction(at: point)) else { throw .textNotUnderstood }
    if name == "Py_INCREF" || name == "Py_XINCREF" {
      let statement = try wholeStatement(point)
      return plan.delete(loneTest(of: statement) ?? statement)
    }
    // Py_NewRef(v) hands over what is owned already.
    guard let token = text.token(ofCallAt: point),
      let close = text.statements.tokens.closing(token + 1),
      let statement = text.statement(at: point)
    else { throw .inMacro }
    let tokens = text.statements.tokens
    let range =
      tokens.tokens[token].range.lowerBound..<tokens.tokens[close].range.upperBound
    guard argument(token + 1, close) else { throw .textNotUnderstood }
    plan.replace(range, by: self.name, in: statement, grows: false)
  }

  /// `if (v != NULL) Py_INCREF(v);` is gone with its body.
  private func loneTest(of statement: Int) -> Int? {
    let statements = text.statements
    var inner = statement
    guard var outer = statements[inner].parent else { return nil }
    if statements[outer].kind == .compound, statements[outer].children == [statement] {
      inner = outer
      guard let above = statements[outer].parent else { return nil }
      outer = above
    }
    guard statements[outer].kind == .if, statements[outer].children == [inner],
      let header = statements[outer].header
    else { return nil }
    let words = statements.tokens.words(in: header)
    let plain = [[name], [name, "!", "=", "NULL"], ["NULL", "!", "=", name]]
    return plain.contains(words) ? outer : nil
  }

  /// The dead target was an object before and is NULL after: nothing but the test may see it.
  private func checkNone(
    _ instruction: Instruction, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    guard before != [.held] else { return }
    if case .compute(_, .equal, let operands) = instruction.operation,
      operands.contains(where: text.isNone)
    {
      return
    }
    if case .compute(_, .notEqual, let operands) = instruction.operation,
      operands.contains(where: text.isNone)
    {
      return
    }
    var operands = instruction.operation.operands
    if let id = instruction.operation.place,
      case .local(let local) = text.model.places[Int(id.index)].base
    {
      operands.append(.local(local))
    }
    if operands.contains(where: { flow.live.holds($0, variable) }) { throw .pathNotUnderstood }
  }

  /// What may not happen to a reference that is borrowed before.
  private func checkUse(_ instruction: Instruction) throws(RepairRefusal) {
    let live = flow.live
    func holds(_ operand: Operand) -> Bool { live.holds(operand, variable) }
    switch instruction.operation {
    case .store(let id, let value):
      guard holds(value) else { return }
      let place = text.model.places[Int(id.index)]
      if case .local = place.base, place.path.isEmpty { return }
      throw .referenceEscapes
    case .atomic(_, _, _, _, let values):
      if values.contains(where: holds) { throw .referenceEscapes }
    case .opaque(_, _, let values):
      if values.contains(where: holds) { throw .functionNotUnderstood }
    case .call(_, _, let arguments):
      guard arguments.contains(where: holds) else { return }
      if let name = text.calledName(instruction),
        ReferenceFlow.gives.contains(name) || ReferenceFlow.takes.contains(name)
      {
        // Taken or given up through another name, or given up though it was never taken.
        throw .pathNotUnderstood
      }
      let stolen = text.calledFact(instruction)?.steals.map(\.argument) ?? []
      for argument in stolen where argument < arguments.count && holds(arguments[argument]) {
        throw .referenceEscapes
      }
    default: return
    }
  }

  // MARK: Ends of blocks

  private mutating func terminator(
    _ point: CodePoint, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    let block = text.model.blocks[point.block]
    if case .return(let operand) = block.terminator { return try exit(point, operand, before) }
    guard before.contains(where: \.isOpen), flow.live.isLive(before: point) else { return }
    switch block.terminator {
    case .branch: break
    case .jump, .unreachable, .throw, .return: return
    case .switch, .indirect: throw .pathNotUnderstood
    }
    guard let statement = text.statement(at: point) else { throw .pathNotUnderstood }
    if left.insert(statement).inserted { try leave(statement) }
  }

  private mutating func exit(
    _ point: CodePoint, _ operand: Operand?, _ before: Set<ReferenceFlow.State>
  ) throws(RepairRefusal) {
    let isOpen = before.contains(where: \.isOpen)
    if operand == .local(variable) {
      if flow.noneIsNull, before != [.held], before != [.taken] { throw .pathNotUnderstood }
      if !before.allSatisfy({ $0.isOpen || $0 == .null || $0 == .taken }) { returnsOther = true }
      guard isOpen else { return }
      guard returning == .strong, before.allSatisfy({ $0.isOpen || $0 == .null }) else {
        throw returning == .strong ? .pathNotUnderstood : .referenceEscapes
      }
      returnsOpen = true
      return
    }
    guard isOpen, flow.live.isLive(before: point) else { return }
    if let operand, flow.live.holds(operand, variable) { throw .referenceEscapes }
    // What is returned is computed with it.
    guard let statement = text.statement(at: point), text.statements[statement].kind == .return,
      !isBehindLabel(statement), text.model.blocks[point.block].range.macro == .empty
    else { throw .pathNotUnderstood }
    let unit = text.package.units[text.unit]
    let type = unit[unit[text.model.resultType].spelling]
    guard !type.isEmpty else { throw .pathNotUnderstood }
    let result = plan.freshName("result")
    let start = text.statements[statement].range.lowerBound
    let gap = type.hasSuffix("*") ? "" : " "
    plan.replace(
      start..<start + "return".utf8.count, by: "\(type)\(gap)\(result) =", in: statement,
      grows: true)
    plan.insert(try release(before), behind: statement)
    plan.insert("return \(result);", behind: statement)
  }

  // MARK: Text

  /// The statement that gives the reference up.
  func release(_ states: Set<ReferenceFlow.State>) throws(RepairRefusal) -> String {
    guard states.allSatisfy({ $0.isOpen || $0 == .null }) else { throw .pathNotUnderstood }
    return states == [.held] ? "Py_DECREF(\(name));" : "Py_XDECREF(\(name));"
  }

  /// The statement of a point, where something can follow it.
  private func simpleStatement(_ point: CodePoint) throws(RepairRefusal) -> Int {
    guard let statement = text.statement(at: point) else { throw .textNotUnderstood }
    let kind = text.statements[statement].kind
    guard kind == .simple || kind == .macro else { throw .textNotUnderstood }
    return statement
  }

  /// The statement that is nothing but a call with the variable.
  private func wholeStatement(_ point: CodePoint) throws(RepairRefusal) -> Int {
    guard let token = text.token(ofCallAt: point) else { throw .inMacro }
    let statement = try simpleStatement(point)
    let tokens = text.statements.tokens
    guard text.statements[statement].range.lowerBound == tokens.tokens[token].range.lowerBound,
      let close = tokens.closing(token + 1), argument(token + 1, close),
      tokens.isMark(close + 1, ";"),
      text.statements[statement].range.upperBound == tokens.tokens[close + 1].range.upperBound
    else { throw .textNotUnderstood }
    return statement
  }

  /// Whether the parentheses hold the variable alone.
  private func argument(_ open: Int, _ close: Int) -> Bool {
    let words = (open + 1..<close).map { text.statements.tokens.text($0) }
    return words == [name] || words == ["(", "PyObject", "*", ")", name]
  }

  /// A declaration cannot follow a label.
  private func isBehindLabel(_ statement: Int) -> Bool {
    guard let parent = text.statements[statement].parent,
      let index = text.statements[parent].children.firstIndex(of: statement), index > 0
    else { return false }
    return text.statements[text.statements[parent].children[index - 1]].kind == .label
  }
}
