import ArgumentParser
import FoundationEssentials
import Frontend
import PythonAPI
import Reporters
import SystemKit
import SystemPackage

/// Options of every command that parses sources.
struct ParsingOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("How many files to parse at once.", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "The free-threaded CPython to audit for: 3.13, 3.14 or 3.15.", valueName: "version"))
  var target: String = TargetVersion.standard.rawValue

  @Option(
    help: ArgumentHelp(
      "An interpreter or the include folder whose Python headers to use.", valueName: "path"))
  var python: String?

  @Option(help: ArgumentHelp("The libclang to use.", valueName: "path"))
  var libclang: String?

  @Option(help: ArgumentHelp("Seconds that one file may take.", valueName: "seconds"))
  var unitTimeout: Double = 120

  @Flag(name: .shortAndLong, help: "Say more: every file left out, each module's place.")
  var verbose = false

  @Flag(help: "Let the configuration inside an archive act.")
  var trust = false

  @Flag(
    help: ArgumentHelp(
      "Never ask the package index for headers that are missing; use those that were fetched before. FTAUDIT_NO_FETCH=1 says the same."
    ))
  var noFetch = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    if unitTimeout <= 0 { throw ValidationError("--unit-timeout must be more than 0.") }
    _ = try targetVersion()
  }

  /// The target by its option; validated before a command runs.
  func targetVersion() throws -> TargetVersion {
    guard let version = TargetVersion(rawValue: target) else {
      let known = TargetVersion.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "There is no target '\(escapedForTerminal(target))'; the targets are \(known).")
    }
    return version
  }

  /// Finds the tools; throws the sentence that says what is missing and how to get it.
  func settings() throws -> AuditSettings {
    let environment = ProcessInfo.processInfo.environment
    return AuditSettings(
      libclang: libclang,
      headers: try PythonHeaders.find(
        python: python, target: try targetVersion(), environment: environment),
      target: try targetVersion(), jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      timeLimit: unitTimeout, isVerbose: verbose, trustsArchives: trust,
      cacheFolder: AuditSettings.cacheFolder(environment),
      fetchesHeaders: mayFetch(environment))
  }

  /// Whether the package index may be asked.
  func mayFetch(_ environment: [String: String]) -> Bool {
    !noFetch && (environment["FTAUDIT_NO_FETCH"] ?? "").isEmpty
  }
}

/// Prints one sentence on standard error, with nothing that a terminal would obey.
func complain(_ sentence: String) {
  _ = writeAll(.standardError, Array("ftaudit: \(escapedForTerminal(sentence))\n".utf8))
}
