import ProgramModel

/// Which locks are held at a point, by what the function itself did.
struct LockState: JoinSemilattice, Sendable {
  /// Held on every way here. Indices into the function's locks, ascending.
  var held: [Int32] = []
  /// What may have been let go on some way that was not held by the function itself. Indices into
  /// its releases, ascending.
  var released: [Int32] = []
  /// Attempts whose outcome a value still tells, on every way here.
  var pending: [PendingLock] = []

  mutating func join(_ other: Self) -> Bool {
    var changed = false
    if held != other.held {
      let kept = held.filter { other.held.contains($0) }
      if kept.count != held.count {
        held = kept
        changed = true
      }
    }
    for release in other.released where insert(release, into: &released) { changed = true }
    if !pending.isEmpty {
      let kept = pending.filter { other.pending.contains($0) }
      if kept.count != pending.count {
        pending = kept
        changed = true
      }
    }
    return changed
  }

  private func insert(_ value: Int32, into list: inout [Int32]) -> Bool {
    let index = list.firstIndex { $0 >= value } ?? list.endIndex
    if index < list.endIndex, list[index] == value { return false }
    list.insert(value, at: index)
    return true
  }

  mutating func acquire(_ lock: Int32) { _ = insert(lock, into: &held) }
  mutating func noteRelease(_ release: Int32) { _ = insert(release, into: &released) }
}

/// The lock operations of one function and what is held where its blocks begin.
struct FunctionLocks: Sendable, DataFlowProblem {
  /// Everything that the function takes, weaker forms of the same lock included.
  var locks: [HeldLock] = []
  /// Per lock the locks that are held with it: itself and weaker forms.
  var implied: [[Int32]] = []
  var releases: [LockRelease] = []
  /// Per release the locks that it may end, and those that it certainly means.
  var ended: [[Int32]] = []
  var meant: [[Int32]] = []
  /// Sorted by block, then instruction.
  var effects: [LockEffect] = []
  var firstEffect: [Int32] = []
  /// Locks to be taken for held along the edges of branches: `block * 2`, plus 1 for `otherwise`.
  var edgeLocks: [Int32: [Int32]] = [:]
  /// The values that branches and switches test.
  var tested: [Int32: Int32] = [:]
  /// Where each block begins; nil for blocks that nothing reaches.
  var states: [LockState?] = []
  var isComplete = true

  var boundary: LockState { LockState() }
  /// Nothing is held, and everything may have been let go.
  var safe: LockState {
    LockState(released: releases.indices.map { Int32(truncatingIfNeeded: $0) })
  }

  func effects(of block: BlockID) -> ArraySlice<LockEffect> {
    let index = Int(block.index)
    return effects[Int(firstEffect[index])..<Int(firstEffect[index + 1])]
  }

  func apply(_ effect: LockEffect, to state: inout LockState) {
    for release in effect.releases {
      let index = Int(release)
      // Letting go what was taken here leaves the caller's locks alone.
      let isOwn = meant[index].contains { state.held.contains($0) }
      if !isOwn, !releases[index].isScoped { state.noteRelease(release) }
      if !ended[index].isEmpty {
        state.held.removeAll { ended[index].contains($0) }
        state.pending.removeAll { ended[index].contains($0.lock) }
      }
    }
    for lock in effect.acquires { take(lock, &state) }
    if let copy = effect.copy {
      state.pending.removeAll { $0.subject == copy.to }
      for pending in state.pending where pending.subject == copy.from {
        guard let success = copy.how.success(pending.success) else { continue }
        state.pending.append(
          PendingLock(subject: copy.to, lock: pending.lock, success: success))
      }
    }
    if let subject = effect.pending.first?.subject {
      state.pending.removeAll { $0.subject == subject }
      state.pending += effect.pending
    }
  }

  private func take(_ lock: Int32, _ state: inout LockState) {
    for lock in implied[Int(lock)] { state.acquire(lock) }
  }

  func transfer(
    block: BlockID, of model: FunctionModel, _ state: inout LockState,
    exceptional: inout LockState?
  ) {
    let hasHandler = model.blocks[Int(block.index)].handler != nil
    if hasHandler { exceptional = state }
    for effect in effects(of: block) {
      apply(effect, to: &state)
      if hasHandler { _ = exceptional?.join(state) }
    }
  }

  func transfer(along edge: FlowEdge, _ state: inout LockState) {
    let block = edge.from.index
    func settle(_ isMet: (PendingLock.Success) -> Bool) {
      guard let subject = tested[block], !state.pending.isEmpty else { return }
      for pending in state.pending where pending.subject == subject && isMet(pending.success) {
        take(pending.lock, &state)
      }
    }
    switch edge.kind {
    case .then:
      // A value that is not zero need not be one, but for attempts that also say "interrupted".
      settle { $0 == .nonzero }
      edgeLocks[block * 2]?.forEach { take($0, &state) }
    case .otherwise:
      settle { $0 == .zero }
      edgeLocks[block * 2 + 1]?.forEach { take($0, &state) }
    case .switchCase(let low, let high):
      settle {
        switch $0 {
        case .zero: low == 0 && high == 0
        case .nonzero: low > 0 || high < 0
        case .one: low == 1 && high == 1
        }
      }
    case .jump, .switchDefault, .indirect, .handler: break
    }
  }

  /// The state before an instruction; nil where nothing reaches the block.
  func state(block: BlockID, instruction: Int) -> LockState? {
    guard Int(block.index) < states.count, var state = states[Int(block.index)] else { return nil }
    for effect in effects(of: block) {
      if effect.instruction >= instruction { break }
      apply(effect, to: &state)
    }
    return state
  }

  /// The locks of a state, without those that a stronger form of them implies.
  func set(_ indices: [Int32]) -> Set<HeldLock> {
    var found = Set(indices.map { locks[Int($0)] })
    if found.count > 1 {
      for lock in found {
        for other in found where other != lock {
          if lock.implies(other), !other.implies(lock) { found.remove(other) }
        }
      }
    }
    return found
  }
}
