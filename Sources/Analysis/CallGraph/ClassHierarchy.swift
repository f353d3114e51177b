import ProgramModel

/// Which classes of the package derive from which.
struct ClassHierarchy {
  private var bases: [String: [String]] = [:]
  private let known: Set<String>

  init(_ package: PackageModel) {
    known = Set(package.records.keys)
    for (name, place) in package.records {
      let unit = package.units[place.unit]
      let found = unit.records[place.index].bases.map { unit[$0] }
      if !found.isEmpty { bases[name] = found }
    }
  }

  /// The class of a method by its qualified name.
  static func record(of method: LinkedFunction) -> String {
    let suffix = "::" + method.name
    return method.qualifiedName.hasSuffix(suffix)
      ? String(method.qualifiedName.dropLast(suffix.count)) : ""
  }

  /// Whether a class is or derives from another; true where one of them is not known.
  func derives(_ record: String, from base: String) -> Bool {
    if record.isEmpty || base.isEmpty { return true }
    var seen: Set<String> = [record]
    var work = [record]
    while let next = work.popLast() {
      if next == base { return true }
      for name in bases[next] ?? [] where seen.insert(name).inserted { work.append(name) }
    }
    // A class that derives from one that was not seen may derive from any.
    return !seen.isSubset(of: known)
  }
}
