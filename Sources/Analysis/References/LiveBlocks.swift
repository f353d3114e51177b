import ProgramModel

extension ValueFlow {
  /// The blocks that can run when conditions that are constant are decided: macros of several
  /// versions leave arms that never run.
  func findLiveBlocks() -> Set<Int32> {
    var live: Set<Int32> = [0]
    // Ways back of loops come to blocks that are live already.
    for id in flow.reversePostorder where live.contains(id.index) {
      var dead: BlockID?
      if case .branch(let condition, let then, let otherwise) = model.blocks[Int(id.index)]
        .terminator, then != otherwise, let value = constant(condition, live)
      {
        dead = value == 0 ? then : otherwise
      }
      for edge in flow.successors(of: id) where edge.to != dead { live.insert(edge.to.index) }
    }
    return live
  }

  /// The value of an operand that is made of numbers in the source alone.
  private func constant(
    _ operand: Operand, _ live: Set<Int32>, depth: Int = 0
  ) -> Int64? {
    switch operand {
    case .integer(let value): return value
    case .temporary(let number):
      guard depth < 6 else { return nil }
      if let definition = definition(of: number) {
        return constant(definition, live, depth: depth + 1)
      }
      // Of a '?:' that is itself constant, the arm that runs.
      return constantOfCopies(number, live, depth: depth + 1)
    default: return nil
    }
  }

  private func constant(
    _ operation: Operation, _ live: Set<Int32>, depth: Int
  ) -> Int64? {
    switch operation {
    case .copy(_, let operand): return constant(operand, live, depth: depth)
    case .compute(_, .not, let operands):
      return operands.first.flatMap { constant($0, live, depth: depth) }.map { $0 == 0 ? 1 : 0 }
    case .compute(_, let kind, let operands) where operands.count == 2:
      guard let left = constant(operands[0], live, depth: depth),
        let right = constant(operands[1], live, depth: depth)
      else { return nil }
      switch kind {
      case .equal: return left == right ? 1 : 0
      case .notEqual: return left != right ? 1 : 0
      case .less: return left < right ? 1 : 0
      case .lessOrEqual: return left <= right ? 1 : 0
      case .greater: return left > right ? 1 : 0
      case .greaterOrEqual: return left >= right ? 1 : 0
      case .and: return left & right
      case .or: return left | right
      default: return nil
      }
    default: return nil
    }
  }

  /// The value of a temporary that is set in several blocks, of which those that run agree.
  private func constantOfCopies(_ number: Int32, _ live: Set<Int32>, depth: Int) -> Int64? {
    var found: Int64?
    for point in definitionPoints(of: number) where live.contains(point.block.index) {
      guard case .copy(_, let operand)? = operation(at: point),
        let value = constant(operand, live, depth: depth), found == nil || found == value
      else { return nil }
      found = value
    }
    return found
  }
}
