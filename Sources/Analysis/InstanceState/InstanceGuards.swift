import ProgramModel

/// Which fields of instances have been tested on every way to a place of the code.
final class InstanceGuards {
  private struct Test: Hashable {
    var field: InstanceFieldID
    var part: InstancePart
    /// The field was found to be NULL, zero or -1.
    var isEmpty: Bool
  }

  /// One function, with what its blocks say once that was asked.
  private final class Reading {
    let values: FunctionValues
    let flow: ControlFlow
    let dominators: Dominators
    let places: [[InstancePlace]]
    var tests: [Int32: [Test]] = [:]
    var model: FunctionModel { values.model }

    init(_ values: FunctionValues, _ places: [[InstancePlace]]) {
      self.values = values
      self.places = places
      flow = ControlFlow(values.model)
      dominators = Dominators(flow)
    }

    /// The blocks on every way to a block, itself first, with the one edge by which each is
    /// entered; those are left out that have several.
    func entries(to block: BlockID, atMost: Int) -> [(block: BlockID, edge: FlowEdge)] {
      var found: [(BlockID, FlowEdge)] = []
      var next: BlockID? = block
      var steps = 0
      while let here = next, steps < atMost {
        steps += 1
        if flow.predecessorCount(of: here) == 1,
          let edge = flow.predecessors(of: here).first(where: { _ in true })
        {
          found.append((here, edge))
        }
        next = dominators.immediateDominator(of: here)
      }
      return found
    }
  }

  private let package: PackageModel
  private let records: InstanceRecords
  private let tables: ValueTables
  private var known: [FunctionID: Reading] = [:]

  init(_ package: PackageModel, _ records: InstanceRecords, _ tables: ValueTables) {
    self.package = package
    self.records = records
    self.tables = tables
  }

  /// The fields whose values decide whether the place is reached.
  func tested(at site: CodeSite) -> Set<InstanceFieldID> {
    Set(tests(at: site).map(\.field))
  }

  /// Whether the value of one part of a field does.
  func isTested(_ field: InstanceFieldID, _ part: InstancePart, at site: CodeSite) -> Bool {
    tests(at: site).contains { $0.field == field && $0.part == part }
  }

  /// The parts of fields that were found to be NULL, zero or -1.
  func foundEmpty(at site: CodeSite) -> Set<FieldPart> {
    Set(tests(at: site).filter(\.isEmpty).map { FieldPart(field: $0.field, part: $0.part) })
  }

  struct FieldPart: Hashable {
    var field: InstanceFieldID
    var part: InstancePart
  }

  /// Whether the value of a field decides on the way of a function, or is a subscript in it.
  func decides(_ field: InstanceFieldID, in function: FunctionID) -> Bool {
    guard let reading = reading(of: function) else { return false }
    for block in reading.model.blocks {
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _):
        if depends(operand, on: field, reading) { return true }
      case .jump, .indirect, .return, .throw, .unreachable: continue
      }
    }
    return reading.model.places.contains { place in
      place.path.contains { step in
        if case .index(let operand) = step { depends(operand, on: field, reading) } else { false }
      }
    }
  }

  private func depends(
    _ operand: Operand, on field: InstanceFieldID, _ reading: Reading
  ) -> Bool {
    if fields(of: operand, reading).contains(field) { return true }
    return reading.values.sources(of: operand).contains { source in
      guard case .temporary(let number) = source,
        case .compute(_, let operands)? = reading.values.definition(of: number)
      else { return false }
      return operands.contains { fields(of: $0, reading).contains(field) }
    }
  }

  private func tests(at site: CodeSite) -> [Test] {
    guard let reading = reading(of: site.function) else { return [] }
    return reading.entries(to: site.block, atMost: 200).flatMap { block, edge in
      if let known = reading.tests[block.index] { return known }
      let own = tests(along: edge, reading)
      reading.tests[block.index] = own
      return own
    }
  }

  /// nil for functions without a body.
  private func reading(of function: FunctionID) -> Reading? {
    if let known = known[function] { return known }
    guard let (unit, model) = package.body(of: function),
      let values = tables.values(of: function)
    else { return nil }
    let made = Reading(
      values,
      InstanceReader.places(model, in: unit, records)
        ?? Array(repeating: [], count: model.places.count))
    known[function] = made
    return made
  }

  /// What it says to go along an edge.
  private func tests(along edge: FlowEdge, _ reading: Reading) -> [Test] {
    switch (edge.kind, reading.model.blocks[Int(edge.from.index)].terminator) {
    case (.then, .branch(let operand, _, _)): return tests(of: operand, holds: true, reading)
    case (.otherwise, .branch(let operand, _, _)):
      return tests(of: operand, holds: false, reading)
    case (.switchCase, .switch(let operand, _, _)):
      return parts(of: operand, reading).map {
        Test(field: $0.field, part: $0.part, isEmpty: false)
      }
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
        return operands.flatMap { parts(of: $0, reading) }.map {
          Test(field: $0.field, part: $0.part, isEmpty: isEmpty)
        }
      default: break
      }
    }
    return parts(of: operand, reading).map {
      Test(field: $0.field, part: $0.part, isEmpty: !holds)
    }
  }

  /// The fields whose values an operand is made of.
  private func fields(of operand: Operand, _ reading: Reading) -> [InstanceFieldID] {
    parts(of: operand, reading).map(\.field)
  }

  private func parts(
    of operand: Operand, _ reading: Reading, depth: Int = 0
  ) -> [FieldPart] {
    guard depth < 5 else { return [] }
    var found: [FieldPart] = []
    for source in reading.values.sources(of: operand) {
      guard case .temporary(let number) = source else { continue }
      switch reading.values.definition(of: number) {
      case .load(let id)?:
        if let last = reading.places[Int(id.index)].last {
          found.append(FieldPart(field: last.field, part: last.part))
        }
      case .compute(_, let operands)?:
        for operand in operands { found += parts(of: operand, reading, depth: depth + 1) }
      default: break
      }
    }
    return found
  }

  // MARK: Helpers

  /// The functions whose results decide whether a place is reached.
  func testedResults(at site: CodeSite) -> Set<FunctionID> {
    guard let unit = package.body(of: site.function)?.unit,
      let reading = reading(of: site.function)
    else { return [] }
    var found = Set<FunctionID>()
    for (_, edge) in reading.entries(to: site.block, atMost: 100) {
      if case .branch(let operand, _, _) = reading.model.blocks[Int(edge.from.index)].terminator {
        addResults(of: operand, reading.values, unit, &found)
      }
    }
    return found
  }

  private func addResults(
    of operand: Operand, _ values: FunctionValues, _ unit: Int, _ found: inout Set<FunctionID>,
    depth: Int = 0
  ) {
    guard depth < 5 else { return }
    for case .temporary(let number) in values.sources(of: operand) {
      switch values.definition(of: number) {
      case .call(let block, let index)?:
        if case .call(_, .direct(let symbol), _)? = values.operation(
          block: block, instruction: index),
          let id = package.function(symbol, in: unit)
        {
          found.insert(id)
        }
      case .compute(_, let operands)?:
        for operand in operands { addResults(of: operand, values, unit, &found, depth: depth + 1) }
      default: continue
      }
    }
  }

  /// Whether a function returns the value of a field.
  func gives(_ field: InstanceFieldID, _ function: FunctionID) -> Bool {
    guard let reading = reading(of: function) else { return false }
    return reading.model.blocks.contains { block in
      if case .return(let operand?) = block.terminator {
        fields(of: operand, reading).contains(field)
      } else {
        false
      }
    }
  }
}
