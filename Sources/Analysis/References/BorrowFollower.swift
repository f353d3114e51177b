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
    /// Around the loop and back, the lock is let go by releasing it.
    var losesCoverInLoop = false
  }

  /// Follows the values `origins` from a point on. `covers` are the locks held there. With
  /// `takesCount` false, taking a reference changes nothing: the value is a pointer to an array.
  func follow(
    _ origins: [ValueFlow.Origin], from start: ProgramPoint, covers: [Cover],
    returnIsUse: Bool, takesCount: Bool = true
  ) -> Outcome {
    var uses: [ProgramPoint: [ValueFlow.Use.Kind]] = [:]
    for origin in origins {
      for use in flow.uses(of: origin) where use.kind != .test {
        uses[use.point, default: []].append(use.kind)
      }
    }
    var outcome = Outcome()
    guard !uses.isEmpty || !covers.isEmpty else { return outcome }
    let all: UInt64 = covers.count >= 64 ? .max : (1 << UInt64(covers.count)) - 1
    var walk = Walk(covers: covers, uses: uses, returnIsUse: returnIsUse, takesCount: takesCount)
    var seen: [Int32: State] = [:]
    var queue: [(block: BlockID, first: Int, state: State)] = [
      (start.block, start.instruction + 1, State(mask: all))
    ]
    var next = 0
    while next < queue.count, next < 20_000 {
      let (block, first, state) = queue[next]
      next += 1
      guard
        let end = pass(block, from: first, state, start, &walk, &outcome)
      else { continue }
      for edge in flow.flow.successors(of: block) {
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

  /// Which covers still hold, and what let one go.
  private struct State: Equatable {
    var mask: UInt64
    var yield: ProgramPoint?

    mutating func join(_ other: Self) {
      mask &= other.mask
      yield = yield ?? other.yield
    }

    static func == (left: Self, right: Self) -> Bool {
      left.mask == right.mask && (left.yield == nil) == (right.yield == nil)
    }
  }

  private struct Walk {
    let covers: [Cover]
    let uses: [ProgramPoint: [ValueFlow.Use.Kind]]
    let returnIsUse: Bool
    let takesCount: Bool
  }

  /// Goes through a block; nil: the reference is taken, or borrowed anew.
  private func pass(
    _ id: BlockID, from first: Int, _ before: State, _ start: ProgramPoint, _ walk: inout Walk,
    _ outcome: inout Outcome
  ) -> State? {
    var state = before
    let block = flow.model.blocks[Int(id.index)]
    for index in first...max(first, block.instructions.count) {
      let point = ProgramPoint(block: id, instruction: index)
      if state.mask != 0 { release(at: point, &state, walk) }
      if point == start {
        if state.mask == 0, state.yield == nil { outcome.losesCoverInLoop = true }
        return nil
      }
      let isCall = index < block.instructions.count && block.instructions[index].isCall
      let suspends = isCall && state.mask != 0 && mayYield(at: point)
      for kind in walk.uses[point] ?? [] {
        if note(kind, at: point, state, suspends: suspends, walk, &outcome), walk.takesCount {
          return nil
        }
      }
      if suspends {
        for (number, cover) in walk.covers.enumerated() where cover.isSuspendable {
          state.mask &= ~(1 << UInt64(number))
        }
        if state.mask == 0 { state.yield = point }
      }
    }
    return state
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
