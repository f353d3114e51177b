import Analysis
import ProgramModel
import PythonAPI

/// Follows the references that one local variable gets at some points, to the end of each.
///
/// "Before" is the text as it is, where these references are borrowed; "after" is the text with the
/// edits, where they are owned from the start. The flow tells where "before" takes a reference,
/// which "after" has already, and where "after" must give one up.
struct ReferenceFlow {
  /// Who owns what is in the variable.
  enum State: Hashable {
    /// Something else: what was stored there, by the store's point; nil: what it began with.
    case other(CodePoint?)
    case null
    /// Borrowed before, owned after; may be NULL.
    case maybe
    /// Borrowed before, owned after; not NULL.
    case held
    /// Owned before and after.
    case taken

    var isOpen: Bool { self == .maybe || self == .held }
  }

  /// How the variable gets a reference that is owned after.
  enum Origin: Hashable {
    /// Stored from a call that lends it; NULL where there is nothing.
    case borrow
    /// The same, and tested for NULL by the edits.
    case tested
    /// Its reference is given up here before, though it is used later.
    case drop
    /// Stored from something else, with a reference that is taken later before.
    case acquire
  }

  let text: FunctionText
  let variable: Int32
  /// By the point of the store, or of the call that drops.
  var origins: [CodePoint: Origin]
  /// Whether `Py_None` stands before for what is NULL after: the dead target of a weak reference.
  var noneIsNull = false
  /// Results of calls that are owned after the edits.
  var owned: Set<Int32> = []
  private(set) var live = Liveness()
  /// What can be in the variable where a block begins.
  private(set) var entry: [Set<State>] = []

  init(_ text: FunctionText, variable: Int32, origins: [CodePoint: Origin]) {
    self.text = text
    self.variable = variable
    self.origins = origins
  }

  /// Runs the analyses; again after `origins` were changed.
  mutating func run() throws(RepairRefusal) {
    live = try Liveness(text, variable, owned: owned)
    let count = text.model.blocks.count
    entry = Array(repeating: [], count: count)
    guard count > 0 else { return }
    entry[0] = [.other(nil)]
    var waiting = text.flow.reversePostorder.map { Int($0.index) }
    var rounds = 0
    while let block = waiting.first {
      waiting.removeFirst()
      rounds += 1
      guard rounds < 50 * count + 100 else { throw .functionNotUnderstood }
      let exit = states(endOf: block)
      for edge in text.flow.successors(of: BlockID(Int32(truncatingIfNeeded: block))) {
        let target = Int(edge.to.index)
        let merged = entry[target].union(refined(exit, edge))
        guard merged != entry[target] else { continue }
        entry[target] = merged
        if !waiting.contains(target) { waiting.append(target) }
      }
    }
  }

  /// What can be in the variable before each point of a block, its terminator last.
  func states(in block: Int) -> [Set<State>] {
    var current = entry[block]
    var found = [current]
    for index in text.model.blocks[block].instructions.indices {
      current = after(CodePoint(block: block, index: index), current)
      found.append(current)
    }
    return found
  }

  private func states(endOf block: Int) -> Set<State> { states(in: block).last ?? [] }

  /// What an instruction makes of the variable.
  func after(_ point: CodePoint, _ before: Set<State>) -> Set<State> {
    guard let instruction = text.instruction(at: point), !before.isEmpty else { return before }
    if let value = storedValue(instruction) {
      switch origins[point] {
      case .borrow?: return [.maybe]
      case .acquire?, .tested?: return [.held]
      case .drop?, nil: break
      }
      return value == .integer(0) ? [.null] : [.other(point)]
    }
    if origins[point] == .drop { return Set(before.map { $0 == .null ? .null : .held }) }
    if isTake(instruction) {
      return Set(before.map { $0.isOpen ? .taken : $0 })
    }
    return before
  }

  /// The value that an instruction stores in the variable; nil where it does not.
  func storedValue(_ instruction: Instruction) -> Operand? {
    guard case .store(let place, let value) = instruction.operation else { return nil }
    let target = text.model.places[Int(place.index)]
    return target.base == .local(variable) && target.path.isEmpty ? value : nil
  }

  /// Whether an instruction makes a reference of the variable's.
  func isTake(_ instruction: Instruction) -> Bool {
    guard case .call(_, _, let arguments) = instruction.operation,
      let name = text.calledName(instruction), arguments.first == .local(variable)
    else { return false }
    return Self.takes.contains(name)
  }

  static let takes: Set<String> = ["Py_INCREF", "Py_XINCREF", "Py_NewRef", "Py_XNewRef"]
  static let gives: Set<String> = ["Py_DECREF", "Py_XDECREF", "Py_CLEAR"]

  /// What is left of the states behind a test for NULL.
  func refined(_ states: Set<State>, _ edge: FlowEdge) -> Set<State> {
    guard edge.kind == .then || edge.kind == .otherwise,
      let whenTrue = nullTest(Int(edge.from.index))
    else { return states }
    let isNull = whenTrue == (edge.kind == .then)
    return Set(
      states.compactMap { state in
        switch state {
        case .maybe: isNull ? .null : .held
        case .null: isNull ? .null : nil
        case .held: isNull ? nil : .held
        case .other, .taken: state
        }
      })
  }

  /// For a block that ends with a test of the variable: whether the variable is NULL where the
  /// branch is taken. nil for other blocks.
  func nullTest(_ block: Int) -> Bool? {
    guard case .branch(let condition, _, _) = text.model.blocks[block].terminator else {
      return nil
    }
    if holds(condition, block) { return false }
    guard case .temporary(let number) = condition else { return nil }
    for instruction in text.model.blocks[block].instructions.reversed() {
      if storedValue(instruction) != nil { return nil }
      guard instruction.operation.result == number else { continue }
      guard case .compute(_, let operation, let operands) = instruction.operation else {
        return nil
      }
      switch operation {
      case .equal where isNullTest(operands, block): return true
      case .notEqual where isNullTest(operands, block): return false
      case .not where operands.count == 1 && holds(operands[0], block): return true
      default: return nil
      }
    }
    return nil
  }

  /// Whether a value is the variable's: itself, or what a block has just stored in it.
  private func holds(_ operand: Operand, _ block: Int) -> Bool {
    if operand == .local(variable) { return true }
    guard case .temporary = operand else { return false }
    return text.model.blocks[block].instructions.last { storedValue($0) != nil }
      .flatMap(storedValue) == operand
  }

  /// Whether operands compared are the variable and NULL.
  private func isNullTest(_ operands: [Operand], _ block: Int) -> Bool {
    operands.count == 2 && operands.contains { holds($0, block) }
      && operands.contains { $0 == .integer(0) || noneIsNull && text.isNone($0) }
  }
}
