import ProgramModel

/// Which fields of instances have been tested on every way to a place of the code.
final class InstanceGuards {
  private struct Test: Hashable {
    var field: InstanceFieldID
    /// The field was found to be NULL, zero or -1.
    var isEmpty: Bool
  }

  private struct Reading {
    let model: FunctionModel
    let values: FunctionValues
    let flow: ControlFlow
    let dominators: Dominators
    let places: [[InstancePlace]]
    var tests: [Int32: [Test]] = [:]
  }

  private let package: PackageModel
  private let records: InstanceRecords
  private var known: [FunctionID: Reading?] = [:]

  init(_ package: PackageModel, _ records: InstanceRecords) {
    self.package = package
    self.records = records
  }

  /// The fields whose values decide whether the place is reached.
  func tested(at site: CodeSite) -> Set<InstanceFieldID> {
    Set(tests(at: site).map(\.field))
  }

  /// Those of them that were empty.
  func foundEmpty(at site: CodeSite) -> Set<InstanceFieldID> {
    Set(tests(at: site).filter(\.isEmpty).map(\.field))
  }

  private func tests(at site: CodeSite) -> [Test] {
    guard var reading = reading(of: site.function) else { return [] }
    var found: [Test] = []
    var block: BlockID? = site.block
    var steps = 0
    while let here = block, steps < 200 {
      steps += 1
      if let own = reading.tests[here.index] {
        found += own
      } else {
        let own = ownTests(of: here, reading)
        reading.tests[here.index] = own
        found += own
      }
      block = reading.dominators.immediateDominator(of: here)
    }
    known[site.function] = .some(reading)
    return found
  }

  private func reading(of function: FunctionID) -> Reading? {
    if let known = known[function] { return known }
    guard let (unit, model) = package.body(of: function),
      let places = InstanceReader.places(model, in: unit, records)
    else {
      known[function] = .some(nil)
      return nil
    }
    let flow = ControlFlow(model)
    let made = Reading(
      model: model, values: FunctionValues(model), flow: flow, dominators: Dominators(flow),
      places: places)
    known[function] = .some(made)
    return made
  }

  /// What entering a block by its one edge says.
  private func ownTests(of block: BlockID, _ reading: Reading) -> [Test] {
    guard reading.flow.predecessorCount(of: block) == 1,
      let edge = reading.flow.predecessors(of: block).first(where: { _ in true })
    else { return [] }
    switch (edge.kind, reading.model.blocks[Int(edge.from.index)].terminator) {
    case (.then, .branch(let operand, _, _)): return tests(of: operand, holds: true, reading)
    case (.otherwise, .branch(let operand, _, _)):
      return tests(of: operand, holds: false, reading)
    case (.switchCase, .switch(let operand, _, _)):
      return fields(of: operand, reading).map { Test(field: $0, isEmpty: false) }
    default: return []
    }
  }

  /// What the truth of an operand says of fields.
  private func tests(
    of operand: Operand, holds: Bool, _ reading: Reading, depth: Int = 0
  ) -> [Test] {
    guard depth < 6 else { return [] }
    if case .temporary(let number) = operand {
      switch reading.values.definition(of: number) {
      case .compute(.not, let operands)?:
        return operands.flatMap { tests(of: $0, holds: !holds, reading, depth: depth + 1) }
      case .compute(let kind, let operands)? where operands.count == 2:
        let isEmptyConstant = operands.contains {
          if case .integer(let value) = $0 { value == 0 || value == -1 } else { false }
        }
        let isEmpty: Bool
        switch kind {
        case .equal: isEmpty = holds && isEmptyConstant
        case .notEqual: isEmpty = !holds && isEmptyConstant
        case .less, .lessOrEqual: isEmpty = holds && isEmptyConstant
        case .greater, .greaterOrEqual: isEmpty = !holds && isEmptyConstant
        default: isEmpty = false
        }
        return operands.flatMap { fields(of: $0, reading) }.map {
          Test(field: $0, isEmpty: isEmpty)
        }
      default: break
      }
    }
    return fields(of: operand, reading).map { Test(field: $0, isEmpty: !holds) }
  }

  /// The fields whose values an operand is made of.
  private func fields(of operand: Operand, _ reading: Reading, depth: Int = 0) -> [InstanceFieldID] {
    guard depth < 5 else { return [] }
    var found: [InstanceFieldID] = []
    for source in reading.values.sources(of: operand) {
      guard case .temporary(let number) = source else { continue }
      switch reading.values.definition(of: number) {
      case .load(let id)?:
        if let last = reading.places[Int(id.index)].last { found.append(last.field) }
      case .compute(_, let operands)?:
        for operand in operands { found += fields(of: operand, reading, depth: depth + 1) }
      default: break
      }
    }
    return found
  }
}
