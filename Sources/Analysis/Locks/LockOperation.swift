import ProgramModel
import PythonAPI

/// What a function that is known by name does to locks, to the thread state or to pointers.
enum LockOperation {
  /// Takes the locks that arguments name.
  case acquire(LockFact)
  case release(LockFact)
  /// Takes what arguments name and notes it in the section or guard that argument 0 points to.
  case begin(LockFact)
  /// Lets go what was noted.
  case end(LockFact)
  /// Methods of a guard, which argument 0 points to.
  case relock(LockFact)
  case tryRelock(LockFact)
  case unlock(LockFact)
  /// Whether a guard holds its locks.
  case ask(LockFact)
  /// Calls a function argument once.
  case once(LockFact)
  case onceBegin(LockFact)
  case onceEnd(LockFact)
  /// Changes the thread state; `isScoped`: the constructor of a guard that does so.
  case thread(LockFact, isScoped: Bool)
  /// The end of a guard of the thread state.
  case threadEnd
  /// The result is the argument, or what the smart pointer that it points to holds.
  case sameObject
  case held
  /// The result points to the state of a module.
  case moduleState

  /// What a function does; nil for functions that do nothing of interest.
  static func of(_ function: LinkedFunction) -> LockOperation? {
    let facts = PythonFacts.shared.lockFunctions
    let name = normalised(function.qualifiedName)
    if let fact = facts[name], let operation = operation(fact, name) { return operation }
    if ModuleStateRecords.getters.contains(name) { return .moduleState }
    guard let split = split(name) else { return nil }
    if let fact = facts[split.type] { return method(split.method, of: fact, split.type) }
    if name.hasPrefix("std::") {
      switch split.method {
      case "move", "forward", "addressof", "__addressof": return .sameObject
      case "operator*", "operator->", "get": return .held
      default: return nil
      }
    }
    return nil
  }

  private static func operation(_ fact: LockFact, _ name: String) -> LockOperation? {
    switch fact.role {
    case .acquire:
      let isSection = fact.isSuspendable && !fact.keyArguments.contains(0)
      return isSection ? .begin(fact) : .acquire(fact)
    case .release: return fact.keyArguments.isEmpty ? .end(fact) : .release(fact)
    case .once: return .once(fact)
    case .onceBegin: return .onceBegin(fact)
    case .onceEnd: return .onceEnd(fact)
    case .attach, .detach, .restore:
      return fact.family == .threadState ? .thread(fact, isScoped: false) : nil
    case .guard, .tryTag, .deferTag, .adoptTag, .lockType, .onceType, .allocate, .query,
      .threadStart, .threadLocal, .threadLocalSpecifier, .atomicType, .atomicPrefix, .pragma:
      return nil
    }
  }

  private static func method(
    _ method: Substring, of fact: LockFact, _ type: String
  ) -> LockOperation? {
    let constructor = type.split(separator: ":").last.map(String.init) ?? type
    switch fact.role {
    case .guard:
      switch method {
      case _ where method == constructor: return .begin(fact)
      case _ where method.hasPrefix("~"): return .end(fact)
      case "lock", "lock_shared", "Lock": return .relock(fact)
      case "try_lock", "try_lock_for", "try_lock_until", "try_lock_shared":
        return .tryRelock(fact)
      case "unlock", "unlock_shared", "Unlock", "Release": return .unlock(fact)
      case "owns_lock", "operator bool": return .ask(fact)
      default: return nil
      }
    case .attach, .detach:
      if method == constructor { return .thread(fact, isScoped: true) }
      return method.hasPrefix("~") ? .threadEnd : nil
    default: return nil
    }
  }

  /// Without the inline namespaces that libraries put their versions into.
  static func normalised(_ name: String) -> String {
    guard name.contains("::__") || name.contains("::lts_") else { return name }
    let parts = name.split(separator: ":", omittingEmptySubsequences: true)
    return parts.enumerated().filter { index, part in
      index == 0 || index == parts.count - 1
        || !(part.hasPrefix("__") || part.hasPrefix("lts_"))
    }.map(\.element).joined(separator: "::")
  }

  private static func split(_ name: String) -> (type: String, method: Substring)? {
    var end = name.endIndex
    // The last '::' that does not belong to an operator's name.
    while let colon = name[..<end].lastIndex(of: ":") {
      let before = name.index(before: colon)
      guard colon > name.startIndex, name[before] == ":" else {
        end = colon
        continue
      }
      return (String(name[..<before]), name[name.index(after: colon)...])
    }
    return nil
  }
}

extension LockFact {
  /// The lock that a call of this function holds.
  func held(_ key: LockKey) -> HeldLock {
    HeldLock(
      key: family == .stopTheWorld ? LockKey(base: .world) : key,
      mode: isShared ? .shared : .exclusive, family: HeldLock.Family(family),
      isSuspendable: isSuspendable)
  }
}
