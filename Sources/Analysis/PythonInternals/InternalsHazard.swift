/// What code does with the inside of Python objects that it has no lock for.
package enum InternalsPattern: Hashable, Sendable, CaseIterable {
  /// The number of references decides whether an object is changed or reused in place.
  case uniqueness
  /// A field of an object's head.
  case header
  /// A field of a container or another object of CPython.
  case content
  /// A list's size, read once, bounds a loop over its items.
  case cachedSize
  /// The namespace or a slot of a type is written when other threads can use the type.
  case typeChange
  /// A function that CPython keeps for itself.
  case privateFunction
}

/// One such use, with all others of its function that are about the same.
package struct InternalsHazard: Sendable, Hashable {
  package enum Access: Hashable, Sendable {
    case read, write
    /// The named function of the C API does it.
    case call(String)
    /// The compiler finds no such field.
    case missing
  }

  package var pattern: InternalsPattern
  package var site: CodeSite
  package var access: Access
  /// The field, function or type that it is about, bare.
  package var symbol: String
  /// The CPython structure of a field; empty for calls.
  package var structure: String
  /// The object; nil where it is not known which it is.
  package var owner: ReferenceOwner?
  /// Further places of the function.
  package var more: [CodeSite] = []
}

/// All of a package.
package struct PythonInternals: Sendable {
  /// In the order of functions and their text.
  package let hazards: [InternalsHazard]

  package func hazards(_ pattern: InternalsPattern) -> [InternalsHazard] {
    hazards.filter { $0.pattern == pattern }
  }
}
