/// The ways in which a function misuses locks.
package enum LockPattern: Hashable, Sendable, CaseIterable {
  /// Held over a call that runs Python code, or that detaches or attaches.
  case acrossPython
  /// A critical section that a way out of the function leaves open.
  case sectionEscape
  /// A critical section inside another one, on another object, where both are needed.
  case nestedSections
  /// A value read under a critical section, used after the section may have been suspended.
  case staleValue
  /// Taken while it is held already.
  case recursive
  /// Held where some ways leave the function, let go on others.
  case unbalanced
}

/// One misuse of a lock in one function.
package struct LockHazard: Hashable, Sendable {
  package var pattern: LockPattern
  /// Where the lock is taken; for `.staleValue` where the value is read.
  package var site: CodeSite
  /// What is held, in terms of the function of `site`.
  package var lock: HeldLock
  /// The call, way out, outer lock or late use, in the function that it happens in.
  package var other: CodeSite
  /// The function called; empty where none is.
  package var name: String
  /// For `.acrossPython`: the call only changes the thread state. For `.recursive`: the lock is
  /// taken again in another function than the first time.
  package var isIndirect: Bool = false
  /// For `.staleValue`: the field; for `.nestedSections` the object of the outer section.
  package var outer: HeldLock?
  package var field: String?
  /// For `.staleValue`: the call that can suspend the section.
  package var suspension: CodeSite?
}

/// What the analysis of locks found.
package struct LockMisuses: Sendable {
  /// Sorted by function and place.
  package var hazards: [LockHazard] = []

  package func hazards(_ pattern: LockPattern) -> [LockHazard] {
    hazards.filter { $0.pattern == pattern }
  }
}
