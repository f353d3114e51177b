import Analysis
import ProgramModel
import PythonAPI

/// Where what is in a variable is still used: by its own name, or through what was made of it.
///
/// A use counts for its whole statement: nothing can be inserted within one.
struct Liveness {
  /// Locals other than the variable that can hold the same object, or a pointer into it.
  private(set) var aliases: Set<Int32> = []
  private var owned: Set<Int32> = []
  private var aliasTemporaries: Set<Int32> = []
  /// For each block, before each point, the terminator's included, and after the block.
  private var before: [[Bool]] = []
  private(set) var atEnd: [Bool] = []
  /// Statements that use what is in the variable.
  private(set) var users: Set<Int> = []

  init() {}

  /// - Parameter owned: results of calls that are owned after the edits, whatever they were before.
  init(
    _ text: FunctionText, _ variable: Int32, owned: Set<Int32>
  ) throws(RepairRefusal) {
    self.owned = owned
    let model = text.model
    for place in model.places where place.base == .local(variable) && !place.path.isEmpty {
      // Fields of what it points to are read through the pointer; anything else is no pointer.
      guard place.path.first == .dereference else { throw .notOneVariable }
    }
    findAliases(text, variable)
    let points = model.blocks.map { block in
      Array(repeating: false, count: block.instructions.count + 1)
    }
    var uses = points
    for (number, block) in model.blocks.enumerated() {
      for index in 0...block.instructions.count {
        let point = CodePoint(block: number, index: index)
        guard try isUse(point, text, variable) else { continue }
        uses[number][index] = true
        if let statement = text.statement(at: point) { users.insert(statement) }
      }
    }
    for (number, block) in model.blocks.enumerated() {
      for index in 0...block.instructions.count where !uses[number][index] {
        let point = CodePoint(block: number, index: index)
        guard let statement = text.statement(at: point), users.contains(statement) else { continue }
        if index == block.instructions.count, case .jump = block.terminator { continue }
        uses[number][index] = true
      }
    }
    solve(text, variable, uses, points)
  }

  /// Whether the variable's content is used at a point or later.
  func isLive(before point: CodePoint) -> Bool { before[point.block][point.index] }

  /// Whether it is used later than at a point.
  func isLive(after point: CodePoint) -> Bool {
    point.index + 1 < before[point.block].count
      ? before[point.block][point.index + 1] : atEnd[point.block]
  }

  func isLive(atStartOf block: Int) -> Bool { before[block].first ?? false }

  func holds(_ operand: Operand, _ variable: Int32) -> Bool {
    switch operand {
    case .local(let local): local == variable || aliases.contains(local)
    case .temporary(let number): aliasTemporaries.contains(number)
    default: false
    }
  }

  private mutating func solve(
    _ text: FunctionText, _ variable: Int32, _ uses: [[Bool]], _ points: [[Bool]]
  ) {
    before = points
    atEnd = Array(repeating: false, count: points.count)
    var changed = true
    while changed {
      changed = false
      for id in text.flow.reversePostorder.reversed() {
        let block = Int(id.index)
        var live = text.model.blocks[block].successors.contains {
          before[Int($0.index)].first == true
        }
        atEnd[block] = live
        let instructions = text.model.blocks[block].instructions
        for index in (0...instructions.count).reversed() {
          if index < instructions.count, case .store(let id, _) = instructions[index].operation {
            let place = text.model.places[Int(id.index)]
            if place.base == .local(variable), place.path.isEmpty { live = false }
          }
          if uses[block][index] { live = true }
          if before[block][index] != live {
            before[block][index] = live
            changed = true
          }
        }
      }
    }
  }

  private func isUse(
    _ point: CodePoint, _ text: FunctionText, _ variable: Int32
  ) throws(RepairRefusal) -> Bool {
    let block = text.model.blocks[point.block]
    var operands: [Operand] = []
    if point.index < block.instructions.count {
      let operation = block.instructions[point.index].operation
      operands = operation.operands
      if let id = operation.place {
        let place = text.model.places[Int(id.index)]
        operands += place.indices
        switch place.base {
        case .local(let local) where !place.path.isEmpty: operands.append(.local(local))
        case .temporary(let number): operands.append(.temporary(number))
        default: break
        }
        if case .modify = operation, place.base == .local(variable), place.path.isEmpty {
          throw .notOneVariable
        }
      }
    } else {
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _), .indirect(let operand, _),
        .return(let operand?):
        operands = [operand]
      default: break
      }
    }
    var found = false
    for operand in operands {
      if case .address(let id) = operand {
        let place = text.model.places[Int(id.index)]
        if place.base == .local(variable), place.path.isEmpty { throw .notOneVariable }
        if case .local(let local) = place.base, holds(.local(local), variable) { found = true }
        if case .temporary(let number) = place.base, holds(.temporary(number), variable) {
          found = true
        }
      }
      if holds(operand, variable) { found = true }
    }
    return found
  }

  private mutating func findAliases(_ text: FunctionText, _ variable: Int32) {
    var size = -1
    while size != aliases.count + aliasTemporaries.count {
      size = aliases.count + aliasTemporaries.count
      for instruction in text.model.blocks.lazy.flatMap(\.instructions) {
        follow(instruction, text, variable)
      }
    }
  }

  private mutating func follow(
    _ instruction: Instruction, _ text: FunctionText, _ variable: Int32
  ) {
    let operation = instruction.operation
    switch operation {
    case .store(let id, let value):
      let place = text.model.places[Int(id.index)]
      guard case .local(let local) = place.base, place.path.isEmpty, local != variable,
        isPointer(text.model.locals[Int(local)].type, text), leadsTo(value, text, variable)
      else { return }
      aliases.insert(local)
    case .load(let result, let id):
      let place = text.model.places[Int(id.index)]
      let base: Operand? =
        switch place.base {
        case .local(let local): .local(local)
        case .temporary(let number): .temporary(number)
        case .variable, .unnamed: nil
        }
      // What it points to can be freed with it.
      if let base, holds(base, variable), isPointer(place.type, text) {
        aliasTemporaries.insert(result)
      }
    case .copy(let result, let value):
      if leadsTo(value, text, variable) { aliasTemporaries.insert(result) }
    case .compute(let result, let operation, let values):
      guard operation == .add || operation == .subtract else { return }
      if values.contains(where: { leadsTo($0, text, variable) }) { aliasTemporaries.insert(result) }
    case .call(let result?, _, let arguments):
      var sources = arguments[...]
      // What is borrowed from one argument does not live by the others.
      if let owner = text.calledFact(instruction)?.ownerArgument, owner < arguments.count {
        sources = arguments[owner...owner]
      }
      if !owned.contains(result), sources.contains(where: { leadsTo($0, text, variable) }),
        mayReturnPart(instruction, text)
      {
        aliasTemporaries.insert(result)
      }
    default: break
    }
  }

  private func leadsTo(_ operand: Operand, _ text: FunctionText, _ variable: Int32) -> Bool {
    guard case .address(let id) = operand else { return holds(operand, variable) }
    let place = text.model.places[Int(id.index)]
    switch place.base {
    case .local(let local): return holds(.local(local), variable)
    case .temporary(let number): return holds(.temporary(number), variable)
    case .variable, .unnamed: return false
    }
  }

  private func isPointer(_ type: TypeID, _ text: FunctionText) -> Bool {
    let kind = text.package.units[text.unit][type].kind
    return kind == .pointer || kind == .unknown || kind == .record
  }

  /// Whether the result of a call can be, or point into, an object that it is given.
  private func mayReturnPart(_ instruction: Instruction, _ text: FunctionText) -> Bool {
    guard case .call(_, .direct(let symbol), _) = instruction.operation else { return true }
    if let fact = text.calledFact(instruction) {
      switch fact.returns {
      case .new, .value, .null, .none: return false
      case .borrowed, .borrowedBuffer, .borrowedArray: return true
      }
    }
    guard let callee = text.package.function(symbol, in: text.unit),
      let (unit, model) = text.package.body(of: callee)
    else { return true }
    let kind = text.package.units[unit][model.resultType].kind
    guard kind == .pointer else { return kind == .record || kind == .unknown }
    return !ReturnedOwnership.isOwned(model, text.package.units[unit])
  }
}
