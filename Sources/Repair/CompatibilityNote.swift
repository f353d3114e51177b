import Findings
import ProgramModel
import PythonAPI

/// What a package must have to use API that not every Python it supports offers.
struct CompatibilityNote: Sendable {
  /// The oldest Python that the package supports; nil: not known.
  private let oldest: PythonVersion?
  private let hasHeader: Bool

  init(_ package: PackageModel, _ sources: any SourceProvider) {
    hasHeader = package.units.contains { unit in
      unit.files.contains { $0.path.hasSuffix("pythoncapi_compat.h") }
    }
    var found: PythonVersion?
    for path in ["PKG-INFO", "pyproject.toml", "setup.cfg", "setup.py"] where found == nil {
      guard let bytes = sources.bytes(of: path), bytes.count < 4 << 20 else { continue }
      found = Self.oldest(String(decoding: bytes, as: UTF8.self))
    }
    oldest = found
  }

  /// The version in a line such as `Requires-Python: >=3.9` or `requires-python = ">=3.9"`.
  static func oldest(_ text: String) -> PythonVersion? {
    for line in text.split(whereSeparator: \.isNewline) {
      let lower = line.lowercased().filter { $0 != " " }.replacing("_", with: "-")
      guard lower.hasPrefix("requires-python") || lower.hasPrefix("python-requires"),
        let start = lower.firstRange(of: ">=")
      else { continue }
      let version = lower[start.upperBound...].prefix { $0.isNumber || $0 == "." }
      let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
      if parts.count == 2 { return PythonVersion(parts[0], parts[1]) }
    }
    return nil
  }

  /// A sentence on APIs that the oldest supported Python lacks; nil where all is there.
  func note(on names: [String]) -> String? {
    let newer = names.filter { name in
      guard let since = PythonFacts.shared.function(name)?.since ?? Self.since[name] else {
        return false
      }
      return oldest.map { $0 < since } ?? true
    }
    guard !newer.isEmpty, !hasHeader else { return nil }
    let provided = newer.filter {
      PythonFacts.shared.function($0)?.isInCompatibilityHeader == true || Self.since[$0] != nil
    }
    let version =
      newer.compactMap { PythonFacts.shared.function($0)?.since ?? Self.since[$0] }.max()
      ?? PythonVersion(3, 13)
    let list = newer.map { "'\($0)'" }.joined(separator: " and ")
    let verb = newer.count == 1 ? "is" : "are"
    return provided == newer
      ? "\(list) \(verb) new in \(version): older versions get it from 'pythoncapi_compat.h', "
        + "which the edits do not add."
      : "\(list) \(verb) new in \(version)."
  }

  /// Macros that the tables of functions do not have.
  private static let since = ["Py_BEGIN_CRITICAL_SECTION": PythonVersion(3, 13)]
}
