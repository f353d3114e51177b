import ProgramModel
import PythonAPI

/// A lock that is let go.
struct LockRelease: Hashable {
  /// nil: which lock is not known.
  var key: LockKey?
  /// nil: of any family.
  var family: HeldLock.Family?
  /// `key` is the place of a section or guard: what it holds is let go.
  var isGuard = false
  /// The end of a section or guard that is a local variable: what it holds was taken here, or is
  /// not held at all. A lock of the caller is never let go by it.
  var isScoped = false

  /// Whether a lock may be no longer held afterwards.
  func ends(_ lock: HeldLock) -> Bool {
    if lock.mode == .onceDone { return false }
    if lock.mode == .onceBody { return family == .once && key == lock.key }
    guard let key, !isGuard, key.base != .unknown else {
      return family == nil || family == lock.family
    }
    if key == lock.key { return true }
    // Two ways to what may be one object, where one of them is not known to its beginning.
    guard !key.isNamed || !lock.key.isNamed, lock.key.base != .world else { return false }
    guard lock.key.base != .unknown else { return family == lock.family }
    return key.lastField == lock.key.lastField
  }

  /// As `ends`, for a lock of the caller: what it holds can have a second name by another
  /// parameter.
  func mayEnd(_ lock: HeldLock) -> Bool {
    if ends(lock) { return true }
    guard let key, case .parameter = lock.key.base, key.base != lock.key.base,
      family == lock.family, let field = key.lastField
    else { return false }
    return field == lock.key.lastField
  }
}

/// What calling a function does to locks, in terms of its parameters.
struct LockSummary: Equatable {
  /// Held when the function returns, and not because its caller held them.
  var acquired: Set<HeldLock> = []
  /// Held besides when it returns zero, or something else.
  var acquiredIfZero: Set<HeldLock> = []
  var acquiredIfNonzero: Set<HeldLock> = []
  /// Locks of the caller that may be no longer held.
  var released: Set<LockRelease> = []
  /// Guards and sections behind parameters: what each of them holds.
  var guards: [LockKey: Set<HeldLock>] = [:]
  /// What the guard holds that the function returns by value.
  var returnedGuard: Set<HeldLock> = []
  /// Constructors: what the pointers in fields of the new object point to.
  var aliases: [LockKey: LockKey] = [:]

  static let nothing = LockSummary()
  var isNothing: Bool { self == Self.nothing }
}

/// An attempt whose outcome a value tells.
struct PendingLock: Hashable {
  enum Success: Hashable {
    case zero, nonzero, one
  }

  /// The value: a temporary, or a local as `-1 - number`.
  var subject: Int32
  /// Index into the function's locks.
  var lock: Int32
  var success: Success

  static func subject(_ operand: Operand) -> Int32? {
    switch operand {
    case .temporary(let number): number
    case .local(let number): -1 - number
    default: nil
    }
  }
}

/// How a value that tells an outcome is made of another one.
enum PendingCopy: Hashable {
  case copy
  case equal(Int64)
  case notEqual(Int64)
  /// Compared with zero: `x > 0`, `x < 0`.
  case positive, negative
  /// The value is a new one.
  case none

  /// What the new value says, given what the old one did; nil: nothing.
  func success(_ old: PendingLock.Success) -> PendingLock.Success? {
    switch (self, old) {
    case (.copy, _): old
    case (.equal(0), .zero), (.notEqual(0), .nonzero), (.equal(1), .one): .nonzero
    case (.equal(0), .nonzero), (.notEqual(0), .zero), (.notEqual(1), .one): .zero
    case (.equal, .nonzero), (.positive, .nonzero): .nonzero
    // What equals another number than zero is not zero.
    case (.notEqual, .nonzero): .zero
    // Functions that return zero or a negative number for an error.
    case (.negative, .zero): .zero
    default: nil
    }
  }
}

/// What one instruction does to the locks of its function.
struct LockEffect {
  var instruction: Int32
  /// Indices into the function's releases; they come first.
  var releases: [Int32] = []
  /// Indices into the function's locks.
  var acquires: [Int32] = []
  var pending: [PendingLock] = []
  /// A value made of another one.
  var copy: (from: Int32, to: Int32, how: PendingCopy)?

  var isNothing: Bool {
    releases.isEmpty && acquires.isEmpty && pending.isEmpty && copy == nil
  }
}
