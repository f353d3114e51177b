package import ProgramModel

/// The ways in which a function misuses references.
package enum ReferencePattern: Hashable, Sendable, CaseIterable {
  /// Borrowed from a container that other threads can change.
  case sharedContainer
  /// Borrowed under a lock that is let go before the last use.
  case acrossYield
  /// A borrowed reference stored as if it were owned.
  case stored
  case dictionaryIteration
  case fastSequence
  case weakReference
  case namespace
  /// A pointer into memory that the object may move.
  case buffer
  /// A published container or immutable object is written in place.
  case publishedWrite
  /// A function of the package gives borrowed references to its callers.
  case helper
}

/// One misuse of references that belong to one owner in one function.
package struct ReferenceHazard: Sendable {
  package var pattern: ReferencePattern
  /// Where the reference is borrowed; for `.stored` and `.publishedWrite` where it is written.
  package var site: CodeSite
  /// The function or macro that lends it, or writes; a helper's name for references that it
  /// returns.
  package var api: String
  package var owner: ReferenceOwner
  /// The first use that is too late; nil: the call itself is the hazard.
  package var use: LateUse?
  /// Further places in the function that do the same to the same owner.
  package var more: [CodeSite] = []
  /// For `.stored`: the static object that it is stored in; nil: a field.
  package var variable: VariableID?
  /// A lock of Python code that seems to be held meanwhile, by its name.
  package var pythonLock: String?
  /// For `.helper`: the function that lends, and uses by its callers.
  package var helper: FunctionID?
  package var callers: [CallerUse] = []

  /// A use of a reference that may be dead by then.
  package struct LateUse: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// `Py_INCREF` and its like: the attempt to keep it.
      case take
      /// Passed to the named function.
      case argument(String)
      case dereference
      case stored
      case returned
      case other
    }

    package enum Reason: Hashable, Sendable {
      /// No lock on the owner is held.
      case noLock
      /// The lock that was held has been released.
      case released
      /// The named function lets the section go for a while.
      case yielded(String, CodeSite)
      /// Its uses stand in code that was not understood.
      case unread
      /// The owner's last reference may have been given up.
      case ownerReleased(CodeSite)
    }

    package var kind: Kind
    package var reason: Reason
    package var site: CodeSite
  }

  /// A caller that uses what a helper has lent it.
  package struct CallerUse: Hashable, Sendable {
    package var call: CodeSite
    package var use: LateUse
    package var sharing: Sharing
  }
}

/// What the analysis of references found.
package struct References: Sendable {
  /// Sorted by function and place.
  package var hazards: [ReferenceHazard] = []

  package func hazards(_ pattern: ReferencePattern) -> [ReferenceHazard] {
    hazards.filter { $0.pattern == pattern }
  }
}
