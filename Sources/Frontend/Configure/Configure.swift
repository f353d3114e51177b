internal import SystemKit
internal import SystemPackage

/// Finds the units of a package, their flags and folders, and what text alone tells about them.
package func configure(
  _ tree: AcquiredTree, options: ConfigureOptions = ConfigureOptions()
) throws(ConfigureError) -> Configuration {
  guard folderEntries(tree.root) != nil else { throw .unreadable(root: tree.input) }
  let files = SourceTree(root: tree.root)
  var configurator = Configurator(tree: files)
  configurator.run(options)
  return configurator.configuration(of: tree)
}

/// The steps of `configure`, and what they have found.
private struct Configurator {
  private let tree: SourceTree
  private let setup: SetupMetadata
  private var graph: IncludeGraph
  private var units: [CompileUnit] = []
  private var refused: [RefusedUnit] = []
  private var skipped: [SkippedSource] = []
  private var notApplicable: [SkippedSource] = []
  private var warnings: [String] = []
  private var includedFiles: [String: [String]] = [:]
  private var externalIncludes: [String: [Configuration.ExternalInclude]] = [:]

  init(tree: SourceTree) {
    self.tree = tree
    self.setup = SetupMetadata.read(tree)
    self.graph = IncludeGraph(tree: tree, declaredFolders: setup.includeFolders)
  }

  mutating func run(_ options: ConfigureOptions) {
    if tree.isTruncated {
      warnings.append("The package has more files or deeper folders than are read.")
    }
    if let commands = CompileCommands.find(in: tree) {
      warnings += commands.warnings
      if !commands.entries.isEmpty {
        take(commands)
        return
      }
    }
    infer(options)
  }

  private mutating func take(_ commands: CompileCommands) {
    for entry in commands.entries {
      let closure = graph.closure(of: entry.path, before: entry.flags)
      add(entry.path, closure, entry.flags, .compileCommands)
    }
    let compiled = Set(commands.entries.map(\.path))
    let reached = Set(includedFiles.values.joined())
    for (path, _) in tree.files where PathWords.language(path) != nil && !compiled.contains(path) {
      // A source that a unit includes is read with it and needs no mention of its own.
      if !reached.contains(path) {
        skipped.append(SkippedSource(path: path, reason: .notCompiled))
      }
    }
    // Which file a command meant by such a name cannot be told, so none goes without a word.
    let irregular = IrregularSources(tree: tree)
    skipped += irregular.links.map { SkippedSource(path: $0.path, reason: .link(to: $0.target)) }
    skipped.sort { SourceTree.precedes($0.path, $1.path) }
    refused += irregular.unreadable.map { RefusedUnit(path: $0.key, reason: $0.value) }
  }

  private mutating func infer(_ options: ConfigureOptions) {
    let setup = setup
    let selection = UnitSelection(
      graph: &graph, setup: setup, options: options)
    for path in selection.units {
      guard let closure = selection.closures[path] else { continue }
      add(path, closure, setup.flags(for: path), .inferred, selection.languages[path])
    }
    skipped = selection.skipped
    notApplicable = selection.notApplicable
    refused += selection.refused
  }

  private mutating func add(
    _ path: String, _ closure: IncludeGraph.Closure, _ flags: UnitFlags,
    _ origin: CompileUnit.Origin, _ known: CompileUnit.Language? = nil
  ) {
    if let reason = closure.refusal {
      refused.append(RefusedUnit(path: path, reason: reason))
      return
    }
    includedFiles[path] = closure.files
    externalIncludes[path] = closure.external
    let real = tree.root.appending(path)
    units.append(
      CompileUnit(
        path: path, language: flags.language ?? PathWords.language(path) ?? known ?? .c,
        flags: flags.flags, quoteFolders: closure.quoteFolders.map(tree.absolute),
        afterFolders: closure.afterFolders.map(tree.absolute),
        includesPython: closure.includesPython,
        limitedAPI: closure.includesPython ? closure.limitedAPI : nil, origin: origin,
        size: fileStatus(real)?.size ?? 0))
  }

  func configuration(of acquired: AcquiredTree) -> Configuration {
    let cython = CythonSource.find(in: tree, facts: graph.facts)
    return Configuration(
      package: Configuration.Package(
        name: acquired.name, version: acquired.version, root: acquired.root),
      units: units, refused: refused.sorted { SourceTree.precedes($0.path, $1.path) },
      skipped: skipped, notApplicable: notApplicable,
      textFacts: graph.facts, includedFiles: includedFiles,
      externalIncludes: externalIncludes, buildFacts: BuildFacts.read(tree),
      cythonSources: cython, warnings: warnings)
  }
}
