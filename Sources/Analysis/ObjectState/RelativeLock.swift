import ProgramModel

/// A lock as an access to an object sees it: told by its way from the object, so that the same
/// lock is found in functions that have different names for the object.
package struct RelativeLock: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// The object itself, or a lock that is reached from it by these steps.
    case object([String])
    /// An object from which the one accessed is reached by these steps.
    case owner([String])
    /// A lock beside the object: `up` leads from a record in common to the object, `down` to the
    /// lock.
    case beside(up: [String], down: [String])
    /// Some lock, where it cannot be said how it lies to the object.
    case some
    /// One for all objects.
    case global(LockKey)
  }

  package var place: Place
  package var mode: HeldLock.Mode
  /// Let go while a call in between runs Python code.
  package var isSuspendable: Bool

  /// Whether one cannot be held while another thread holds the other.
  package func excludes(_ other: Self) -> Bool {
    guard place == other.place || place.isVague(beside: other.place) else { return false }
    switch (mode, other.mode) {
    case (.exclusive, .exclusive), (.exclusive, .shared), (.shared, .exclusive): return true
    case (.onceBody, .onceBody), (.onceBody, .onceDone), (.onceDone, .onceBody): return true
    default: return false
    }
  }

  /// What two holders of locks have in common; one that cannot be placed stands for any.
  static func common(_ left: Set<Self>, _ right: Set<Self>) -> Set<Self> {
    var found = left.intersection(right)
    if found.count == left.count, found.count == right.count { return found }
    func add(_ others: Set<Self>, where one: Set<Self>) {
      guard one.contains(where: { $0.place == .some }) else { return }
      for lock in others {
        if case .global = lock.place { continue }
        found.insert(lock)
      }
    }
    add(left, where: right)
    add(right, where: left)
    return found
  }

  /// Whether accesses under these locks cannot happen at the same time.
  package static func areExcluded(_ left: Set<Self>, _ right: Set<Self>) -> Bool {
    left.contains { one in right.contains { one.excludes($0) } }
  }

  /// The locks of a set as seen from an object. `object`: nil where it has no name; `record`: its
  /// layout.
  static func relative(_ held: Set<HeldLock>, to object: LockKey?, record: String) -> Set<Self> {
    var found = Set<Self>()
    for lock in held where lock.key.base != .unknown {
      if let place = place(lock.key, object, record) {
        found.insert(
          Self(place: place, mode: lock.mode, isSuspendable: lock.isSuspendable))
      }
    }
    return found
  }

  private static func place(_ lock: LockKey, _ object: LockKey?, _ record: String) -> Place? {
    if let object, object.base == lock.base {
      if lock.path.starts(with: object.path) {
        return .object(Array(lock.path.dropFirst(object.path.count)))
      }
      if object.path.starts(with: lock.path) {
        return .owner(Array(object.path.dropFirst(lock.path.count)))
      }
    }
    if StateRaces.isGlobal(lock) { return .global(lock) }
    if let object, object.base == lock.base {
      let common = zip(lock.path, object.path).prefix { $0 == $1 }.count
      if common > 0 {
        return .beside(
          up: Array(object.path.dropFirst(common)), down: Array(lock.path.dropFirst(common)))
      }
    }
    // A lock in a record that is reached through an object without a name, as is the access.
    if case .field(let owner) = lock.base, owner == record {
      switch object?.base {
      case nil, .field, .local, .unknown: return .object(lock.path)
      case .parameter, .variable, .moduleState, .moduleObject, .world: return nil
      }
    }
    return nil
  }
}

extension RelativeLock.Place {
  /// Whether one of the two cannot be placed, and so can be the other.
  func isVague(beside other: Self) -> Bool {
    switch (self, other) {
    case (.some, .global), (.global, .some): false
    case (.some, _), (_, .some): true
    default: false
    }
  }
}

extension RelativeLock {
  /// The lock, where it is not known how the object was reached from the one it is told from.
  var vague: Self {
    if case .global = place { return self }
    return Self(place: .some, mode: mode, isSuspendable: isSuspendable)
  }

  /// The locks of a set as seen from an object, those that cannot be placed included.
  static func all(_ held: Set<HeldLock>, to object: LockKey?, record: String) -> Set<Self> {
    var found = relative(held, to: object, record: record)
    switch object?.base {
    case nil, .local, .field, .unknown: break
    // How other locks lie to an object that has a name is known.
    case .variable, .parameter, .moduleState, .moduleObject, .world: return found
    }
    for lock in held where lock.mode != .shared && !StateRaces.isGlobal(lock.key) {
      found.insert(Self(place: .some, mode: lock.mode, isSuspendable: lock.isSuspendable))
    }
    return found
  }
}
