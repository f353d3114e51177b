package import ProgramModel

/// Why other threads can have an object.
package enum SharedReason: Hashable, Sendable {
  /// An argument that Python passes to this function, or an item of its arguments.
  case argument(FunctionID)
  /// Python gives it to this function, which hands it on.
  case passed(by: FunctionID)
  case variable(VariableID)
  /// A field of a Python object or of module state.
  case field(record: String, name: String)
  /// The named function finds it as an object's `__dict__`.
  case instanceDict(of: String)
  /// The named function finds it as an attribute of another object or of a type.
  case attribute(of: String)
  /// The named function takes it out of another container.
  case item(of: String)
  /// A function of the package returns it.
  case returned(by: FunctionID)
  /// Made here, but given away by the named function before.
  case published(by: String)
  /// It comes from the named function, of which no more is known; empty: from unknown code.
  case unknown(String)
}

/// Who can have an object that owns references.
package enum Sharing: Hashable, Sendable {
  /// Nobody else: it was made here, or it is the call's own.
  case isolated
  /// Its content never changes.
  case immutable
  /// Others can have it, but every caller that passes such an object holds a lock on it.
  case locked(isSuspendable: Bool)
  case shared(SharedReason)

  /// The worse of two; of two alike the one that says more.
  func worse(_ other: Self) -> Self {
    (other.rank, other.clarity) > (rank, clarity) ? other : self
  }

  private var rank: Int {
    switch self {
    case .isolated: 0
    case .immutable: 1
    case .locked(false): 2
    case .locked(true): 3
    case .shared(.unknown), .shared(.attribute): 4
    case .shared: 5
    }
  }

  /// How much a reader learns from the reason.
  private var clarity: Int {
    switch self {
    case .shared(.argument), .shared(.passed), .shared(.variable), .shared(.field): 2
    case .shared(.published), .shared(.returned), .shared(.instanceDict): 1
    default: 0
    }
  }

  package var isShared: Bool { if case .shared = self { true } else { false } }

  /// A field of an object that others have, or a static object, holds it.
  var isHeld: Bool {
    switch self {
    case .shared(.field), .shared(.variable): true
    default: false
    }
  }

  /// Others can certainly have it, and how is known.
  package var isCertain: Bool { rank == 5 }
}

/// The owner of borrowed references, as a function names it.
package struct ReferenceOwner: Hashable, Sendable {
  /// The variable or field, bare; else the function whose result it is.
  package var name: String
  /// As the source has it: `self->memo`.
  package var text: String
  package var sharing: Sharing
  /// `name` is a field or static object: it names the same thing in every function.
  package var isNamed: Bool
  /// Code of the package changes what is in it, or replaces it, at run time. nil: it is not known
  /// to be held by one field or static object.
  package var isChanged: Bool?
}
