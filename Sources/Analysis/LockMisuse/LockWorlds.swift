import ProgramModel

/// What is known of a value.
enum KnownValue: Hashable, Sendable {
  case equal(Int64)
  case notEqual(Int64)

  /// Whether the value is another one than zero; nil: not known.
  var isNonzero: Bool? {
    switch self {
    case .equal(let value): value != 0
    case .notEqual(0): true
    case .notEqual: nil
    }
  }

  func contradicts(_ other: Self) -> Bool {
    switch (self, other) {
    case (.equal(let left), .equal(let right)): left != right
    case (.equal(let left), .notEqual(let right)), (.notEqual(let left), .equal(let right)):
      left == right
    case (.notEqual, .notEqual): false
    }
  }
}

/// What something is known of: a value that branches test.
enum KnownSubject: Hashable, Sendable {
  case temporary(Int32)
  case local(Int32)
  /// What memory holds.
  case place(LockKey)
  /// What a function that only tells something returns, given these numbers.
  case query(FunctionID, [Int64])
  /// Whether two locals are equal, the smaller number first.
  case equality(Int32, Int32)
}

/// The locks that may be held at a point, each set of them with what is known of values then.
///
/// Keeping apart what is known under different sets of locks is what tells `if (locked) unlock()`
/// from a lock that is forgotten. Sets that are equal are joined, so this stays small.
struct LockWorlds: JoinSemilattice {
  typealias Facts = [KnownSubject: KnownValue]

  /// By the acquisitions that are in force, ascending.
  var worlds: [[Int32]: Facts] = [:]
  /// There were too many: nothing is said.
  var isTooLarge = false

  private static let limit = 24

  mutating func join(_ other: Self) -> Bool {
    guard !isTooLarge else { return false }
    var changed = false
    if other.isTooLarge {
      self = Self(isTooLarge: true)
      return true
    }
    for (held, facts) in other.worlds where add(held, facts) { changed = true }
    if worlds.count > Self.limit {
      self = Self(isTooLarge: true)
      return true
    }
    return changed
  }

  /// Takes in one more way to hold the same locks. True when that changed anything.
  @discardableResult
  mutating func add(_ held: [Int32], _ facts: Facts) -> Bool {
    guard let known = worlds[held] else {
      worlds[held] = facts
      return true
    }
    let common = known.filter { facts[$0.key] == $0.value }
    if common.count == known.count { return false }
    worlds[held] = common
    return true
  }

  init(worlds: [[Int32]: Facts] = [:], isTooLarge: Bool = false) {
    self.worlds = worlds
    self.isTooLarge = isTooLarge
  }

  /// Rebuilds all worlds; what `body` gives replaces one.
  mutating func map(_ body: ([Int32], Facts) -> [([Int32], Facts)]) {
    guard !isTooLarge else { return }
    var new = Self()
    // The order does not matter: joining is intersection.
    for (held, facts) in worlds {
      for (held, facts) in body(held, facts) { new.add(held, facts) }
    }
    self = new.worlds.count > Self.limit ? Self(isTooLarge: true) : new
  }

  /// All acquisitions that may be in force, ascending.
  var mayHold: [Int32] { Set(worlds.keys.joined()).sorted() }
}

/// What a function returns that takes locks only where it succeeds.
struct LockOutcome: Hashable, Sendable {
  var held: KnownValue
  var other: KnownValue
}

/// One place where a function takes a lock.
struct LockAcquisition: Hashable, Sendable {
  var point: ProgramPoint
  var range: SourceRange
  var lock: HeldLock
  /// Index into the locks of `FunctionLocks`.
  var number: Int32
  /// The call only tries.
  var isTry: Bool
  /// The call itself is a known lock function; else a function of the package that takes it.
  var isDirect: Bool
  /// Of one call that takes several together, all have this.
  var isCombined: Bool
  /// A C++ object lets it go at the end of its life.
  var isScoped: Bool
}
