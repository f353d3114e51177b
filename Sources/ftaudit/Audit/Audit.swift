import Analysis
import ClangKit
import Findings
import FoundationEssentials
import Frontend
import ProgramModel
import PythonAPI
import Repair
import Rules
import SystemKit
import SystemPackage

/// One input from its files to its report: the stages of the design, in their order.
struct Audit {
  let settings: AuditSettings
  /// The program that workers run: by default this one.
  var program: FilePath = "/proc/self/exe"
  var options = ConfigureOptions()

  /// A report, what it was made from, and the sources that its excerpts come from.
  struct Result {
    var report: AuditReport
    var analyses: Analyses
    var sources: TreeSources
    /// For each finding of the report, in its order, why it has no fix; nil where it has one.
    var refusals: [RepairRefusal?]
  }

  func run(_ tree: AcquiredTree, progress: Progress) async throws -> Result {
    let sources = TreeSources(root: tree.root)
    let ((configuration, requests, supply), run) = try await pool(tree.root).run {
      let configuration = try configure(tree, options: options)
      let supply = await headers(for: configuration, progress)
      // The largest first, so that none of them is the last one running.
      let requests = configuration.units.sorted { ($0.size, $1.path) > ($1.size, $0.path) }
        .map { UnitRequest($0, fetched: supply.folders[$0.path] ?? []) }
      return ((configuration, requests, supply), requests)
    } progress: { done, all, path in
      progress.show(done, of: all, path)
    }
    let outcomes = run.outcomes
    progress.clear()
    var models: [UnitModel] = []
    for case .success(let model) in outcomes { models.append(model) }
    let package = Linker.link(
      units: models, files: configuration.sourceFileFacts,
      buildFacts: configuration.buildStatements,
      target: InterpreterVersion(settings.target.version.major, settings.target.version.minor))
    let analyses =
      settings.jobs > 1 ? await analyseInParallel(package) : analyse(package)
    let repairs = RepairPlanner(analyses, sources: sources).repair(
      Fingerprints.assign(to: RuleCatalogue.run(analyses, sources: sources)) {
        sources.bytes(of: $0)
      })
    let findings = repairs.findings
    let modules = RuleCatalogue.modules(analyses, findings)
    let coverage = CoverageCount(configuration).coverage(
      zip(requests, outcomes).map { ($0.path, $1) }, package)
    let report = AuditReport(
      tool: tool(clang: run.clang),
      package: AuditReport.Package(
        name: configuration.package.name ?? tree.root.lastComponent?.string ?? tree.input,
        version: configuration.package.version, root: tree.input),
      modules: modules,
      readiness: Verdict.readiness(modules: modules, findings: findings, coverage: coverage),
      findings: findings, coverage: coverage, notes: notes(tree, configuration) + supply.notes,
      categoriesChecked: Set(RuleCatalogue.all.map(\.category)).sorted { $0.rawValue < $1.rawValue }
    )
    return Result(
      report: report, analyses: analyses, sources: sources, refusals: repairs.refusals)
  }

  /// clang's command for each unit, without the prelude: what a benchmark compares with.
  func commands(_ tree: AcquiredTree, clang: String) async throws -> [String] {
    let configuration = try configure(tree, options: options)
    let supply = await headers(for: configuration, Progress(isShown: false))
    var parse = settings.parseSettings(root: tree.root)
    parse.resourceFolder = try ClangLocator.find(
      explicit: settings.libclang, environment: ProcessInfo.processInfo.environment
    ).resourceFolder
    return configuration.units.sorted { $0.path < $1.path }.map { unit in
      ([clang] + UnitRequest(unit, fetched: supply.folders[unit.path] ?? []).plainArguments(parse)
        + ["\(tree.root)/\(unit.path)"])
        .map(shellQuoted).joined(separator: " ")
    }
  }

  private func headers(
    for configuration: Configuration, _ progress: Progress
  ) async -> HeaderSupply {
    await HeaderSupply.find(
      for: configuration, from: settings.headerSource(ProcessInfo.processInfo.environment)
    ) { project in
      progress.show("fetching headers of \(project)")
    }
  }

  private func pool(_ root: FilePath) -> WorkerPool {
    var pool = WorkerPool(
      program: program, settings: settings.parseSettings(root: root),
      jobs: settings.jobs, timeLimit: settings.timeLimit)
    pool.showsErrors = settings.isVerbose
    return pool
  }

  private func tool(clang: String) -> AuditReport.Tool {
    let version = settings.headers.version
    let isOld = (version.major, version.minor) < (3, 13)
    return AuditReport.Tool(
      name: "ftaudit", version: Version.current, clang: clang,
      headers: settings.headers.versionText + (isOld ? " (raised by the prelude)" : ""),
      target: settings.target.rawValue)
  }

  private func notes(_ tree: AcquiredTree, _ configuration: Configuration) -> [String] {
    var notes = configuration.warnings
    let version = settings.headers.version
    if (version.major, version.minor) < (3, 13) {
      notes.append(
        "The Python headers are \(settings.headers.versionText), older than free-threaded CPython; "
          + "what they lack was declared. Install newer ones, or let Scripts/setup fetch them.")
    }
    if !tree.skippedEntries.isEmpty {
      notes.append(
        "\(tree.skippedEntries.count) entries of the archive were not unpacked: links out of it, "
          + "devices and the like.")
    }
    return notes
  }

  private func shellQuoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-_=+./,:@%".utf8.contains(byte)
      }
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

/// The files of an audited tree, for excerpts; nothing outside the tree is ever read.
struct TreeSources: SourceProvider {
  let root: FilePath

  func bytes(of path: String) -> [UInt8]? {
    guard !path.hasPrefix("/"), let real = realPath(root.appending(path)), real.starts(with: root)
    else { return nil }
    return readRegularFile(real)
  }
}
