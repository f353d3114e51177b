internal import SystemKit
package import SystemPackage

/// The files below a package's root, as a walk finds them. Links are not followed.
package struct SourceTree: Sendable {
  /// The root: absolute, without links.
  package let root: FilePath
  /// Paths of regular files relative to the root, with `/`, sorted by their bytes, and their sizes.
  package private(set) var files: [(path: String, size: Int)] = []
  /// Links, pipes and devices, relative to the root, sorted; none is ever opened.
  package private(set) var irregular: [(path: String, kind: FileKindName)] = []
  /// Whether the walk stopped at its limit of files or depth.
  package private(set) var isTruncated = false

  /// What an irregular entry is, in the words of a message.
  package enum FileKindName: String, Sendable {
    case insideLink = "a link"
    case outsideLink = "a link out of the package"
    case pipe = "a pipe"
    case device = "a device"
    case other = "a special file"
  }

  /// Sizes by path.
  private(set) var sizes: [String: Int] = [:]
  /// Irregular entries by path.
  private(set) var irregularKinds: [String: FileKindName] = [:]

  private static let skippedFolders: Set<String> = [
    ".git", ".hg", ".svn", ".tox", ".nox", ".venv", "venv", ".eggs", "node_modules",
    "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache",
  ]

  /// Walks the tree below `root`, which must be absolute and without links.
  package init(root: FilePath) {
    self.root = root
    walk(root, prefix: "", depth: 0)
    files.sort { Self.precedes($0.path, $1.path) }
    irregular.sort { Self.precedes($0.path, $1.path) }
    sizes = Dictionary(files.map { ($0.path, $0.size) }) { first, _ in first }
    irregularKinds = Dictionary(irregular.map { ($0.path, $0.kind) }) { first, _ in first }
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether there is a regular file at the relative path.
  package func contains(_ path: String) -> Bool { sizes[path] != nil }

  /// The path relative to the root of an absolute one without links; `nil` when it is outside.
  func relative(_ path: FilePath) -> String? {
    guard path.starts(with: root) else { return nil }
    return String(Substring(path.string.utf8.dropFirst(root.string.utf8.count + 1)))
  }

  /// The absolute path of a relative one.
  package func absolute(_ path: String) -> String {
    path.isEmpty ? root.string : root.appending(path).string
  }

  /// The bytes of a regular file of the tree; `nil` when it is too large or gone.
  package func read(_ path: String) -> [UInt8]? {
    readRegularFile(root.appending(path), limit: 64 << 20)
  }

  /// The text of a regular file of the tree; `nil` when it is too large or gone.
  func text(_ path: String) -> String? {
    read(path).map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func walk(_ folder: FilePath, prefix: String, depth: Int) {
    guard depth < 64, files.count < 200_000 else {
      isTruncated = true
      return
    }
    for name in folderEntries(folder) ?? [] {
      let path = folder.appending(name)
      let relative = prefix + name
      guard let status = fileStatus(path, followLink: false) else { continue }
      switch status.kind {
      case .regular: files.append((relative, status.size))
      case .directory:
        if !isSkipped(name, path, depth) { walk(path, prefix: relative + "/", depth: depth + 1) }
      case .link: irregular.append((relative, linkKind(path)))
      case .pipe: irregular.append((relative, .pipe))
      case .device: irregular.append((relative, .device))
      case .socket, .other: irregular.append((relative, .other))
      }
    }
  }

  /// A link whose target is gone counts as inside: nothing can be read through it.
  private func linkKind(_ path: FilePath) -> FileKindName {
    guard let target = realPath(path), let status = fileStatus(target) else { return .insideLink }
    guard target.starts(with: root) else { return .outsideLink }
    switch status.kind {
    case .regular, .directory, .link: return .insideLink
    case .pipe: return .pipe
    case .device: return .device
    case .socket, .other: return .other
    }
  }

  private func isSkipped(_ name: String, _ path: FilePath, _ depth: Int) -> Bool {
    if Self.skippedFolders.contains(name) || name.hasSuffix(".egg-info") { return true }
    // Build output lies at the top; deeper folders of these names are often sources.
    if depth == 0, name == "build" || name == "dist" || name.hasPrefix("build-") {
      return !hasSetupFile(path)
    }
    return fileStatus(path.appending("pyvenv.cfg"), followLink: false) != nil
  }

  private func hasSetupFile(_ path: FilePath) -> Bool {
    fileStatus(path.appending("__init__.py"), followLink: false) != nil
  }
}
