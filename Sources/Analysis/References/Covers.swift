import ProgramModel

/// A lock that keeps the owner of a borrowed reference as it is.
struct Cover: Hashable {
  /// nil: callers hold it, under names that this function does not know.
  var lock: HeldLock?
  /// A call that runs other code can let go of it for a while.
  var isSuspendable: Bool
}

/// Finds the locks that cover an owner.
enum Covers {
  /// The locks held at a point that keep others from changing the object. For an object that
  /// only code of the package can get at (`isOwn`), any lock that is held does; for one that
  /// Python code has too, only its own critical section.
  static func locks(
    on owner: Operand, at point: ProgramPoint, in flow: ValueFlow, isOwn: Bool,
    _ context: ReferenceContext
  ) -> [Cover] {
    let held = context.locks.held(
      in: flow.function, block: point.block, instruction: point.instruction)
    guard !held.isEmpty else { return [] }
    let key = context.locks.object(owner, in: flow.function)
    let aliases = sections(of: owner, held, at: point, in: flow)
    return held.filter { covers($0, key, isOwn: isOwn) || aliases.contains($0) }
      .map { Cover(lock: $0, isSuspendable: $0.isSuspendable) }
      .sorted { !$0.isSuspendable && $1.isSuspendable }
  }

  /// The critical sections on variables that together hold all that the owner can be.
  private static func sections(
    of owner: Operand, _ held: Set<HeldLock>, at point: ProgramPoint, in flow: ValueFlow
  ) -> Set<HeldLock> {
    let wanted = flow.origins(of: owner, at: point)
    var found = Set<HeldLock>()
    var covered = Set<ValueFlow.Origin>()
    for lock in held where lock.family == .criticalSection && lock.key.path == ["->"] {
      let local: Int32
      switch lock.key.base {
      case .local(let index): local = index
      case .parameter(let index): local = Int32(truncatingIfNeeded: index)
      default: continue
      }
      let origins = flow.origins(of: .local(local), at: point)
      guard origins.contains(where: { wanted.contains($0) }) else { continue }
      found.insert(lock)
      covered.formUnion(origins)
    }
    let isWhole = wanted.allSatisfy { origin in
      switch origin {
      case .integer: true
      case .unknown: false
      default: covered.contains(origin)
      }
    }
    return isWhole ? found : []
  }

  private static func covers(_ lock: HeldLock, _ owner: LockKey?, isOwn: Bool) -> Bool {
    switch lock.mode {
    case .onceBody, .onceDone: return false
    case .exclusive, .shared: break
    }
    if lock.family == .stopTheWorld { return true }
    if let owner, lock.key == owner { return lock.family == .criticalSection }
    return isOwn && lock.isTelling
  }
}
