/// Which project's wheel holds the headers of a folder that sources include from.
///
/// Only projects whose wheels really hold these headers are named. Where in the wheel they lie is
/// found by looking for them: it differs from version to version.
enum HeaderProjects {
  private static let byFolder: [String: String] = [
    "cppy": "cppy",
    "cysignals": "cysignals",
    "greenlet": "greenlet",
    "nanobind": "nanobind",
    "numpy": "numpy",
    "pybind11": "pybind11",
    "pythonic": "pythran",
    "tsl": "nanobind",
  ]

  /// The project that has a header spelled so: one that everybody knows, else one that the build
  /// requires and that has the folder's name; nil when there is none. `isRequired` says whether the
  /// build requires it.
  static func project(
    of spelling: String, required: [String: VersionSpecifier]
  ) -> (name: String, isRequired: Bool)? {
    guard let slash = spelling.firstIndex(of: "/"), slash != spelling.startIndex else { return nil }
    let folder = spelling[..<slash]
    guard ProjectName.isValid(folder) else { return nil }
    if let known = byFolder[String(folder)] { return (known, required[known] != nil) }
    let name = ProjectName.normalised(folder)
    return required[name] == nil ? nil : (name, true)
  }

  /// Whether a file of a wheel is a header: by its ending, or without one below a folder of
  /// headers.
  static func isHeader(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    if let dot = name.lastIndex(of: ".") {
      return endings.contains(String(name[dot...]))
    }
    return path.contains("include/")
  }

  private static let endings: Set<String> = [
    ".h", ".hh", ".hpp", ".hxx", ".h++", ".inc", ".inl", ".ipp", ".tcc", ".tpp",
  ]
}
