internal import SystemKit
internal import SystemPackage

/// Finds the files of a tree that includes name, without a compiler and without search paths.
struct IncludeResolver {
  /// Where an include leads.
  enum Target: Hashable {
    /// A file of the tree beside the includer or found from there.
    case beside(String)
    /// A file of the tree that needs the folder (relative to the root) on the search path.
    case folder(String, file: String)
    /// A header of the system, or one that is not there.
    case external
    /// Something that must not be opened; the text ends the sentence "it …".
    case refused(String)
  }

  private let tree: SourceTree
  /// Folders, relative to the root, that build files name; they win over guesses.
  private let declaredFolders: [String]
  private var byName: [String: [String]] = [:]
  private var cache: [Key: Target] = [:]

  private struct Key: Hashable {
    let folder: String
    let spelling: String
    let isAngled: Bool
  }

  init(tree: SourceTree, declaredFolders: [String]) {
    self.tree = tree
    self.declaredFolders = declaredFolders
    for file in tree.files { byName[PathWords.file(file.path), default: []].append(file.path) }
  }

  /// Where `include` in the file `path` leads.
  mutating func resolve(_ include: TextFacts.Include, from path: String) -> Target {
    let key = Key(
      folder: PathWords.folder(path), spelling: include.spelling, isAngled: include.isAngled)
    if let known = cache[key] { return known }
    let target = find(key)
    cache[key] = target
    return target
  }

  private func find(_ key: Key) -> Target {
    let spelling = key.spelling
    if spelling.hasPrefix("/") { return absolute(spelling) }
    // Both spellings are tried beside the includer when refusing: a search path may be '.'.
    if let refusal = refusal(below: key.folder, spelling) { return .refused(refusal) }
    if let refusal = namedRefusal(spelling) { return .refused(refusal) }
    if !key.isAngled, let beside = PathWords.join(key.folder, spelling) {
      if tree.contains(beside) { return .beside(beside) }
      // Through a link that stays inside.
      if let inside = insideFile(beside) { return .beside(inside) }
    }
    if key.isAngled, Self.standardHeaders.contains(spelling) { return .external }
    for folder in declaredFolders {
      if let path = PathWords.join(folder, spelling), tree.contains(path) {
        return .folder(folder, file: path)
      }
    }
    return nearest(key)
  }

  /// The file of the tree that ends with the spelling and lies nearest to the includer.
  private func nearest(_ key: Key) -> Target {
    let spelling = key.spelling
    guard !spelling.contains(".."), let named = byName[PathWords.file(spelling)] else {
      return .external
    }
    let parts = spelling.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    let here = key.folder.split(separator: "/")
    let platform = PathWords.otherPlatform(key.folder + "/x")
    var best: (rank: [Int], path: String)?
    for path in named where path == parts || path.hasSuffix("/" + parts) {
      // Another platform's 'config.h' would be worse than none.
      if PathWords.otherPlatform(path) != nil, platform == nil { continue }
      let there = path.split(separator: "/").dropLast()
      let common = zip(here, there).prefix { $0 == $1 }.count
      let isAuxiliary =
        PathWords.auxiliary(path) != nil && PathWords.auxiliary(key.folder + "/x") == nil
      let rank = [isAuxiliary ? 1 : 0, -common, there.count]
      if let known = best, known.rank.lexicographicallyPrecedes(rank) || known.rank == rank {
        continue
      }
      best = (rank, path)
    }
    guard let best else { return .external }
    return .folder(
      String(Substring(best.path.utf8.dropLast(parts.utf8.count + 1))), file: best.path)
  }

  /// The refusal of a relative path below a folder of the tree, when it leads to something that
  /// exists and is no regular file of the package; `nil` when it is harmless or not there.
  func refusal(below folder: String, _ spelling: String) -> String? {
    guard let joined = PathWords.join(folder, spelling) else {
      let path = tree.root.appending(folder).pushing(FilePath(spelling))
      return refusal(absolute: path, spelling)
    }
    if tree.contains(joined) { return nil }
    return refusal(absolute: tree.root.appending(joined), spelling)
  }

  /// The refusal of a spelling whose end, or a folder of it, is a known irregular entry anywhere in
  /// the tree: which folder the compiler would look in first is not certain.
  private func namedRefusal(_ spelling: String) -> String? {
    for entry in tree.irregular where entry.kind != .insideLink {
      var prefix = spelling[...]
      while true {
        if entry.path == prefix || entry.path.hasSuffix("/" + prefix) {
          return refusal(entry.kind, spelling)
        }
        guard let slash = prefix.lastIndex(of: "/") else { break }
        prefix = prefix[..<slash]
      }
    }
    return nil
  }

  private func refusal(_ kind: SourceTree.FileKindName, _ spelling: String) -> String {
    kind == .outsideLink
      ? "includes '\(spelling)', which leaves the package"
      : "includes '\(spelling)', which is not a regular file"
  }

  private func refusal(absolute path: FilePath, _ spelling: String) -> String? {
    guard let status = fileStatus(path) else { return nil }
    if status.kind == .directory { return nil }
    guard status.kind == .regular else {
      return "includes '\(spelling)', which is not a regular file"
    }
    guard let real = realPath(path), real.starts(with: tree.root) else {
      return "includes '\(spelling)', which leaves the package"
    }
    return nil
  }

  private func absolute(_ spelling: String) -> Target {
    let path = FilePath(spelling)
    if let real = realPath(path), SystemFolders.contains(real),
      fileStatus(real)?.kind == .regular
    {
      return .external
    }
    if let refusal = refusal(absolute: path, spelling) { return .refused(refusal) }
    return insideFile(spelling, isAbsolute: true).map { .beside($0) } ?? .external
  }

  /// The relative path of the regular file in the tree behind a path that goes through links.
  private func insideFile(_ path: String, isAbsolute: Bool = false) -> String? {
    guard let real = realPath(isAbsolute ? FilePath(path) : tree.root.appending(path)),
      real.starts(with: tree.root)
    else { return nil }
    return tree.relative(real).flatMap { tree.contains($0) ? $0 : nil }
  }

  /// Headers of the C library and of POSIX: a file of such a name in the tree is a stand-in for
  /// other platforms.
  private static let standardHeaders: Set<String> = [
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "iso646.h",
    "limits.h", "locale.h", "math.h", "setjmp.h", "signal.h", "stdalign.h", "stdarg.h",
    "stdatomic.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "stdnoreturn.h",
    "string.h", "strings.h", "tgmath.h", "threads.h", "time.h", "uchar.h", "wchar.h", "wctype.h",
    "unistd.h", "pthread.h", "dlfcn.h", "fcntl.h", "dirent.h", "sched.h", "semaphore.h",
    "sys/types.h", "sys/stat.h", "sys/time.h", "sys/mman.h", "sys/socket.h", "sys/ioctl.h",
    "sys/param.h", "poll.h", "netdb.h", "memory.h", "malloc.h", "alloca.h", "regex.h", "glob.h",
    "vector", "string", "map", "set", "list", "queue", "memory", "algorithm", "utility", "atomic",
    "mutex", "thread", "functional", "iostream", "fstream", "sstream", "exception", "stdexcept",
    "array", "tuple", "optional", "variant", "any", "span", "chrono", "new", "version", "limits",
    "type_traits", "typeinfo", "iterator", "numeric", "random", "ratio", "regex", "locale",
  ]
}

/// Folders of the system that hold headers.
enum SystemFolders {
  private static let folders = [
    "/usr/include/", "/usr/local/include/", "/usr/lib/gcc/", "/usr/lib/llvm-",
    "/opt/homebrew/include/", "/Library/Developer/", "/Applications/Xcode.app/",
  ]

  /// Whether `path`, absolute and without links, is or lies in a folder of headers.
  static func contains(_ path: FilePath) -> Bool {
    folders.contains { (path.string + "/").hasPrefix($0) }
  }
}
