import ProgramModel

/// Questions about the accesses of one state, answered from the code around them.
struct StateEvidence {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let readings: FunctionReadings
  let values: StoredValues

  // MARK: Tests

  /// A state found equal to a constant, or zero.
  struct Condition: Hashable {
    var path: StatePath
    var constant: Int64

    var state: StateID? { path.state?.id }
  }

  /// The tests of states that were found unset whenever a write happens: around the write, or
  /// around the calls that lead to it.
  func testsBefore(_ write: StateAccess) -> [Condition] {
    var found = tests(at: write.site.block, of: write.site.function, depth: 0)
    if write.end != write.site {
      // The helper tests what its parameter points to: the state itself.
      let inner = unsetTests(at: write.end.block, in: write.end.function) { path in
        if case .parameter = path.root { path.steps == [.dereference] + write.steps } else { false }
      }
      found += inner.map { Condition(path: write.path, constant: $0.constant) }
    }
    return found
  }

  private func unsetTests(
    at block: BlockID, in function: FunctionID, where isWanted: (StatePath) -> Bool
  ) -> [Condition] {
    readings.withTests(of: function) {
      $0.testsUnset(at: Int(block.index), where: isWanted)
        .map { Condition(path: $0.path, constant: $0.constant) }
    } ?? []
  }

  private func tests(at block: BlockID, of function: FunctionID, depth: Int) -> [Condition] {
    var found = unsetTests(at: block, in: function) { $0.state != nil }
    guard depth < 2 else { return found }
    let calls = liveCalls(of: function)
    // What one caller tests and another does not is no condition of the write.
    var common: Set<Condition>?
    for call in calls.prefix(8) {
      let outer = Set(tests(at: call.block, of: call.caller, depth: depth + 1))
      common = common?.intersection(outer) ?? outer
    }
    found += (common ?? []).sorted { "\($0)" < "\($1)" }
    return found
  }

  /// The calls of a function, but its own, that can run at run time.
  private func liveCalls(of function: FunctionID) -> [CallEdge] {
    graph.incoming[Int(function.index)].map { graph.edges[$0] }
      .filter { phases.isConcurrent($0.caller) && $0.caller != function }
  }

  /// Whether an access runs only where a test found an atomic state set, or unset.
  func isBehindTest(_ access: StateAccess, of isAtomic: (StateID) -> Bool) -> Bool {
    func tested(_ block: BlockID, _ function: FunctionID, _ depth: Int) -> Bool {
      let found =
        readings.withTests(of: function) { tests in
          !tests.testsEither(at: Int(block.index)) { path in
            path.state.map { isAtomic($0.id) } ?? false
          }.isEmpty
        } ?? false
      if found { return true }
      guard depth < 2 else { return false }
      let calls = liveCalls(of: function)
      return !calls.isEmpty
        && calls.prefix(8).allSatisfy { tested($0.block, $0.caller, depth + 1) }
    }
    return tested(access.site.block, access.site.function, 0)
  }

  /// Whether an access comes after a call that leads to one of some functions.
  func isAfterCall(_ access: StateAccess, of makers: Set<FunctionID>) -> Bool {
    graph.outgoing[Int(access.site.function.index)].contains { index in
      let edge = graph.edges[index]
      return readings.comesAfter(access.site, edge.site)
        && !graph.reachable(from: [edge.callee]).isDisjoint(with: makers)
    }
  }

  /// Whether an access comes after a test of an atomic state in a function that fills what is
  /// unset: whichever side the test took, it is filled then.
  func isAfterTest(
    _ access: StateAccess, of isAtomic: (StateID) -> Bool, by makers: Set<FunctionID>
  ) -> Bool {
    guard makers.contains(access.site.function) else { return false }
    return readings.withTests(of: access.site.function) { tests in
      tests.tests.contains { test in
        (test.path.state.map { isAtomic($0.id) } ?? false)
          && tests.isOnEveryWay(test, to: Int(access.site.block.index))
      }
    } ?? false
  }

  /// Whether a write stores a number made from the state's old one, which is kept besides.
  func countsAndKeeps(_ write: StateAccess) -> Bool {
    guard case .temporary(let number)? = write.value,
      let resolver = readings.resolver(of: write.end.function),
      case .compute(_, let operands)? = resolver.values.definition(of: number)
    else { return false }
    return operands.contains { operand in
      guard case .local = operand else { return false }
      return readings.numbers(of: operand, in: write.end.function).contains { pointer in
        if case .parameter = pointer.path.root { return write.end != write.site }
        return !pointer.isAddress && pointer.path.state?.id == write.state
      }
    }
  }

  // MARK: Values

  /// What a write stores.
  func stored(_ write: StateAccess) -> [StoredValue] {
    if let foreign = write.foreign {
      switch package[foreign].name {
      case "PyUnicode_InternInPlace", "PyUnicode_InternImmortal": return [.interned]
      case "Py_CLEAR": return [.constant(0)]
      default: return [.other]
      }
    }
    guard write.kind != .modify, let value = write.value,
      let resolver = readings.resolver(of: write.end.function)
    else { return [.other] }
    return values.kinds(of: value, resolver.values, unit: write.end.unit)
  }

  /// Whether a write stores what the state's own data leads to: `head = head->next`.
  func advances(_ write: StateAccess) -> Bool {
    guard let value = write.value else { return false }
    return readings.pointers(of: value, in: write.end.function).contains {
      !$0.isAddress && $0.path.state?.id == write.state && $0.path.steps.contains(.dereference)
    }
  }

  /// Whether what the state held is stored inside something else in the same function:
  /// `node->next = head; head = node`.
  func links(_ write: StateAccess) -> Bool {
    guard let resolver = readings.resolver(of: write.end.function) else { return false }
    let path = write.path
    for block in resolver.values.model.blocks {
      for instruction in block.instructions {
        guard case .store(let id, let operand) = instruction.operation else { continue }
        let place = resolver.values.place(id)
        guard place.path.count > 0, place.path.first == .dereference || place.path.count > 1
        else { continue }
        guard case .temporary = operand else { continue }
        let holds = readings.pointers(of: operand, in: write.end.function).contains { pointer in
          // In a helper the state is what a parameter points to.
          if case .parameter = pointer.path.root, write.end != write.site {
            return !pointer.isAddress && pointer.path.steps == [.dereference] + write.steps
          }
          return !pointer.isAddress && pointer.path == path
        }
        if holds { return true }
      }
    }
    return false
  }

  /// Whether a write's function releases what the state held.
  func releasesOld(_ write: StateAccess) -> Bool {
    if let foreign = write.foreign {
      let name = package[foreign].name
      return name == "Py_CLEAR" || name.hasSuffix("SETREF")
    }
    if releases(in: write.site.function, unit: write.site.unit, { $0 == write.path }) {
      return true
    }
    // A helper, in which the state is what a parameter points to.
    return write.end.function != write.site.function
      && releases(in: write.end.function, unit: write.end.unit) { path in
        guard case .parameter = path.root else { return false }
        return path.steps == [.dereference] + write.steps
      }
  }

  /// Whether a function releases what is stored at a path that is meant.
  private func releases(
    in function: FunctionID, unit: Int, _ isMeant: (StatePath) -> Bool
  ) -> Bool {
    guard let resolver = readings.resolver(of: function) else { return false }
    let names = package.units[unit]
    for block in resolver.values.model.blocks {
      for instruction in block.instructions {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          let first = arguments.first, Self.releases.contains(names.name(of: symbol))
        else { continue }
        let isHeld = readings.pointers(of: first, in: function).contains {
          !$0.isAddress && isMeant($0.path)
        }
        if isHeld { return true }
      }
      // Who gets the old reference drops it.
      if case .return(.some(let operand)) = block.terminator {
        let isHeld = readings.pointers(of: operand, in: function).contains {
          !$0.isAddress && isMeant($0.path)
        }
        if isHeld { return true }
      }
    }
    return false
  }

  static let releases: Set<String> = [
    "Py_DECREF", "Py_XDECREF", "_Py_DECREF", "free", "PyMem_Free", "PyMem_RawFree", "PyObject_Free",
    "PyMem_FREE", "PyObject_FREE", "operator delete", "operator delete[]", "realloc",
    "PyMem_Realloc", "PyMem_RawRealloc", "PyMem_REALLOC",
  ]

  // MARK: Uses

  /// The scalar states whose values are subscripts in the parts of a state.
  func subscripts(of accesses: [StateAccess]) -> Set<StateID> {
    var found = Set<StateID>()
    for access in accesses where access.isLive && access.steps.contains(.index) {
      guard let resolver = readings.resolver(of: access.end.function),
        let operation = resolver.values.operation(
          block: Int(access.end.block.index), instruction: access.end.instruction)
      else { continue }
      for id in operation.places {
        for case .index(let operand) in resolver.values.place(id).path {
          for pointer in readings.numbers(of: operand, in: access.end.function)
          where !pointer.isAddress {
            if let state = pointer.path.state?.id { found.insert(state) }
          }
        }
      }
    }
    return found
  }

  /// Whether the value of a state is a subscript or a number of bytes somewhere in the functions
  /// that touch it.
  func isUsedAsIndex(_ accesses: [StateAccess]) -> Bool {
    for function in Set(accesses.filter(\.isLive).map(\.site.function)).sorted() {
      guard let resolver = readings.resolver(of: function), let path = accesses.first?.path
      else { continue }
      for place in resolver.values.model.places {
        for case .index(let operand) in place.path {
          let isIt = readings.numbers(of: operand, in: function).contains {
            !$0.isAddress && $0.path.state?.id == path.state?.id
          }
          if isIt { return true }
        }
      }
    }
    return false
  }

  /// Whether the result of a counting access is stored, returned or passed on.
  func isValueUsed(_ accesses: [StateAccess]) -> Bool {
    accesses.contains { access in
      guard access.isLive, access.kind == .modify,
        let resolver = readings.resolver(of: access.end.function),
        case .modify(let result?, _, _, _, _)? = resolver.values.operation(
          block: Int(access.end.block.index), instruction: access.end.instruction)
      else { return false }
      return resolver.values.model.uses(.temporary(result))
    }
  }

  /// The function that a state's value is smuggled to: called back by something that the writer
  /// of the state calls after writing; nil when there is none.
  func callback(after write: StateAccess, reading accesses: [StateAccess]) -> FunctionID? {
    let readers = Set(accesses.filter { $0.isLive && $0.kind.reads }.map(\.site.function))
    let given = package.functionUses.filter { use in
      guard use.function == write.site.function, case .argument = use.context else { return false }
      return true
    }.map(\.target)
    let called = graph.outgoing[Int(write.site.function.index)].map { graph.edges[$0] }
      .filter { $0.kind == .callback }.map(\.callee)
    return (given + called).first { target in
      target != write.site.function
        && !graph.reachable(from: [target]).isDisjoint(with: readers)
    }
  }
}

extension Operation {
  /// The places that the operation reads or writes, those whose address it takes included.
  var places: [PlaceID] {
    func addresses(_ operands: [Operand]) -> [PlaceID] {
      operands.compactMap { if case .address(let place) = $0 { place } else { nil } }
    }
    switch self {
    case .load(_, let place): return [place]
    case .store(let place, let operand): return [place] + addresses([operand])
    case .modify(_, let place, _, let operand, _): return [place] + addresses([operand])
    case .atomic(_, _, let place, _, let operands): return [place] + addresses(operands)
    case .compute(_, _, let operands), .call(_, _, let operands), .opaque(_, _, let operands):
      return addresses(operands)
    case .copy(_, let operand): return addresses([operand])
    }
  }
}

extension Operator {
  /// The result is a truth value, which says little of the operands.
  var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .not: true
    default: false
    }
  }
}

extension FunctionModel {
  /// Whether an operand is stored, returned or passed on, and not only tested.
  func uses(_ operand: Operand) -> Bool {
    for block in blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .store(_, operand): return true
        case .call(_, _, let arguments) where arguments.contains(operand): return true
        case .copy(_, operand): return true
        case .compute(_, let kind, let operands)
        where operands.contains(operand) && !kind.isComparison:
          return true
        default: break
        }
      }
      if case .return(operand) = block.terminator { return true }
    }
    return places.contains { place in
      place.path.contains { if case .index(operand) = $0 { true } else { false } }
    }
  }
}
