import ProgramModel
package import PythonAPI

/// Memory that is given back to another allocator than it came from, or that came from one that
/// is not for it.
package struct AllocationMisuse: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The heap of Python objects is used for other data; the type that it is used as.
    case notAnObject(type: String)
    /// An object is made of memory that is not from the heap of objects.
    case objectElsewhere
    /// Released or resized in another domain.
    case mismatch
    /// The memory of an object is released in a domain that is not for objects.
    case objectReleased
  }

  package var kind: Kind
  /// The allocation, or the release of a mismatch.
  package var site: CodeSite
  /// The function called there.
  package var name: String
  package var domain: AllocationFact.Domain
  /// Where the memory comes from; empty unless `kind` is a mismatch.
  package var sources: [AllocationSource]
  /// The variable or field; nil where the memory has no name.
  package var symbol: String?
}

/// An allocation.
package struct AllocationSource: Hashable, Sendable {
  package var site: CodeSite
  package var name: String
  package var domain: AllocationFact.Domain
}

/// Memory that is reached by name from more than one function.
enum AllocationHolder: Hashable {
  /// The field and the subscripts and dereferences behind it.
  case field(record: String, name: String, suffix: String)
  case variable(VariableID, suffix: String)

  init?(_ place: Place, _ package: PackageModel, _ unit: Int) {
    let names = package.units[unit]
    var suffix = ""
    for step in place.path.reversed() {
      switch step {
      case .field(let name, let record):
        self = .field(record: names[record], name: names[name], suffix: suffix)
        return
      case .index: suffix += "["
      case .dereference: suffix += "*"
      }
    }
    guard case .variable(let symbol) = place.base,
      let variable = package.variable(symbol, in: unit)
    else { return nil }
    self = .variable(variable, suffix: suffix)
  }
}

/// All that is ever stored in a holder.
struct AllocationStores {
  /// Sorted by function and place.
  var sources: [AllocationSource] = []
  /// Something is stored of which the origin is not known.
  var isOpen = false
  /// Domains in which the holder's memory is released.
  var releases: Set<AllocationFact.Domain> = []
}
