internal import SystemKit
internal import SystemPackage

/// The entries of a tree that have a source's name and are no regular files of their own.
struct IrregularSources {
  /// A link to a regular file of the package.
  struct Link {
    /// The link, relative to the root.
    let path: String
    /// The file it leads to, relative to the root.
    let target: String
  }

  /// Links to files of the package, sorted by path.
  private(set) var links: [Link] = []
  /// What must not or cannot be read, by path: why, as the end of a sentence.
  private(set) var unreadable: [String: String] = [:]

  init(tree: SourceTree) {
    for (path, kind) in tree.irregular where PathWords.language(path) != nil {
      switch kind {
      case .insideLink: add(link: path, tree)
      case .outsideLink: unreadable[path] = "it is a link that leads out of the package"
      case .pipe: unreadable[path] = "it is a pipe, not a file"
      case .device: unreadable[path] = "it is a device, not a file"
      case .other: unreadable[path] = "it is a socket or another special file"
      }
    }
  }

  private mutating func add(link path: String, _ tree: SourceTree) {
    guard let real = realPath(tree.root.appending(path)), let status = fileStatus(real) else {
      unreadable[path] = "it is a link that leads nowhere"
      return
    }
    // A folder of the package is walked where it stands.
    guard status.kind == .regular, let target = tree.relative(real) else { return }
    links.append(Link(path: path, target: target))
  }
}
