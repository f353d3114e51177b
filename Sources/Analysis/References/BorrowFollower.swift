import ProgramModel
import PythonAPI

/// Follows a borrowed reference from where it is borrowed to where it is taken or no longer used.
struct BorrowFollower {
  let context: ReferenceContext
  let flow: ValueFlow

  /// What becomes of one borrowed reference.
  struct Outcome {
    /// The nearest use without cover.
    var late: ReferenceHazard.LateUse?
    /// The nearest use in or after a call that may suspend the lock that covers it.
    var yielded: ReferenceHazard.LateUse?
    /// It is returned to the caller without a reference taken.
    var isReturned = false
    /// Places where it is stored beyond the function, without a reference taken before.
    var stores: [(place: PlaceID, point: ProgramPoint)] = []
    /// Something takes a reference somewhere.
    var isTaken = false
    /// Some way leads to the function's end without a reference taken.
    var reachesEnd = false
    /// Where it is given up, and the variables that hold it then.
    var releases: [(point: ProgramPoint, holders: Set<Operand>)] = []
    /// Around the loop and back, the lock is let go by releasing it.
    var losesCoverInLoop = false
  }

  /// Follows the values `origins` from a point on. `covers` are the locks held there. With
  /// `takesCount` false, taking a reference changes nothing: the value is a pointer to an array.
  /// `holders` are variables that hold a value at the start besides those that the origins name.
  /// `tracksLoop` asks whether the covers are held all the way back to the start.
  func follow(
    _ origins: [ValueFlow.Origin], from start: ProgramPoint, covers: [Cover],
    holders: Set<Operand> = [], returnIsUse: Bool, takesCount: Bool = true,
    tracksLoop: Bool = false, releaseIsUse: Bool = true
  ) -> Outcome {
    var outcome = Outcome()
    var walk = Walk(
      start: start, covers: covers, returnIsUse: returnIsUse, takesCount: takesCount,
      tracksLoop: tracksLoop, releaseIsUse: releaseIsUse)
    var first = State(
      mask: covers.count >= 64 ? .max : (1 << UInt64(covers.count)) - 1, holders: holders)
    for origin in origins {
      switch origin {
      case .call(let point):
        if let result = flow.operation(at: point)?.result {
          first.holders.insert(.temporary(result))
        }
      case .output(let point, let argument):
        if let local = output(argument, ofCallAt: point) { first.holders.insert(.local(local)) }
      case .load(let point, _):
        if point == start, let result = flow.operation(at: point)?.result {
          first.holders.insert(.temporary(result))
        } else {
          walk.loads.insert(point)
        }
      case .parameter(let index): first.holders.insert(.local(Int32(truncatingIfNeeded: index)))
      case .address, .integer, .other, .unknown: break
      }
    }
    guard !isOver(first, walk) else { return outcome }
    var seen: [Int32: State] = [:]
    var queue: [(block: BlockID, first: Int, state: State)] = [
      (start.block, start.instruction + 1, first)
    ]
    var next = 0
    while next < queue.count, next < 20_000 {
      let (block, first, state) = queue[next]
      next += 1
      guard let end = pass(block, from: first, state, walk, &outcome), !isOver(end, walk) else {
        continue
      }
      for edge in flow.flow.successors(of: block) where !isNull(end, along: edge) {
        var joined = end
        if let known = seen[edge.to.index] {
          joined.join(known)
          if joined == known { continue }
        }
        seen[edge.to.index] = joined
        queue.append((edge.to, 0, joined))
      }
    }
    return outcome
  }

  /// Whether nothing can come of going on.
  private func isOver(_ state: State, _ walk: Walk) -> Bool {
    state.holders.isEmpty && walk.loads.isEmpty && !walk.tracksLoop
  }

  private func output(_ argument: Int, ofCallAt point: ProgramPoint) -> Int32? {
    guard case .call(_, _, let arguments)? = flow.operation(at: point),
      argument < arguments.count, case .address(let place) = arguments[argument],
      case .local(let local) = flow.model.places[Int(place.index)].base,
      flow.model.places[Int(place.index)].path.isEmpty
    else { return nil }
    return local
  }

  /// What is known on a way from the borrow on.
  private struct State: Equatable {
    /// The covers that still hold, by number.
    var mask: UInt64
    /// What let the last one go.
    var yield: ProgramPoint?
    /// The variables and temporaries that hold the reference.
    var holders: Set<Operand> = []

    mutating func join(_ other: Self) {
      mask &= other.mask
      yield = yield ?? other.yield
      holders.formUnion(other.holders)
    }

    static func == (left: Self, right: Self) -> Bool {
      left.mask == right.mask && (left.yield == nil) == (right.yield == nil)
        && left.holders == right.holders
    }
  }

  private struct Walk {
    let start: ProgramPoint
    let covers: [Cover]
    let returnIsUse: Bool
    let takesCount: Bool
    /// Whether the way back to the start matters, however the reference is used.
    let tracksLoop: Bool
    /// Whether giving it up counts as a use.
    let releaseIsUse: Bool
    /// Instructions that read the reference from memory.
    var loads: Set<ProgramPoint> = []
  }

  /// Goes through a block; nil: the reference is taken, or borrowed anew.
  private func pass(
    _ id: BlockID, from first: Int, _ before: State, _ walk: Walk, _ outcome: inout Outcome
  ) -> State? {
    var state = before
    let block = flow.model.blocks[Int(id.index)]
    for index in first...max(first, block.instructions.count) {
      let point = ProgramPoint(block: id, instruction: index)
      if state.mask != 0 { release(at: point, &state, walk) }
      if point == walk.start {
        if state.mask == 0, state.yield == nil { outcome.losesCoverInLoop = true }
        return nil
      }
      guard index < block.instructions.count else {
        if case .return = block.terminator, !state.holders.isEmpty { outcome.reachesEnd = true }
        if case .return(let operand?) = block.terminator, state.holders.contains(operand) {
          _ = note(.returned, at: point, state, suspends: false, walk, &outcome)
        }
        break
      }
      let operation = block.instructions[index].operation
      let suspends = block.instructions[index].isCall && state.mask != 0 && mayYield(at: point)
      var isTaken = false
      if !state.holders.isEmpty {
        flow.visit(operation) { operand, kind in
          guard kind != .test, state.holders.contains(operand) else { return }
          if kind == .argument(0), let name = flow.name(ofCallAt: point),
            ReferenceEffects.givesUp(name)
          {
            outcome.releases.append((point, state.holders))
            // A reference given up twice is another bug.
            if !walk.releaseIsUse { return }
          }
          if note(kind, at: point, state, suspends: suspends, walk, &outcome) { isTaken = true }
        }
      }
      if isTaken, walk.takesCount {
        guard walk.tracksLoop else { return nil }
        state.holders = []
      }
      if suspends {
        for (number, cover) in walk.covers.enumerated() where cover.isSuspendable {
          state.mask &= ~(1 << UInt64(number))
        }
        if state.mask == 0 { state.yield = point }
      }
      move(operation, at: point, &state.holders, walk)
    }
    return state
  }

  /// Keeps up with the variables that hold the reference.
  private func move(
    _ operation: Operation, at point: ProgramPoint, _ holders: inout Set<Operand>, _ walk: Walk
  ) {
    func set(_ holder: Operand, from operand: Operand) {
      if holders.contains(operand) { holders.insert(holder) } else { holders.remove(holder) }
    }
    switch operation {
    case .store(let place, let operand):
      let target = flow.model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty {
        set(.local(local), from: operand)
      }
    case .copy(let result, let operand): set(.temporary(result), from: operand)
    case .compute(let result, let kind, let operands):
      if kind == .add || kind == .subtract, let first = operands.first {
        set(.temporary(result), from: first)
      }
    case .modify(let result?, let place, _, _, _):
      let target = flow.model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty {
        set(.temporary(result), from: .local(local))
      }
    case .load(let result, _):
      if walk.loads.contains(point) {
        holders.insert(.temporary(result))
      } else {
        holders.remove(.temporary(result))
      }
    case .call(let result, _, let arguments):
      if let result {
        if let passed = flow.passedArgument(ofCallAt: point) {
          set(.temporary(result), from: passed)
        } else {
          holders.remove(.temporary(result))
        }
      }
      guard !holders.isEmpty else { return }
      for (index, argument) in arguments.enumerated() {
        guard case .address = argument, let local = output(index, ofCallAt: point) else { continue }
        holders.remove(.local(local))
      }
    case .modify(nil, _, _, _, _), .atomic, .opaque: break
    }
  }

  /// Whether the reference is `NULL` along an edge: then there is none.
  private func isNull(_ state: State, along edge: FlowEdge) -> Bool {
    guard !state.holders.isEmpty,
      case .branch(let condition, _, _) = flow.model.blocks[Int(edge.from.index)].terminator
    else { return false }
    switch (edge.kind, isSet(condition, state.holders)) {
    case (.then, false?), (.otherwise, true?): return true
    default: return false
    }
  }

  /// What a true condition says of the reference: that there is one, or none. nil: neither.
  private func isSet(_ condition: Operand, _ holders: Set<Operand>, depth: Int = 0) -> Bool? {
    if holders.contains(condition) { return true }
    guard depth < 4, case .temporary(let number) = condition,
      let definition = flow.definition(of: number)
    else { return nil }
    switch definition {
    case .compute(_, .not, let operands):
      return operands.first.flatMap { isSet($0, holders, depth: depth + 1) }.map { !$0 }
    case .compute(_, let kind, let operands)
    where (kind == .equal || kind == .notEqual) && operands.contains(.integer(0)):
      let other = operands.first { $0 != .integer(0) }
      return other.flatMap { isSet($0, holders, depth: depth + 1) }
        .map { kind == .equal ? !$0 : $0 }
    case .call(_, .direct(let symbol), let arguments)
    where flow.package.units[flow.unit].name(of: symbol) == "__builtin_expect":
      return arguments.first.flatMap { isSet($0, holders, depth: depth + 1) }
    default: return nil
    }
  }

  /// Drops the covers that are no longer held at a point.
  private func release(at point: ProgramPoint, _ state: inout State, _ walk: Walk) {
    guard point.instruction == 0 || isCall(before: point) else { return }
    var held: Set<HeldLock>?
    for (number, cover) in walk.covers.enumerated() where state.mask & (1 << UInt64(number)) != 0 {
      guard let lock = cover.lock else { continue }
      let now =
        held
        ?? context.locks.held(
          in: flow.function, block: point.block, instruction: point.instruction)
      held = now
      if !now.contains(where: { $0.key == lock.key }) { state.mask &= ~(1 << UInt64(number)) }
    }
  }

  private func isCall(before point: ProgramPoint) -> Bool {
    flow.model.blocks[Int(point.block.index)].instructions[point.instruction - 1].isCall
  }

  private func mayYield(at point: ProgramPoint) -> Bool {
    guard let (callee, _) = flow.call(at: point) else { return true }
    let name = context.name(callee)
    // Another section can have to be waited for, and the end of an object can run its finaliser.
    if name.hasPrefix("PyCriticalSection"), name.contains("Begin") { return true }
    if ReferenceEffects.givesUp(name) || ReferenceEffects.replaces(name) { return true }
    return context.yields.contains(callee)
  }

  /// Notes a use. True: it takes a reference.
  private func note(
    _ kind: ValueFlow.Use.Kind, at point: ProgramPoint, _ state: State, suspends: Bool,
    _ walk: Walk, _ outcome: inout Outcome
  ) -> Bool {
    let isTake = takes(kind, at: point)
    if isTake { outcome.isTaken = true }
    if case .stored(let place) = kind {
      outcome.stores.append((place, point))
      // In the variable of a caller it is handed over like a result.
      if flow.model.output(of: place) != nil { return false }
    }
    if kind == .returned {
      outcome.isReturned = true
      if !walk.returnIsUse { return false }
    }
    if let yield = state.yield, state.mask == 0 {
      if outcome.yielded == nil {
        outcome.yielded = use(kind, isTake, at: point, .yielded(name(at: yield), site(yield)))
      }
    } else if state.mask == 0 {
      if outcome.late == nil {
        outcome.late = use(
          kind, isTake, at: point, walk.covers.isEmpty ? .noLock : .released)
      }
    } else if suspends, !isTake, kind.isArgument,
      walk.covers.enumerated().allSatisfy({ number, cover in
        cover.isSuspendable || state.mask & (1 << UInt64(number)) == 0
      }), outcome.yielded == nil
    {
      outcome.yielded = use(kind, isTake, at: point, .yielded(name(at: point), site(point)))
    }
    return isTake
  }

  func takes(_ kind: ValueFlow.Use.Kind, at point: ProgramPoint) -> Bool {
    guard case .argument(let position) = kind, let (callee, _) = flow.call(at: point) else {
      return false
    }
    if ReferenceEffects.takesReference(context.name(callee)) { return position == 0 }
    return context.takes(callee, parameter: position)
  }

  private func use(
    _ kind: ValueFlow.Use.Kind, _ isTake: Bool, at point: ProgramPoint,
    _ reason: ReferenceHazard.LateUse.Reason
  ) -> ReferenceHazard.LateUse {
    let found: ReferenceHazard.LateUse.Kind =
      switch kind {
      case .argument: isTake ? .take : .argument(name(at: point))
      case .callee: .argument("a call through it")
      case .dereference: .dereference
      case .stored: .stored
      case .returned: .returned
      case .opaque, .test: .other
      }
    return ReferenceHazard.LateUse(kind: found, reason: reason, site: site(point))
  }

  private func name(at point: ProgramPoint) -> String { flow.name(ofCallAt: point) ?? "" }
  private func site(_ point: ProgramPoint) -> CodeSite { context.site(point, in: flow) }
}

extension Instruction {
  fileprivate var isCall: Bool { if case .call = operation { true } else { false } }
}

extension ValueFlow.Use.Kind {
  fileprivate var isArgument: Bool { if case .argument = self { true } else { false } }
}
