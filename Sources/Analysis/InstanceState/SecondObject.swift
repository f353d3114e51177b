import ProgramModel

/// A second object whose fields are touched while only the first one is locked.
package struct SecondObject: Sendable {
  package var access: InstanceAccess
  /// The lock that is held, on the other object.
  package var lock: HeldLock
}

/// Finds accesses to a second object of a type whose objects are locked each for itself.
struct SecondObjectFinder {
  let package: PackageModel
  let fields: [InstanceField]

  private struct Site: Hashable {
    var function: FunctionID
    var record: String
  }

  /// The accesses without those to second objects, and these, the first of each function.
  func split(
    _ accesses: [[InstanceAccess]]
  ) -> (alone: [[InstanceAccess]], second: [SecondObject]) {
    var alone = accesses
    var found: [Site: SecondObject] = [:]
    var order: [Site] = []
    for index in accesses.indices where fields[index].kind != .reference {
      guard accesses[index].contains(where: Self.isLockedByItself),
        accesses[index].contains(where: { $0.use.writes && !$0.isReinitialisation })
      else { continue }
      alone[index] = accesses[index].filter { access in
        var record = fields[index].record
        if case .member(let owner, _) = access.part { record = owner }
        let own = lockOfAnother(access, record)
        guard let lock = own ?? lockOfAnother(access, fields[index].record) else { return true }
        let site = Site(function: access.site.function, record: fields[index].record)
        if let known = found[site] {
          let (old, new) = (known.access.site, access.site)
          if (new.range.start, new.instruction) < (old.range.start, old.instruction) {
            found[site] = SecondObject(access: access, lock: lock)
          }
        } else {
          found[site] = SecondObject(access: access, lock: lock)
          order.append(site)
        }
        return false
      }
    }
    return (alone, order.compactMap { found[$0] })
  }

  private static func isLockedByItself(_ access: InstanceAccess) -> Bool {
    access.locks.contains { if case .object = $0.place { true } else { false } }
  }

  /// A lock on an object of the same type that is not the one accessed; nil: none is held, or the
  /// one accessed is locked as well.
  private func lockOfAnother(_ access: InstanceAccess, _ record: String) -> HeldLock? {
    guard let object = access.object, access.locks.isEmpty || Self.onlyBeside(access.locks),
      object.path == ["->"], let own = base(object),
      self.record(of: own, in: access.site.function) == record
        || self.record(of: own, in: access.site.function) == "_object"
    else { return nil }
    return access.held.filter { lock in
      guard lock.mode == .exclusive, let other = base(lock.key), other != own else { return false }
      let found = self.record(of: other, in: access.site.function)
      return found == record || found == "_object"
    }.min { "\($0)" < "\($1)" }
  }

  private static func onlyBeside(_ locks: Set<RelativeLock>) -> Bool {
    locks.allSatisfy { $0.place == .some }
  }

  /// The parameter or variable that a way begins with.
  private func base(_ key: LockKey) -> Int32? {
    guard key.path.first == "->" else { return nil }
    switch key.base {
    case .parameter(let index): return Int32(truncatingIfNeeded: index)
    case .local(let index): return index
    default: return nil
    }
  }

  private func record(of local: Int32, in function: FunctionID) -> String {
    guard let (unit, model) = package.body(of: function), Int(local) < model.locals.count else {
      return ""
    }
    return package.units[unit].pointedRecord(model.locals[Int(local)].type)
  }
}
