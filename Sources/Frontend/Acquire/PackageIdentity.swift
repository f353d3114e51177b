internal import SystemKit
internal import SystemPackage

/// A package's name and version, read from its metadata.
struct PackageIdentity: Equatable {
  var name: String?
  var version: String?

  /// From `PKG-INFO`, else the `[project]` table of `pyproject.toml`, else a folder's name of the
  /// form NAME-VERSION; each fills what the ones before left open.
  static func read(root: FilePath, folderName: String) -> PackageIdentity {
    var identity = PackageIdentity()
    if let text = text(root.appending("PKG-INFO")) { identity.fill(from: packageInfo(text)) }
    if let text = text(root.appending("pyproject.toml")) { identity.fill(from: project(text)) }
    identity.fill(from: folder(folderName))
    return identity
  }

  private mutating func fill(from other: PackageIdentity) {
    name = name ?? other.name
    version = version ?? other.version
  }

  private static func text(_ path: FilePath) -> String? {
    readRegularFile(path, limit: 4 << 20).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The headers of core metadata end at the first empty line.
  static func packageInfo(_ text: String) -> PackageIdentity {
    var identity = PackageIdentity()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = trimmed(line)
      if line.isEmpty { break }
      if line.hasPrefix("Name:") { identity.name = usable(line.dropFirst(5)) }
      if line.hasPrefix("Version:") { identity.version = usable(line.dropFirst(8)) }
    }
    return identity
  }

  /// `name` and `version` of `[project]`, when they are plain strings.
  static func project(_ text: String) -> PackageIdentity {
    var identity = PackageIdentity()
    var isInProject = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = trimmed(line)
      if line.hasPrefix("[") {
        isInProject = line.prefix { $0 != "#" }.filter { !$0.isWhitespace } == "[project]"
      }
      guard isInProject, let equals = line.firstIndex(of: "=") else { continue }
      let value = trimmed(line[line.index(after: equals)...])
      guard let quote = value.first, quote == "\"" || quote == "'" else { continue }
      let content = usable(value.dropFirst().prefix { $0 != quote })
      switch trimmed(line[..<equals]) {
      case "name": identity.name = content
      case "version": identity.version = content
      default: break
      }
    }
    return identity
  }

  /// A folder's name split at the last hyphen before a digit.
  static func folder(_ name: String) -> PackageIdentity {
    guard let hyphen = name.lastIndex(of: "-"), hyphen != name.startIndex,
      name[name.index(after: hyphen)...].first?.isNumber == true
    else { return PackageIdentity(name: usable(name[...]), version: nil) }
    return PackageIdentity(
      name: usable(name[..<hyphen]), version: usable(name[name.index(after: hyphen)...]))
  }

  private static func usable(_ text: Substring) -> String? {
    let value = trimmed(text)
    return value.isEmpty || value.utf8.count > 200 ? nil : value
  }
}
