import Analysis
import Findings
import ProgramModel
import PythonAPI

/// Plans the repair of one function whose borrowed references become owned.
struct BorrowRepair {
  let text: FunctionText
  private(set) var plan: EditPlan
  private var variables: [Int32: [CodePoint: ReferenceFlow.Origin]] = [:]
  private var weakVariables: Set<Int32> = []
  /// Results of calls that are owned after the edits.
  private var owned: Set<Int32> = []
  /// Whether references that were borrowed are returned.
  private(set) var returnsOpen = false
  /// Whether a return hands over what a call lends without a variable.
  private(set) var isHandedOn = false
  /// Whether a variable is returned with something that the function does not own.
  private(set) var returnsOther = false
  /// The strong APIs that the edits use.
  private(set) var replacements: [String] = []
  /// Whether a look-up that ignored errors hands them to the test that asks for them.
  private(set) var keepsErrors = false
  private(set) var clearsErrors = false

  init(_ text: FunctionText) {
    self.text = text
    plan = EditPlan(text)
  }

  /// Gives the calls at these points their strong forms. `isReturned` says that callers get strong
  /// references.
  mutating func edit(borrows points: [CodePoint], isReturned: Bool) throws(RepairRefusal) {
    for point in points {
      let site = try BorrowSiteRepair(text, point)
      owned.insert(site.result)
      guard isPlain(after: point) else { throw .pathNotUnderstood }
      if !replacements.contains(site.replacement) { replacements.append(site.replacement) }
      let target: (store: CodePoint, variable: Int32)
      do throws(RepairRefusal) {
        target = try site.target()
      } catch {
        if try site.editInPlace(isReturned: isReturned, into: &plan) { isHandedOn = true }
        continue
      }
      try edit(site, target.store, target.variable)
    }
  }

  private mutating func edit(
    _ site: BorrowSiteRepair, _ store: CodePoint, _ variable: Int32
  ) throws(RepairRefusal) {
    var probe = ReferenceFlow(text, variable: variable, origins: [store: .borrow])
    probe.noneIsNull = site.isWeak
    try probe.run()
    if site.isWeak { try editWeakTests(variable, probe) }
    let testsErrors = !site.isWeak && Self.testsErrors(probe)
    var exit: String?
    if site.gainsError, Self.isUsedUntested(probe) {
      guard let found = ErrorExit.statement(after: store, in: text) else { throw .noErrorExit }
      exit = found
    }
    let isTested = try site.edit(
      variable: variable, testsErrors: testsErrors, errorExit: exit, into: &plan)
    if site.swallowsErrors {
      if testsErrors { keepsErrors = true } else { clearsErrors = true }
    }
    variables[variable, default: [:]][store] = isTested ? .tested : .borrow
  }

  /// The results of calls of helpers that hand over references from now on.
  mutating func add(
    results points: [CodePoint], of helper: FunctionID
  ) throws(RepairRefusal) -> Bool {
    var isHandedOn = false
    for point in points {
      guard case .call(let result?, _, _)? = text.instruction(at: point)?.operation else {
        throw .noReplacement
      }
      guard isPlain(after: point) else { throw .pathNotUnderstood }
      owned.insert(result)
      if case .return(.temporary(result)?) = text.model.blocks[point.block].terminator,
        point.index == text.model.blocks[point.block].instructions.count - 1
      {
        isHandedOn = true
        continue
      }
      let store = CodePoint(block: point.block, index: point.index + 1)
      guard case .store(let id, .temporary(result))? = text.instruction(at: store)?.operation,
        case .local(let local) = text.model.places[Int(id.index)].base,
        text.model.places[Int(id.index)].path.isEmpty
      else { throw .notOneVariable }
      variables[local, default: [:]][store] = .borrow
    }
    return isHandedOn
  }

  /// Gives what is borrowed in turn from the variables its strong form: it would not outlive them.
  mutating func editBorrowsFromVariables() throws(RepairRefusal) {
    var points: [CodePoint] = []
    for (number, block) in text.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, _, let arguments) = instruction.operation,
          let fact = text.calledFact(instruction), fact.borrowRisk == .dangerous,
          fact.strongReplacement != nil, let owner = fact.ownerArgument, owner < arguments.count,
          case .local(let local) = arguments[owner], variables[local] != nil
        else { continue }
        points.append(CodePoint(block: number, index: index))
      }
    }
    try edit(borrows: points, isReturned: false)
  }

  /// References that are given up though they are used, or returned, afterwards.
  mutating func addDrops() throws(RepairRefusal) {
    for (number, block) in text.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard text.calledName(instruction) == "Py_DECREF",
          case .call(_, _, let arguments) = instruction.operation,
          case .local(let local)? = arguments.first, variables[local] != nil
        else { continue }
        let point = CodePoint(block: number, index: index)
        var flow = ReferenceFlow(text, variable: local, origins: [:])
        try flow.run()
        if flow.live.isLive(after: point) { variables[local]?[point] = .drop }
      }
    }
  }

  /// Plans the releases of all variables.
  mutating func settle(returning: VariableRepair.Return) throws(RepairRefusal) {
    for (variable, origins) in variables.sorted(by: { $0.key < $1.key }) {
      let done = try VariableRepair.plan(
        text, variable: variable, origins: origins, returning: returning,
        noneIsNull: weakVariables.contains(variable), owned: owned, into: &plan)
      if done.returnsOpen { returnsOpen = true }
      if done.returnsOther { returnsOther = true }
    }
  }

  /// Whether a local is one of the variables.
  func isSettled(_ local: Int32) -> Bool { variables[local] != nil }

  /// Whether what is compiled behind a point does not depend on macros in a way that matters.
  private func isPlain(after point: CodePoint) -> Bool {
    guard let range = text.instruction(at: point)?.range else { return false }
    return text.isPlain(after: Int(range.start), words: [])
  }

  /// Whether a block that is reached with NULL begins with a question for an error.
  private static func testsErrors(_ flow: ReferenceFlow) -> Bool {
    let text = flow.text
    for id in text.flow.reversePostorder {
      guard let whenTrue = flow.nullTest(Int(id.index)) else { continue }
      let states = flow.states(in: Int(id.index)).last ?? []
      guard states.contains(where: \.isOpen) else { continue }
      for edge in text.flow.successors(of: id)
      where (edge.kind == .then || edge.kind == .otherwise)
        && (edge.kind == .then) == whenTrue
      {
        let first = text.model.blocks[Int(edge.to.index)].instructions.first
        if text.calledName(first) == "PyErr_Occurred" { return true }
      }
    }
    return false
  }

  /// Whether the result is used by more than tests where it can be NULL.
  private static func isUsedUntested(_ flow: ReferenceFlow) -> Bool {
    let text = flow.text
    for id in text.flow.reversePostorder {
      let block = Int(id.index)
      let states = flow.states(in: block)
      for (index, instruction) in text.model.blocks[block].instructions.enumerated()
      where states[index].contains(.maybe) {
        if case .compute = instruction.operation { continue }
        var operands = instruction.operation.operands
        if let place = instruction.operation.place,
          case .local(let local) = text.model.places[Int(place.index)].base
        {
          if flow.storedValue(instruction) == nil { operands.append(.local(local)) }
        }
        if operands.contains(where: { flow.live.holds($0, flow.variable) }) { return true }
      }
      if case .return(.local(flow.variable)?) = text.model.blocks[block].terminator,
        states.last?.contains(.maybe) == true
      {
        let unit = text.package.units[text.unit]
        if unit[text.model.resultType].kind != .pointer { return true }
      }
    }
    return false
  }

  // MARK: Weak references

  /// The dead target is NULL after: tests for `Py_None` become tests for NULL.
  private mutating func editWeakTests(
    _ variable: Int32, _ flow: ReferenceFlow
  ) throws(RepairRefusal) {
    var count = 0
    let name = text.name(ofLocal: variable)
    let tokens = text.statements.tokens
    for id in text.flow.reversePostorder {
      let states = flow.states(in: Int(id.index))
      for (index, instruction) in text.model.blocks[Int(id.index)].instructions.enumerated() {
        guard case .compute(_, let operation, let values) = instruction.operation,
          operation == .equal || operation == .notEqual, values.contains(.local(variable)),
          states[index].contains(where: { $0.isOpen || $0 == .null })
        else { continue }
        // A test for an error, which is none any more.
        guard values.contains(where: text.isNone), instruction.range.macro == .empty,
          let statement = text.statement(at: CodePoint(block: Int(id.index), index: index))
        else { throw .pathNotUnderstood }
        let first = tokens.index(at: Int(instruction.range.start))
        let words = tokens.words(in: Int(instruction.range.start)..<Int(instruction.range.end))
        let mark = operation == .equal ? "=" : "!"
        let at: Int
        switch words {
        case [name, mark, "=", "Py_None"]: at = first + 3
        case ["Py_None", mark, "=", name]: at = first
        default: throw .textNotUnderstood
        }
        plan.replace(tokens.tokens[at].range, by: "NULL", in: statement, grows: false)
        count += 1
      }
    }
    guard count > 0 else { throw .pathNotUnderstood }
    weakVariables.insert(variable)
  }
}
