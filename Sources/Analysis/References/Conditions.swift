import ProgramModel
import PythonAPI

/// What is known of a value at a point because every way there has tested it.
struct Condition: Hashable {
  enum Test: Hashable {
    case equals(Int64)
    /// Its type is the named one, or has the flag of that number.
    case type(String)
  }

  var subject: ValueFlow.Origin
  var test: Test
  var holds: Bool

  /// Whether both can be true of one value.
  func contradicts(_ other: Self) -> Bool {
    switch (test, other.test) {
    case (.equals(let mine), .equals(let others)) where mine != others: holds && other.holds
    default: test == other.test && holds != other.holds
    }
  }
}

extension ValueFlow {
  /// The conditions that hold at a point, whichever way led there.
  func conditions(at point: ProgramPoint) -> [Condition] {
    var found: [Condition] = []
    var block: BlockID? = point.block
    var steps = 0
    while let here = block, steps < 200 {
      steps += 1
      found += ownConditions(of: here)
      block = dominators.immediateDominator(of: here)
    }
    return found
  }

  /// What entering a block by its one edge says.
  private func ownConditions(of block: BlockID) -> [Condition] {
    if let known = knownConditions[block.index] { return known }
    var found: [Condition] = []
    if flow.predecessorCount(of: block) == 1 {
      for edge in flow.predecessors(of: block) { found = conditions(along: edge) }
    }
    knownConditions[block.index] = found
    return found
  }

  private func conditions(along edge: FlowEdge) -> [Condition] {
    let block = model.blocks[Int(edge.from.index)]
    let point = ProgramPoint(block: edge.from, instruction: block.instructions.count)
    switch (edge.kind, block.terminator) {
    case (.switchCase(let low, let high), .switch(let operand, _, _)) where low == high:
      return subject(operand, point).map {
        [Condition(subject: $0, test: .equals(low), holds: true)]
      } ?? []
    case (.then, .branch(let operand, _, _)):
      return test(operand, point, holds: true).map { [$0] } ?? []
    case (.otherwise, .branch(let operand, _, _)):
      return test(operand, point, holds: false).map { [$0] } ?? []
    default: return []
    }
  }

  private func subject(_ operand: Operand, _ point: ProgramPoint) -> Origin? {
    let found = origins(of: operand, at: point)
    guard found.count == 1 else { return nil }
    switch found[0] {
    case .integer, .other, .unknown: return nil
    default: return found[0]
    }
  }

  /// What the truth of an operand says.
  private func test(
    _ operand: Operand, _ point: ProgramPoint, holds: Bool, depth: Int = 0
  ) -> Condition? {
    guard depth < 4 else { return nil }
    if case .temporary(let number) = operand, let (definition, place) = onlyDefinition(of: number) {
      switch definition {
      case .compute(_, .not, let operands):
        return operands.first.flatMap { test($0, place, holds: !holds, depth: depth + 1) }
      case .compute(_, let kind, let operands) where kind == .equal || kind == .notEqual:
        return comparison(operands, place, isEqual: (kind == .equal) == holds, depth: depth)
      case .call(_, .direct(let symbol), let arguments):
        let name = package.units[unit].name(of: symbol)
        if let found = typeTest(name, arguments, place, holds: holds, depth: depth) {
          return found
        }
      default: break
      }
    }
    return subject(operand, point).map {
      Condition(subject: $0, test: .equals(0), holds: !holds)
    }
  }

  private func comparison(
    _ operands: [Operand], _ point: ProgramPoint, isEqual: Bool, depth: Int
  ) -> Condition? {
    for (index, operand) in operands.enumerated() {
      guard case .integer(let value) = operand else { continue }
      let other = operands[1 - index]
      if value == 0, let inner = test(other, point, holds: !isEqual, depth: depth + 1) {
        return inner
      }
      return subject(other, point).map {
        Condition(subject: $0, test: .equals(value), holds: isEqual)
      }
    }
    return nil
  }

  private func typeTest(
    _ name: String, _ arguments: [Operand], _ point: ProgramPoint, holds: Bool, depth: Int
  ) -> Condition? {
    switch name {
    case "Py_IS_TYPE":
      guard arguments.count == 2, let type = typeName(arguments[1]) else { return nil }
      return subject(arguments[0], point).map {
        Condition(subject: $0, test: .type(type), holds: holds)
      }
    case "PyType_HasFeature":
      guard arguments.count == 2, case .temporary(let type) = arguments[0],
        let (definition, place) = onlyDefinition(of: type),
        case .call(_, _, let inner) = definition, let object = inner.first,
        let flag = flag(arguments[1])
      else { return nil }
      return subject(object, place).map {
        Condition(subject: $0, test: .type("flag \(flag)"), holds: holds)
      }
    case "__builtin_expect":
      return arguments.first.flatMap { test($0, point, holds: holds, depth: depth + 1) }
    default: return nil
    }
  }

  private func typeName(_ operand: Operand) -> String? {
    guard case .address(let place) = operand,
      case .variable(let symbol) = model.places[Int(place.index)].base
    else { return nil }
    return package.units[unit].name(of: symbol)
  }

  private func flag(_ operand: Operand) -> Int64? {
    switch operand {
    case .integer(let value): return value
    case .temporary(let number):
      guard case .compute(_, .shiftLeft, let operands)? = definition(of: number),
        operands.count == 2, case .integer(let shift) = operands[1]
      else { return nil }
      return shift
    default: return nil
    }
  }

  /// Whether every way to a point has found that nobody else has an object, by the one test that
  /// is right without the GIL.
  func isUnique(_ origin: Origin, at point: ProgramPoint) -> Bool {
    conditions(at: point).contains { condition in
      guard case .call(let site) = condition.subject, condition.test == .equals(0),
        !condition.holds, let (callee, arguments) = call(at: site), let first = arguments.first,
        ReferenceEffects.provesUnique(package[callee].name)
      else { return false }
      return origins(of: first, at: site).contains(origin)
    }
  }

  /// Whether every way to a point has found that an object is a tuple.
  func isTuple(_ origin: Origin, at point: ProgramPoint) -> Bool {
    // Py_TPFLAGS_TUPLE_SUBCLASS is the flag 26.
    conditions(at: point).contains {
      $0.subject == origin && $0.holds
        && [.type("PyTuple_Type"), .type("flag 26")].contains($0.test)
    }
  }
}
