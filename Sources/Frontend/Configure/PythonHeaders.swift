package import PythonAPI
internal import SystemKit
package import SystemPackage

/// A folder of CPython's headers.
package struct PythonHeaders: Sendable, Hashable {
  /// A version of CPython. The third number is kept so that newer patch releases win.
  package struct Version: Sendable, Hashable, Comparable {
    package let major: Int
    package let minor: Int
    package let patch: Int

    package static func < (left: Version, right: Version) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
  }

  /// The folder with `Python.h`, absolute.
  package let includeFolder: FilePath
  /// More folders for the search path: Debian keeps `pyconfig.h` in one of its own, which the
  /// wrapper beside `Python.h` includes by a path below it.
  package let extraFolders: [FilePath]
  /// The version by `patchlevel.h`.
  package let version: Version
  /// `PY_VERSION` by `patchlevel.h`, such as "3.14.0rc1".
  package let versionText: String
  /// Where the folder was found, such as "--python" or "pyenv".
  package let source: String

  /// Finds the headers to parse with: those of `python` (an interpreter, a prefix or an include
  /// folder) when it is given, else those of the target's own version, else the newest here. A
  /// source that looks at `PY_VERSION_HEX` also includes the internal headers of that version.
  package static func find(
    python: String?, target: TargetVersion, environment: [String: String]
  ) throws(ConfigureError) -> PythonHeaders {
    if let python {
      let candidates = named(python, environment).map { ($0, "--python") }
      guard let found = candidates.compactMap(read).first else {
        throw .noHeadersAt(path: python)
      }
      return found
    }
    // Folders are named for their version: only those of the target need be read, if there are any.
    let own = all(environment: environment, named: "python\(target.version)").first {
      PythonVersion($0.version.major, $0.version.minor) == target.version
    }
    guard let best = own ?? all(environment: environment).first else { throw .noPythonHeaders }
    return best
  }

  /// All headers on this machine, the newest first; of one version the first found.
  package static func all(environment: [String: String]) -> [PythonHeaders] {
    all(environment: environment, named: nil)
  }

  private static func all(environment: [String: String], named: String?) -> [PythonHeaders] {
    var seen: Set<FilePath> = []
    let places = candidates(environment).filter {
      named == nil || $0.0.lastComponent?.string == named
    }
    let found = places.compactMap { candidate -> PythonHeaders? in
      guard let real = realPath(candidate.0), seen.insert(real).inserted else { return nil }
      return read((real, candidate.1))
    }
    let order = found.indices.sorted {
      found[$0].version == found[$1].version ? $0 < $1 : found[$0].version > found[$1].version
    }
    return order.map { found[$0] }
  }

  private static func candidates(_ environment: [String: String]) -> [(FilePath, String)] {
    var list: [(FilePath, String)] = []
    let home = environment["HOME"].map { FilePath($0) }
    let userCache =
      environment["XDG_CACHE_HOME"].map { FilePath($0) } ?? home?.appending(".cache")
    if let cache = environment["FTAUDIT_CACHE"].map({ FilePath($0) })
      ?? userCache?.appending("ftaudit")
    {
      for package in subfolders(cache.appending("headers")) {
        list += inPrefix(package.appending("usr")).map { ($0, "the cache") }
        list += inPrefix(package).map { ($0, "the cache") }
        list.append((package, "the cache"))
      }
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") where folder.hasSuffix("bin") {
      let prefix = FilePath(String(folder)).removingLastComponent()
      list += inPrefix(prefix).map { ($0, "PATH") }
    }
    let pyenv = environment["PYENV_ROOT"].map { FilePath($0) } ?? home?.appending(".pyenv")
    for version in pyenv.map({ subfolders($0.appending("versions")) }) ?? [] {
      list += inPrefix(version).map { ($0, "pyenv") }
    }
    let data =
      environment["XDG_DATA_HOME"].map { FilePath($0) } ?? home?.appending(".local/share")
    for version in data.map({ subfolders($0.appending("uv/python")) }) ?? [] {
      list += inPrefix(version).map { ($0, "uv") }
    }
    list += (inPrefix("/usr") + inPrefix("/usr/local")).map { ($0, "the system") }
    return list
  }

  /// Folders that `--python` may mean.
  private static func named(_ python: String, _ environment: [String: String]) -> [FilePath] {
    var path = FilePath(python)
    if !python.contains("/") {
      // A command's name, looked up as a shell does.
      let folders = (environment["PATH"] ?? "").split(separator: ":").map { FilePath(String($0)) }
      path =
        folders.map { $0.appending(python) }.first { fileStatus($0)?.kind == .regular } ?? path
    }
    guard let status = fileStatus(path) else { return [] }
    if status.kind == .directory {
      return [path, path.appending("include")] + inPrefix(path)
    }
    // The interpreter's own place and, through links, the place of what it really is. A virtual
    // environment's configuration names the folder of the interpreter that made it.
    var prefixes = [path.removingLastComponent().removingLastComponent()]
    if let real = realPath(path) {
      prefixes.append(real.removingLastComponent().removingLastComponent())
    }
    for prefix in prefixes {
      if let home = virtualHome(prefix) { prefixes.append(home.removingLastComponent()) }
    }
    let minor = path.lastComponent.flatMap { minorVersion($0.string) }
    return prefixes.flatMap(inPrefix).filter { folder in
      minor == nil || minorVersion(folder.lastComponent?.string ?? "") == minor
    }
  }

  /// `home` of a virtual environment's `pyvenv.cfg`.
  private static func virtualHome(_ prefix: FilePath) -> FilePath? {
    guard let bytes = readRegularFile(prefix.appending("pyvenv.cfg"), limit: 1 << 16) else {
      return nil
    }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1).map { trimmed($0) }
      if parts.count == 2, parts[0] == "home" { return FilePath(parts[1]) }
    }
    return nil
  }

  /// The minor version in a name such as `python3.13t`; `nil` when there is none.
  private static func minorVersion(_ name: String) -> Int? {
    guard let found = name.firstRange(of: "python3.") else { return nil }
    return Int(name[found.upperBound...].prefix { $0.isNumber })
  }

  /// `include/python3.*` of an installation's prefix.
  private static func inPrefix(_ prefix: FilePath) -> [FilePath] {
    let include = prefix.appending("include")
    return (folderEntries(include) ?? []).filter { $0.hasPrefix("python3.") }
      .map { include.appending($0) }
  }

  private static func subfolders(_ folder: FilePath) -> [FilePath] {
    (folderEntries(folder) ?? []).map { folder.appending($0) }
      .filter { fileStatus($0)?.kind == .directory }
  }

  private static func read(_ candidate: (FilePath, String)) -> PythonHeaders? {
    guard let folder = realPath(candidate.0),
      fileStatus(folder.appending("Python.h"))?.kind == .regular,
      let bytes = readRegularFile(folder.appending("patchlevel.h"), limit: 1 << 20)
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let major = number("PY_MAJOR_VERSION", text), let minor = number("PY_MINOR_VERSION", text)
    else { return nil }
    let patch = number("PY_MICRO_VERSION", text) ?? 0
    let version = Version(major: major, minor: minor, patch: patch)
    let spelled = value("PY_VERSION", text).map { $0.filter { $0 != "\"" } }
    // Folders without the configuration cannot be parsed with.
    guard let extra = configurationFolders(folder) else { return nil }
    return PythonHeaders(
      includeFolder: folder, extraFolders: extra, version: version,
      versionText: spelled ?? "\(major).\(minor).\(patch)", source: candidate.1)
  }

  /// Folders needed to find the real `pyconfig.h`; `nil` when it is nowhere.
  private static func configurationFolders(_ folder: FilePath) -> [FilePath]? {
    let path = folder.appending("pyconfig.h")
    guard let bytes = readRegularFile(path, limit: 1 << 20) else { return nil }
    let facts = SourceScanner.scan(bytes, isCxx: false)
    guard facts.bytes < 20_000,
      facts.includes.contains(where: { $0.isAngled && $0.spelling.hasSuffix("/pyconfig.h") })
    else { return [] }
    // The wrapper includes <TRIPLET/python3.N/pyconfig.h>, so the folder above is what counts.
    let above = folder.removingLastComponent()
    // The compiler looks there anyway, and naming it again would change the order of folders.
    if above == "/usr/include" { return [] }
    let isThere = facts.includes.contains {
      fileStatus(above.appending($0.spelling))?.kind == .regular
    }
    return isThere ? [above] : nil
  }

  private static func value(_ macro: String, _ text: String) -> String? {
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count >= 3, words[0] == "#define", words[1] == macro { return String(words[2]) }
    }
    return nil
  }

  private static func number(_ macro: String, _ text: String) -> Int? {
    value(macro, text).flatMap { Int($0) }
  }
}
