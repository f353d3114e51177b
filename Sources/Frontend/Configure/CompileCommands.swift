internal import FoundationEssentials
internal import SystemKit
internal import SystemPackage

/// The commands of a `compile_commands.json`, through the allowlist.
struct CompileCommands {
  /// One source and its flags.
  struct Entry {
    /// The source relative to the root.
    let path: String
    let flags: UnitFlags
  }

  /// Where the file lies, relative to the root.
  let file: String
  /// One entry for each source of the tree, the first command winning, sorted by path.
  let entries: [Entry]
  /// What the user should know, one sentence each.
  let warnings: [String]

  private struct Command: Decodable {
    var directory: String?
    var command: String?
    var arguments: [String]?
    var file: String?
  }

  /// A command that cannot be decoded costs that command only.
  private struct Lenient: Decodable {
    let command: Command?
    init(from decoder: any Decoder) throws {
      command = try? Command(from: decoder)
    }
  }

  /// Reads the file at the root or in a `build*` folder below it; `nil` when there is none.
  static func find(in tree: SourceTree) -> CompileCommands? {
    let name = "compile_commands.json"
    let folders = (folderEntries(tree.root) ?? []).filter { $0.hasPrefix("build") }
    let candidates = [name] + folders.map { $0 + "/" + name }
    for candidate in candidates {
      let path = tree.root.appending(candidate)
      guard let real = realPath(path), real.starts(with: tree.root),
        fileStatus(real)?.kind == .regular
      else { continue }
      return read(candidate, real, tree)
    }
    return nil
  }

  private static func read(_ file: String, _ path: FilePath, _ tree: SourceTree) -> CompileCommands
  {
    let fallback = "the units are inferred from the sources instead."
    guard let bytes = readRegularFile(path, limit: 64 << 20),
      let list = try? JSONDecoder().decode([Lenient].self, from: Data(bytes))
    else {
      return CompileCommands(
        file: file, entries: [],
        warnings: ["'\(file)' is not a list of compile commands in JSON: \(fallback)"])
    }
    var entries: [String: Entry] = [:]
    var dropped = 0
    var unusable = 0
    for command in list.map(\.command) {
      guard let command, let entry = entry(command, path.removingLastComponent(), tree) else {
        unusable += 1
        continue
      }
      dropped += entry.flags.dropped
      if entries[entry.path] == nil { entries[entry.path] = entry }
    }
    var warnings: [String] = []
    if entries.isEmpty {
      warnings.append("'\(file)' names no source of this package: \(fallback)")
    } else if unusable > 0 {
      warnings.append("\(unusable) commands of '\(file)' name no source of this package.")
    }
    if dropped > 0 {
      warnings.append("\(dropped) flags of '\(file)' do not matter to the audit and were left out.")
    }
    return CompileCommands(
      file: file, entries: entries.values.sorted { SourceTree.precedes($0.path, $1.path) },
      warnings: warnings)
  }

  private static func entry(
    _ command: Command, _ base: FilePath, _ tree: SourceTree
  ) -> Entry? {
    guard let file = command.file else { return nil }
    let folder = base.pushing(FilePath(command.directory ?? "."))
    let words = command.arguments ?? shellWords(command.command ?? "")
    guard let path = realPath(folder.pushing(FilePath(file))),
      let relative = tree.relative(path), fileStatus(path)?.kind == .regular
    else { return nil }
    let flags = FlagAllowlist(tree: tree, folder: folder).filter(Array(words.dropFirst()))
    guard PathWords.language(relative) != nil || flags.language != nil else { return nil }
    return Entry(path: relative, flags: flags)
  }
}
