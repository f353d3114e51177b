package import ProgramModel

/// What an instruction does to a field of an instance, or to a part of what it owns.
package enum InstanceUse: Hashable, Sendable {
  case read, write, modify
  /// Memory behind the field is released or moved.
  case release
  /// What the field refers to is ended by a function whose name says so: `fclose`, `lib_close`.
  case close

  package var writes: Bool { self != .read }
}

/// One access to a field of an object that other threads can have.
package struct InstanceAccess: Hashable, Sendable {
  package var field: InstanceFieldID
  package var part: InstancePart
  package var use: InstanceUse
  package var isAtomic: Bool
  /// The memory accessed is a reference to a Python object.
  package var isReference: Bool
  /// It is passed to a function of which no more is known.
  package var isUncertain: Bool
  package var site: CodeSite
  /// The function outside the package, or the one whose own accesses are not told apart, that
  /// does it; nil: the instruction itself.
  package var callee: FunctionID?
  /// What a write stores, or what is counted up or down by where the result is not used; nil for
  /// others and where a function does it.
  package var value: Operand?
  /// As seen from the object; those of all callers included that have such an object.
  package var locks: Set<RelativeLock>
  /// What the function holds at the site, in its own terms.
  package var held: Set<HeldLock>
  /// The object by the name that the function has for it; nil: it has none.
  package var object: LockKey?
  /// Entry points that are certainly called reach it with an object of theirs.
  package var isCertain: Bool
  /// Only `__init__` reaches it, which can run again on an object in use.
  package var isReinitialisation: Bool
}

/// An access as its function alone tells it.
struct RawInstanceAccess {
  var place: InstancePlace
  var part: InstancePart
  var use: InstanceUse
  var isAtomic = false
  var isReference = false
  var isUncertain = false
  var site: CodeSite
  var callee: FunctionID?
  var value: Operand?
  /// The object; nil: it has no name.
  var key: LockKey?
  /// The pointer that the way to it begins with; nil for static objects.
  var root: Operand?
}

extension InstanceAccess {
  /// Whether two threads can be at both at the same time and one of them writes.
  func races(with other: Self) -> Bool {
    field == other.field && part.overlaps(other.part) && (use.writes || other.use.writes)
      && !(isAtomic && other.isAtomic) && !RelativeLock.areExcluded(locks, other.locks)
  }
}
