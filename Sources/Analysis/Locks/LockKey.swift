package import ProgramModel
import PythonAPI

/// The way to a lock object.
package struct LockKey: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    /// A static object; where a pointer is held in it, the path begins with `->`.
    case variable(VariableID)
    /// A parameter of the function in which the key is used.
    case parameter(Int)
    /// The record that `PyModule_GetState` and its relatives give; the path begins with the field.
    case moduleState(record: String)
    /// The module itself.
    case moduleObject
    /// Everything: the world is stopped.
    case world
    /// A field reached through an object that the function cannot name better; the path is its
    /// fields.
    case field(record: String)
    /// An object that only the function can name: its local of this number.
    case local(Int32)
    case unknown
  }

  package var base: Base
  /// Names of fields, `->` for a dereference, `[]` for a subscript.
  package var path: [String]
  /// The record of the first field behind the last dereference, empty where there is none. Says
  /// how to name the key where its base has no name; it is no part of the identity.
  var owner = ""

  package init(base: Base, path: [String] = []) {
    self.base = base
    self.path = path
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.base == right.base && left.path == right.path
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(path)
  }

  static let unknown = LockKey(base: .unknown)
}

extension LockKey {
  /// What stands behind the pointer at this place.
  func dereferenced() -> Self {
    switch base {
    case .unknown, .world: return .unknown
    default: break
    }
    guard path.count < 16 else { return .unknown }
    var key = self
    key.path.append("->")
    key.owner = ""
    return key
  }

  /// An element of the array at this place.
  func element() -> Self {
    if base == .unknown || path.last == "[]" { return self }
    var key = self
    key.path.append("[]")
    return key
  }

  /// A field of the record at this place; `isState`: the record is what modules keep.
  func field(_ name: String, of record: String, isState: Bool) -> Self {
    var key = self
    switch base {
    case .moduleState("") where path.isEmpty:
      return Self(.moduleState(record: record), name, record)
    case .unknown: return Self(.field(record: record), name, record)
    case .field where path.last == "->": return Self(.field(record: record), name, record)
    // A local pointer of which no more is known names nothing to anybody else.
    case .local where path.last == "->": return Self(.field(record: record), name, record)
    default: break
    }
    if isState, path.last == "->" { return Self(.moduleState(record: record), name, record) }
    key.path.append(name)
    if key.owner.isEmpty { key.owner = record }
    return key
  }

  private init(_ base: Base, _ name: String, _ owner: String) {
    self.base = base
    path = [name]
    self.owner = owner
  }

  /// The last field of the path, where only subscripts and dereferences follow it.
  var lastField: String? { path.last { $0 != "->" && $0 != "[]" } }

  /// The base names one object for all who use it.
  var isNamed: Bool {
    switch base {
    case .variable, .parameter, .moduleState, .moduleObject, .world, .local: true
    case .field, .unknown: false
    }
  }
}

/// One lock that is held, and how.
package struct HeldLock: Hashable, Sendable {
  package enum Mode: Hashable, Sendable {
    case exclusive, shared
    /// In the part that a once flag lets run once.
    case onceBody
    /// After that part has run.
    case onceDone
  }

  /// The families of `LockFact`, as far as locks of one can exclude each other.
  package enum Family: Hashable, Sendable {
    case criticalSection, mutex
    /// `PyThread_type_lock`.
    case threadLock
    case pthread, c11, windows, cxx, once, stopTheWorld, other
  }

  package var key: LockKey
  package var mode: Mode
  package var family: Family
  /// Let go while the thread blocks, as critical sections are.
  package var isSuspendable: Bool

  package init(key: LockKey, mode: Mode, family: Family, isSuspendable: Bool = false) {
    self.key = key
    self.mode = mode
    self.family = family
    self.isSuspendable = isSuspendable
  }

  /// Whether holding this lock is also to hold the other one, which is the weaker.
  func implies(_ other: Self) -> Bool {
    guard key == other.key else { return false }
    let isModeEnough = mode == other.mode || (mode == .exclusive && other.mode == .shared)
    return isModeEnough && (!isSuspendable || other.isSuspendable)
  }

  /// What is held where both are held on some way; nil: nothing in common.
  func common(_ other: Self) -> Self? {
    if implies(other) { return other }
    if other.implies(self) { return self }
    guard key == other.key else { return nil }
    switch (mode, other.mode) {
    case (.exclusive, .shared), (.shared, .exclusive):
      return HeldLock(key: key, mode: .shared, family: family, isSuspendable: true)
    default: return nil
    }
  }

  /// The locks that are held in both sets, each as weakly as in the weaker.
  static func common(_ first: Set<Self>, _ second: Set<Self>) -> Set<Self> {
    if first == second { return first }
    var found = Set<Self>()
    for lock in first {
      if second.contains(lock) {
        found.insert(lock)
      } else {
        for other in second {
          if let both = lock.common(other) { found.insert(both) }
        }
      }
    }
    return found
  }
}

extension HeldLock.Family {
  init(_ family: LockFact.Family) {
    switch family {
    case .criticalSection, .privateCriticalSection, .criticalSectionWrapper:
      self = .criticalSection
    case .pyMutex, .privateRecursiveLock: self = .mutex
    case .pyThreadLock: self = .threadLock
    case .stopTheWorld: self = .stopTheWorld
    case .pthread: self = .pthread
    case .c11Threads: self = .c11
    case .standardCxx, .otherCxx: self = .cxx
    case .windows: self = .windows
    case .bindingOnce, .privateOnce: self = .once
    case .apple, .openmp, .threadState, .c11Atomics, .cxxAtomics, .cpythonAtomics,
      .windowsAtomics, .threadLocal:
      self = .other
    }
  }
}
