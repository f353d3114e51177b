/// What `setup.py` and `pyproject.toml` say about how the sources are compiled.
struct SetupMetadata {
  /// Folders of the tree that some extension has on its search path, relative to the root.
  private(set) var includeFolders: [String] = []
  /// Sources of the tree that some extension names for this platform.
  private(set) var claimedSources: Set<String> = []
  /// Folders and files of the tree that a script names only for other platforms.
  private(set) var otherPaths: Set<String> = []
  /// The extensions and the sources of the tree that they name.
  private var extensions: [(SetupExtension, sources: Set<String>)] = []
  private let tree: SourceTree

  /// Reads the build scripts at the top of the tree.
  static func read(_ tree: SourceTree) -> SetupMetadata {
    var metadata = SetupMetadata(tree: tree)
    let files = tree.files.map(\.path)
    for path in files where path.hasPrefix("setup") && path.hasSuffix(".py") && !path.contains("/")
    {
      guard let text = tree.text(path) else { continue }
      let reading = SetupScript.read(text, files: files)
      for found in reading.extensions { metadata.add(found) }
      for string in reading.skippedStrings where !string.isEmpty && string.utf8.count < 300 {
        guard let path = PathWords.join("", string), path.contains("/") || path.contains(".") else {
          continue
        }
        metadata.otherPaths.insert(path)
      }
    }
    if let text = tree.text("pyproject.toml") {
      for found in SetupTables.extensions(of: text) { metadata.add(found) }
    }
    return metadata
  }

  private init(tree: SourceTree) { self.tree = tree }

  private mutating func add(_ found: SetupExtension) {
    var sources: Set<String> = []
    for source in found.sources {
      // A '.pyx' is compiled as the C that lies beside it, where it is shipped.
      let stem = PathWords.stem(source)
      let spellings = source.hasSuffix(".pyx") ? [stem + ".c", stem + ".cpp"] : [source]
      for spelling in spellings {
        if let path = PathWords.join("", spelling), tree.contains(path) { sources.insert(path) }
      }
    }
    claimedSources.formUnion(sources)
    for folder in found.includeFolders {
      guard let path = PathWords.join("", folder), !includeFolders.contains(path),
        path.isEmpty || path == "." || tree.files.contains(where: { $0.path.hasPrefix(path + "/") })
      else { continue }
      includeFolders.append(path == "." ? "" : path)
    }
    extensions.append((found, sources))
  }

  /// The folder or file by which the scripts name `path` only for other platforms.
  func otherPath(_ path: String) -> String? {
    guard !claimedSources.contains(path) else { return nil }
    var prefix = path[...]
    while !prefix.isEmpty {
      if otherPaths.contains(String(prefix)) { return String(prefix) }
      guard let slash = prefix.lastIndex(of: "/") else { return nil }
      prefix = prefix[..<slash]
    }
    return nil
  }

  /// The flags of a source: those of the extensions that name it; of all extensions when none does,
  /// because it may reach one in a way that was not understood.
  func flags(for path: String) -> UnitFlags {
    // A description without sources is a part that scripts add to their extensions.
    var owners = extensions.filter { $0.sources.contains(path) }
    if !owners.isEmpty { owners += extensions.filter { $0.0.sources.isEmpty } }
    var result = UnitFlags()
    var macros: Set<String> = []
    let allowlist = FlagAllowlist(tree: tree, folder: tree.root)
    for (owner, _) in owners.isEmpty ? extensions : owners {
      for macro in owner.macros where macros.insert(macro.name).inserted {
        allowlist.addMacro(
          macro.value.map { macro.name + "=" + $0 } ?? macro.name, &result)
      }
      let known = Set(result.flags)
      let more = allowlist.filter(owner.arguments)
      result.flags += more.flags.filter { !known.contains($0) && isFitting($0, path) }
      result.limitedAPI = result.limitedAPI ?? more.limitedAPI
      result.dropped += more.dropped
      result.includeMacros += more.includeMacros
    }
    return result
  }

  /// A standard of the other language, for an extension of both, would be an error.
  private func isFitting(_ flag: String, _ path: String) -> Bool {
    guard flag.hasPrefix("-std=") else { return true }
    return flag.contains("++") == (PathWords.language(path) == .cxx)
  }
}

/// Extensions in `pyproject.toml`: `[[tool.setuptools.ext-modules]]` and its inline form.
enum SetupTables {
  static func extensions(of text: String) -> [SetupExtension] {
    // Lists, strings and comments of TOML read like Python's, so its reader does for both.
    var expressions = PythonExpressions(files: [])
    var found: [SetupExtension] = []
    var table: (pairs: [PythonValue.Pair], line: Int)?
    for line in PythonReader.lines(of: text) {
      if line.tokens[0] == .symbol("[") {
        if let done = table { found.append(SetupExtension(done.pairs, line: done.line)) }
        table = name(line.tokens) == "[[tool.setuptools.ext_modules]]" ? ([], line.line) : nil
        continue
      }
      guard let equals = line.tokens.firstIndex(of: .symbol("=")) else { continue }
      let key = name(Array(line.tokens[..<equals]))
      guard table != nil || key == "ext_modules" else { continue }
      expressions.line = line.line
      let value = expressions.evaluate(line.tokens[(equals + 1)...])
      table?.pairs.append(PythonValue.Pair(key: key, value: value))
      if key == "ext_modules" {
        for case .dictionary(let pairs) in value.items.items {
          found.append(SetupExtension(pairs, line: line.line))
        }
      }
    }
    if let done = table { found.append(SetupExtension(done.pairs, line: done.line)) }
    return found
  }

  private static func name(_ tokens: [PythonToken]) -> String {
    tokens.map { token in
      switch token {
      case .name(let part), .symbol(let part): return part == "-" ? "_" : part
      case .string(let part, _): return part
      case .number(let part): return part
      }
    }.joined()
  }
}
