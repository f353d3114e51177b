import ProgramModel
import PythonAPI

/// Whether a function hands its caller a reference of its own.
enum ReturnedOwnership {
  /// True where each value that is returned is NULL, a new reference of the C API, or a local of
  /// which a reference was taken.
  static func isOwned(_ model: FunctionModel, _ unit: UnitModel) -> Bool {
    var found = false
    for block in model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      found = true
      if !isOwned(operand, model, unit) { return false }
    }
    return found
  }

  private static func isOwned(
    _ operand: Operand, _ model: FunctionModel, _ unit: UnitModel
  ) -> Bool {
    switch operand {
    case .integer: return true
    case .temporary(let number):
      for instruction in model.blocks.lazy.flatMap(\.instructions)
      where instruction.operation.result == number {
        guard isNew(instruction, unit) else { return false }
      }
      return true
    case .local(let local): return isOwnedAtReturns(local, model, unit)
    default: return false
    }
  }

  private static func isNew(_ instruction: Instruction, _ unit: UnitModel) -> Bool {
    guard case .call(_, .direct(let symbol), _) = instruction.operation else { return false }
    return PythonFacts.shared.function(unit.name(of: symbol))?.returns == .new
  }

  /// Whether a local holds a reference of the function's own, or NULL, at every return of it.
  private static func isOwnedAtReturns(
    _ local: Int32, _ model: FunctionModel, _ unit: UnitModel
  ) -> Bool {
    // Only what some way makes unowned counts: nil where no way was followed yet.
    var entry: [Bool?] = Array(repeating: nil, count: model.blocks.count)
    var waiting = [0]
    entry[0] = false
    while let block = waiting.popLast() {
      var isOwned = entry[block] ?? false
      for instruction in model.blocks[block].instructions {
        switch instruction.operation {
        case .store(let id, let value):
          let place = model.places[Int(id.index)]
          guard place.base == .local(local), place.path.isEmpty else { continue }
          if case .temporary = value {
            isOwned = Self.isOwned(value, model, unit)
          } else {
            isOwned = value == .integer(0)
          }
        case .call(_, .direct(let symbol), let arguments) where arguments.first == .local(local):
          let name = unit.name(of: symbol)
          if name == "Py_INCREF" || name == "Py_XINCREF" { isOwned = true }
          if name == "Py_DECREF" || name == "Py_XDECREF" { isOwned = false }
        default: continue
        }
      }
      if case .return(.local(local)?) = model.blocks[block].terminator, !isOwned { return false }
      for next in model.blocks[block].successors.map({ Int($0.index) }) {
        let merged = isOwned && entry[next] != false
        if entry[next] != merged {
          entry[next] = merged
          waiting.append(next)
        }
      }
    }
    return true
  }
}
