import Analysis
import ProgramModel
import PythonAPI

/// Finds how a function ends where an error has been raised behind one of its points.
enum ErrorExit {
  /// A statement that can stand behind a point and hands an error on; nil where none is sure.
  static func statement(after point: CodePoint, in text: FunctionText) -> String? {
    nearest(after: point, in: text) ?? withNothingOwned(at: point, in: text)
  }

  /// `return NULL;` or `return -1;` where nothing was made, taken or locked on any way to a point,
  /// in a function that is known to end so.
  private static func withNothingOwned(at point: CodePoint, in text: FunctionText) -> String? {
    var reaching: Set<Int> = []
    var waiting = [point.block]
    while let block = waiting.popLast() {
      for edge in text.flow.predecessors(of: BlockID(Int32(truncatingIfNeeded: block)))
      where reaching.insert(Int(edge.from.index)).inserted {
        waiting.append(Int(edge.from.index))
      }
    }
    let isInLoop = reaching.contains(point.block)
    for block in reaching.union([point.block]).sorted() {
      let instructions = text.model.blocks[block].instructions
      let end = block == point.block && !isInLoop ? point.index : instructions.count
      for index in 0..<end where CodePoint(block: block, index: index) != point {
        if mayOwn(instructions[index], text) { return nil }
      }
    }
    let unit = text.package.units[text.unit]
    if unit[unit[text.model.resultType].spelling] == "PyObject *",
      text.package.staticReferences.contains(where: { $0.target == .function(text.id) })
    {
      return "return NULL;"
    }
    return nil
  }

  /// Whether an instruction can make something that the function must give up.
  private static func mayOwn(_ instruction: Instruction, _ text: FunctionText) -> Bool {
    switch instruction.operation {
    case .call(_, let callee, let arguments):
      guard case .direct = callee, let fact = text.calledFact(instruction) else { return true }
      if PythonFacts.shared.lockFunctions[fact.name] != nil
        || PythonFacts.shared.allocations[fact.name] != nil || fact.name == "Py_INCREF"
        || fact.name == "Py_XINCREF" || fact.name == "PyObject_GetBuffer"
      {
        return true
      }
      for case .string(let name) in arguments {
        let format = text.package.units[text.unit][name]
        if fact.name.hasPrefix("PyArg_"), format.contains(where: { "*&e".contains($0) }) {
          return true
        }
      }
      return fact.returns == .new || !fact.newReferenceArguments.isEmpty
    case .opaque, .atomic: return true
    default: return false
    }
  }

  /// The statement of the nearest exit behind a point that the failure of a call leads to, such as
  /// `return NULL;`, where it can stand at the point as well: nothing that a local holds is made or
  /// given up in between. nil where none is sure.
  private static func nearest(after point: CodePoint, in text: FunctionText) -> String? {
    var block = point.block
    var index = point.index + 1
    for _ in 0..<16 {
      let instructions = text.model.blocks[block].instructions
      for number in index..<max(index, instructions.count) {
        guard !changesOwnership(instructions[number], text) else { return nil }
      }
      switch text.model.blocks[block].terminator {
      case .jump(let next): block = Int(next.index)
      case .branch(let condition, let then, let otherwise):
        guard testsCall(condition, block, text) else { return nil }
        for target in [then, otherwise] {
          if let exit = plainReturn(Int(target.index), text) { return exit }
        }
        return nil
      default: return nil
      }
      index = 0
    }
    return nil
  }

  private static func changesOwnership(_ instruction: Instruction, _ text: FunctionText) -> Bool {
    guard case .call(_, _, let arguments) = instruction.operation else { return false }
    guard let name = text.calledName(instruction) else { return true }
    let isLocal = arguments.contains { operand in
      switch operand {
      case .local: return true
      case .address(let id):
        if case .local = text.model.places[Int(id.index)].base {
          return text.model.places[Int(id.index)].path.isEmpty
        }
        return false
      default: return false
      }
    }
    if ["Py_DECREF", "Py_XDECREF", "Py_CLEAR", "PyMem_Free", "PyObject_Free", "free"].contains(name)
    {
      return isLocal
    }
    return ["Py_INCREF", "Py_XINCREF", "PyMem_Malloc", "malloc", "PyObject_Malloc"].contains(name)
      && isLocal
  }

  /// Whether a branch tests a value for NULL or a number below 0.
  private static func testsCall(
    _ condition: Operand, _ block: Int, _ text: FunctionText
  ) -> Bool {
    guard case .temporary(let number) = condition else {
      if case .local = condition { return true }
      return false
    }
    let setter = text.model.blocks[block].instructions.last { $0.operation.result == number }
    switch setter?.operation {
    case .compute(_, .equal, let values)?, .compute(_, .notEqual, let values)?,
      .compute(_, .less, let values)?:
      return values.last == .integer(0) || values.last == .integer(-1)
    case .load?, .call?: return true
    default: return false
    }
  }

  /// The text of a block that does nothing but return what stands for an error.
  private static func plainReturn(_ block: Int, _ text: FunctionText) -> String? {
    let unit = text.package.units[text.unit]
    guard text.model.blocks[block].instructions.isEmpty,
      case .return(.integer(let value)?) = text.model.blocks[block].terminator
    else { return nil }
    switch unit[text.model.resultType].kind {
    case .pointer where value == 0: return "return NULL;"
    case .integer where value == -1: return "return -1;"
    default: return nil
    }
  }
}
