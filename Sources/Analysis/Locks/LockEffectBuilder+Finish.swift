import ProgramModel

extension LockEffectBuilder {
  /// Puts the tables together and solves the function.
  mutating func finish() -> FunctionLocks {
    var result = FunctionLocks()
    result.edgeLocks = conditionalLocks()
    var tested: [Int32: Int32] = [:]
    for (index, block) in model.blocks.enumerated() {
      switch block.terminator {
      case .branch(let value, _, _), .switch(let value, _, _):
        tested[Int32(truncatingIfNeeded: index)] = PendingLock.subject(value)
      default: break
      }
    }
    result.tested = tested
    result.locks = table.locks
    result.releases = table.releases
    result.implied = table.locks.enumerated().map { index, lock in
      table.locks.indices.filter { $0 == index || lock.implies(table.locks[$0]) }
        .map { Int32(truncatingIfNeeded: $0) }
    }
    result.ended = table.releases.map { release in
      table.locks.indices.filter { release.ends(table.locks[$0]) }
        .map { Int32(truncatingIfNeeded: $0) }
    }
    result.meant = table.releases.map { release in
      table.locks.indices.filter {
        release.ends(table.locks[$0]) && table.locks[$0].key == release.key
      }.map { Int32(truncatingIfNeeded: $0) }
    }
    result.firstEffect.reserveCapacity(effects.count + 1)
    for list in effects {
      result.firstEffect.append(Int32(truncatingIfNeeded: result.effects.count))
      result.effects += list
    }
    result.firstEffect.append(Int32(truncatingIfNeeded: result.effects.count))
    let solution = result.solve(model, ControlFlow(model))
    result.states = solution.states
    result.isComplete = solution.isComplete
    return result
  }

  // MARK: Conditional locks

  /// A branch that does something to locks on one side only.
  private struct Condition {
    var block: Int32
    /// What is tested for zero.
    var source: LockKey
    /// The locks behind the pointer tested, if it is one.
    var pointee: LockKey
    /// Whether the side on which something happens is that where the value is not zero.
    var isNonzero: Bool
    var side: BlockID
    /// The edge that passes it by: 0 for `then`, 1 for `otherwise`.
    var other: Int32
    var target: BlockID
  }

  /// Locks that need not be taken on an edge: `if (lock) acquire(lock)` has no lock to take where
  /// there is none, and a flag under which a lock is both taken and let go says that it is needed.
  private func conditionalLocks() -> [Int32: [Int32]] {
    guard !table.locks.isEmpty else { return [:] }
    var incoming = [Int](repeating: 0, count: model.blocks.count)
    for block in model.blocks {
      if case .branch(_, let then, let otherwise) = block.terminator {
        incoming[Int(then.index)] += 1
        incoming[Int(otherwise.index)] += 1
      } else {
        for target in block.successors { incoming[Int(target.index)] += 1 }
      }
    }
    let definitions = computations()
    var conditions: [Condition] = []
    for (index, block) in model.blocks.enumerated() {
      guard case .branch(let value, let then, let otherwise) = block.terminator else { continue }
      for (side, target, other) in [(then, otherwise, Int32(1)), (otherwise, then, Int32(0))] {
        guard !effects[Int(side.index)].isEmpty, incoming[Int(target.index)] > 1,
          let (source, pointee, isPositive) = peeled(value, definitions)
        else { continue }
        conditions.append(
          Condition(
            block: Int32(truncatingIfNeeded: index), source: source, pointee: pointee,
            isNonzero: isPositive == (other == 1), side: side, other: other, target: target))
      }
    }
    var found: [Int32: [Int32]] = [:]
    for condition in conditions {
      let side = effects[Int(condition.side.index)]
      for number in Set(side.flatMap { $0.acquires + $0.pending.map(\.lock) }).sorted() {
        let lock = table.locks[Int(number)]
        if lock.mode == .onceBody || lock.mode == .onceDone { continue }
        let isAbsent = condition.isNonzero && lock.key == condition.pointee
        let isBracketed = conditions.contains { later in
          later.block != condition.block && later.source == condition.source
            && later.isNonzero == condition.isNonzero
            && releases(lock, in: later.side)
        }
        if isAbsent || isBracketed {
          found[condition.block * 2 + condition.other, default: []].append(number)
        }
      }
    }
    return found
  }

  private func releases(_ lock: HeldLock, in block: BlockID) -> Bool {
    effects[Int(block.index)].contains { effect in
      effect.releases.contains { table.releases[Int($0)].key == lock.key }
    }
  }

  /// The comparisons with zero and negations of the function, by their results.
  private func computations() -> [Int32: (Operand, isSame: Bool)] {
    var found: [Int32: (Operand, isSame: Bool)] = [:]
    for block in model.blocks {
      guard case .branch = block.terminator else { continue }
      for instruction in block.instructions {
        guard case .compute(let result, let kind, let operands) = instruction.operation,
          let first = operands.first
        else { continue }
        switch kind {
        case .not: found[result] = (first, false)
        case .equal where operands.count == 2 && operands[1] == .integer(0):
          found[result] = (first, false)
        case .notEqual where operands.count == 2 && operands[1] == .integer(0):
          found[result] = (first, true)
        default: break
        }
      }
    }
    return found
  }

  private func peeled(
    _ value: Operand, _ definitions: [Int32: (Operand, isSame: Bool)]
  ) -> (source: LockKey, pointee: LockKey, isPositive: Bool)? {
    var value = value
    var isPositive = true
    for _ in 0..<4 {
      guard case .temporary(let number) = value, let (inner, isSame) = definitions[number] else {
        break
      }
      value = inner
      isPositive = isPositive == isSame
    }
    guard let source = paths.source(of: value), source.base != .unknown else { return nil }
    return (source, paths.pointee(value), isPositive)
  }

  // MARK: Summary

  /// What calls of the function do, by what is held where it returns.
  func summary(of locks: FunctionLocks) -> LockSummary {
    var summary = LockSummary()
    var acquired: Set<HeldLock>?
    var zero: Set<HeldLock>?
    var nonzero: Set<HeldLock>?
    func meet(_ known: inout Set<HeldLock>?, _ new: Set<HeldLock>) {
      known = known.map { HeldLock.common($0, new) } ?? new
    }
    for (index, block) in model.blocks.enumerated() {
      guard case .return(let value) = block.terminator,
        let state = locks.state(
          block: BlockID(Int32(truncatingIfNeeded: index)),
          instruction: block.instructions.count)
      else { continue }
      let held = locks.set(state.held)
      meet(&acquired, held)
      for release in state.released { summary.released.insert(locks.releases[Int(release)]) }
      let subject = value.flatMap(PendingLock.subject)
      func told(_ successes: Set<PendingLock.Success>) -> Set<HeldLock> {
        Set(
          state.pending.filter { $0.subject == subject && successes.contains($0.success) }
            .map { locks.locks[Int($0.lock)] })
      }
      switch value {
      case .integer(0): meet(&zero, held)
      case .integer, .address, .string, .function: meet(&nonzero, held)
      default:
        meet(&zero, held.union(told([.zero])))
        meet(&nonzero, held.union(told([.nonzero])))
      }
      if case .local(let local) = value {
        summary.returnedGuard = guards[LockKey(base: .local(local))] ?? []
      }
    }
    summary.acquired = speakable(acquired ?? [])
    // Nothing ever returns such a value: saying something of it would be idle.
    summary.acquiredIfZero = speakable(zero ?? []).subtracting(summary.acquired)
    summary.acquiredIfNonzero = speakable(nonzero ?? []).subtracting(summary.acquired)
    summary.returnedGuard = speakable(summary.returnedGuard)
    summary.released = summary.released.filter { release in
      if case .local = release.key?.base { return false }
      return true
    }
    for (place, locks) in guards {
      guard case .parameter = place.base else { continue }
      summary.guards[place] = speakable(locks)
    }
    if model.kind == .constructor {
      for (pointer, target) in paths.aliases {
        guard case .parameter = pointer.base else { continue }
        if case .local = target.base { continue }
        summary.aliases[pointer] = target
      }
    }
    return summary
  }

  /// The locks that a caller can name.
  private func speakable(_ locks: Set<HeldLock>) -> Set<HeldLock> {
    locks.filter { lock in
      if case .local = lock.key.base { return false }
      return lock.key.base != .unknown
    }
  }
}
