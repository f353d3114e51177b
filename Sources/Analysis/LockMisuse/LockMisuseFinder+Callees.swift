import ProgramModel

// What the functions that are called do to locks.
extension LockMisuseFinder {
  // MARK: Locks of callees

  /// The locks that a function takes which nobody has let go before in it.
  func takes(of function: FunctionID, depth: Int = 0) -> [LockTake] {
    if let known = taken[function] { return known }
    guard depth < 10, let walk = walk(function), let flow = context.flow(of: function) else {
      return []
    }
    taken[function] = []
    var result: [LockTake] = []
    func add(_ take: LockTake, _ point: ProgramPoint) {
      guard result.count < 16, Self.isExact(take.lock.key) else { return }
      if case .local = take.lock.key.base { return }
      if let state = walk.locks.state(block: point.block, instruction: point.instruction),
        state.released.contains(where: { walk.locks.releases[Int($0)].mayEnd(take.lock) })
      {
        return
      }
      if !result.contains(where: { $0.lock == take.lock && $0.site == take.site }) {
        result.append(take)
      }
    }
    walk.forEachPoint { point, state in
      guard !state.worlds.isEmpty, flow.liveBlocks.contains(point.block.index) else { return }
      for acquisition in walk.acquisitions
      where acquisition.point == point && acquisition.isDirect && blocks(acquisition, function) {
        add(
          LockTake(
            lock: acquisition.lock, site: site(acquisition, flow), innermost: acquisition.lock,
            given: Self.parameters(state, flow.model)), point)
      }
      guard case .call? = flow.operation(at: point) else { return }
      for var take in takes(at: point, in: flow, depth: depth + 1) {
        take.given = Self.parameters(state, flow.model)
        add(take, point)
      }
    }
    taken[function] = result
    return result
  }

  /// What is known of parameters in all worlds.
  private static func parameters(
    _ state: LockWorlds, _ model: FunctionModel
  ) -> [Int: KnownValue] {
    var found: [Int: KnownValue] = [:]
    for index in 0..<Int(model.parameterCount) {
      let subject = KnownSubject.local(Int32(truncatingIfNeeded: index))
      let values = Set(state.worlds.values.map { $0[subject] })
      if values.count == 1, let value = values.first ?? nil { found[index] = value }
    }
    return found
  }

  /// The locks that the functions called at a point take, in terms of the caller.
  func takes(
    at point: ProgramPoint, in flow: ValueFlow, depth: Int = 0
  ) -> [LockTake] {
    guard case .call(_, _, let arguments)? = flow.operation(at: point) else { return [] }
    var result: [LockTake] = []
    for index in context.graph.outgoing[Int(flow.function.index)] {
      let edge = context.graph.edges[index]
      guard edge.block == point.block, edge.instruction == point.instruction,
        edge.kind == .direct, package[edge.callee].definition != nil
      else { continue }
      for var take in takes(of: edge.callee, depth: depth) {
        let isImpossible = take.given.contains { index, value in
          guard index < arguments.count, case .integer(let number) = arguments[index] else {
            return false
          }
          return KnownValue.equal(number).contradicts(value)
        }
        guard !isImpossible,
          let lock = locks.translate(
            take.lock, callee: edge.callee, arguments: arguments, in: flow.function)
        else { continue }
        take.lock = lock
        result.append(take)
      }
    }
    return result
  }

  // MARK: Sections of callees

  /// The single critical sections that an instruction opens, or functions that it calls.
  func sections(
    at point: ProgramPoint, in flow: ValueFlow, _ walk: LockWalk, depth: Int = 0
  ) -> [OpenedSection] {
    var result: [OpenedSection] = []
    for acquisition in walk.acquisitions
    where acquisition.point == point && acquisition.lock.family == .criticalSection
      && !acquisition.isCombined
    {
      result.append(
        OpenedSection(
          key: acquisition.lock.key, site: site(acquisition, flow),
          innermost: acquisition.lock.key))
    }
    // What the function goes on to hold was opened for it.
    guard result.isEmpty, depth < 6, case .call(_, _, let arguments)? = flow.operation(at: point)
    else { return result }
    for index in context.graph.outgoing[Int(flow.function.index)] {
      let edge = context.graph.edges[index]
      guard edge.block == point.block, edge.instruction == point.instruction,
        edge.kind == .direct, package[edge.callee].definition != nil
      else { continue }
      for var opened in openedSections(in: edge.callee, depth: depth + 1) {
        guard let key = locks.translate(opened.key, arguments: arguments, in: flow.function) else {
          continue
        }
        opened.key = key
        result.append(opened)
      }
    }
    return result
  }

  private func openedSections(in function: FunctionID, depth: Int) -> [OpenedSection] {
    if let known = sections[function] { return known }
    guard let walk = walk(function), let flow = context.flow(of: function) else { return [] }
    sections[function] = []
    var result: [OpenedSection] = []
    for (number, block) in walk.model.blocks.enumerated() {
      for index in block.instructions.indices where result.count < 8 {
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        result += sections(at: point, in: flow, walk, depth: depth)
      }
    }
    sections[function] = result
    return result
  }
}

/// A single critical section that calling a function opens.
struct OpenedSection: Hashable {
  /// Its object, in terms of the function.
  var key: LockKey
  /// Where it begins in the end, and its object in the terms of that function.
  var site: CodeSite
  var innermost: LockKey
}

/// A lock that calling a function takes.
struct LockTake: Hashable {
  /// In terms of the function.
  var lock: HeldLock
  /// Where it is taken in the end.
  var site: CodeSite
  /// The lock in the terms of the function of `site`.
  var innermost: HeldLock?
  /// What is known of the function's parameters then.
  var given: [Int: KnownValue]
}
