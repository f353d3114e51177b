import ProgramModel

/// Which accesses of one state can race.
struct StateRaces {
  /// Accesses that other threads can do at the same time, the ones that race first.
  struct Pair: Hashable {
    var write: StateAccess
    var other: StateAccess
  }

  /// Whether a lock is the same one whoever names it.
  static func isGlobal(_ key: LockKey) -> Bool {
    switch key.base {
    case .variable, .moduleState, .moduleObject, .world: true
    case .parameter, .field, .local, .unknown: false
    }
  }

  /// Whether two accesses cannot happen at the same time because of the locks held at them.
  static func areExcluded(_ left: Set<HeldLock>, _ right: Set<HeldLock>) -> Bool {
    left.contains { one in
      isGlobal(one.key)
        && right.contains { other in
          guard one.key == other.key else { return false }
          switch (one.mode, other.mode) {
          case (.exclusive, .exclusive), (.exclusive, .shared), (.shared, .exclusive): return true
          case (.onceBody, .onceBody), (.onceBody, .onceDone), (.onceDone, .onceBody): return true
          default: return false
          }
        }
    }
  }

  private static func conflict(_ left: StateAccess, _ right: StateAccess) -> Bool {
    guard left.kind.writes || right.kind.writes else { return false }
    if left.kind.isAtomic && right.kind.isAtomic { return false }
    return StatePath.overlap(left.steps, right.steps) && !areExcluded(left.locks, right.locks)
  }

  /// All pairs that race, each write with each other access that is not like one before.
  static func pairs(_ accesses: [StateAccess]) -> [Pair] {
    var seen = Set<StateAccess.Likeness>()
    let live = accesses.filter {
      $0.isLive && !$0.isConstruction && seen.insert($0.likeness).inserted
    }
    let writes = live.filter { $0.kind.writes }
    guard !writes.isEmpty else { return [] }
    var found: [Pair] = []
    for write in writes.prefix(100) {
      for other in live.prefix(400) where conflict(write, other) {
        found.append(Pair(write: write, other: other))
      }
    }
    return found
  }

  /// The lock under which all live accesses are, where there is one; else the once construct
  /// that orders them.
  static func guardian(_ accesses: [StateAccess], of state: StateID) -> HeldLock? {
    let live = accesses.filter { $0.isLive && !$0.isConstruction }
    guard let first = live.first else { return nil }
    let keys = first.locks.filter { lock in
      // The guard of its own construction; a lock inside a record is another matter.
      if case .variable(let id) = lock.key.base, lock.key.path.isEmpty, .variable(id) == state {
        return false
      }
      return isGlobal(lock.key) && live.allSatisfy { $0.locks.contains { $0.key == lock.key } }
    }
    return keys.min { ($0.isTelling ? 0 : 1, "\($0)") < ($1.isTelling ? 0 : 1, "\($1)") }
  }
}

extension StateAccess {
  /// What of an access matters for races: of those alike one is enough.
  struct Likeness: Hashable {
    var kind: VariableAccess.Kind
    var steps: [StateStep]
    var locks: Set<HeldLock>
    var function: FunctionID
    var isUncertain: Bool
  }

  var likeness: Likeness {
    Likeness(
      kind: kind, steps: steps, locks: locks, function: site.function, isUncertain: isUncertain)
  }
}

extension HeldLock {
  /// A lock that a reader of a report should know of: not that something has run once, nor one
  /// that nobody can name.
  package var isTelling: Bool {
    (mode == .exclusive || mode == .shared) && key.base != .unknown
  }
}
