import ArgumentParser
import Findings
import Frontend
import ProgramModel
import Repair
import Reporters
import Rules
import SystemKit
import SystemPackage

/// `ftaudit fix --diff|--write INPUT`
struct FixCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Repair what can be repaired mechanically, as a patch or in place.",
    discussion: """
      INPUT is a package's folder, its sdist (.tar.gz, .zip), or its name in the package index \
      (NAME or NAME==VERSION). Nothing of it is built or run.
      An edit is offered only where every path through the function is understood. --diff prints \
      a patch that 'git apply' takes in the package's folder; --write changes the files of a folder.
      What was left out, and why, is counted on standard error. Read and test what was changed.
      Exit code: 0 done, also where there is nothing to repair, 2 the audit could not be done, \
      3 nothing to audit, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("A package's folder, archive or name.", valueName: "input"))
  var input: String

  @Flag(help: "Print the edits as a unified diff.")
  var diff = false

  @Flag(help: "Write the edits to the files of the folder.")
  var write = false

  @Option(
    help: ArgumentHelp(
      "Repair findings of this rule only; may be given more than once.", valueName: "id"))
  var rule: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the diff to a file instead of standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var parsing: ParsingOptions

  func validate() throws {
    guard diff != write else {
      throw ValidationError("Give one of --diff, which prints a patch, and --write.")
    }
    if write, output != nil { throw ValidationError("--output is for --diff.") }
    for id in rule where RuleCatalogue.metadata(for: id) == nil {
      throw ValidationError(
        "There is no rule '\(escapedForTerminal(id))'; 'ftaudit rules' lists them.")
    }
    if write {
      let kind = fileStatus(FilePath(input))?.kind
      let isName = kind == nil && SdistStore.Name(input) != nil
      guard kind == .directory || kind == nil && !isName else {
        throw ValidationError(
          "--write changes the files of a folder; of an archive or a name, --diff makes a patch.")
      }
    }
  }

  func run() async throws {
    let (patches, outcome) = try await InputErrors.reported(input) {
      let settings = try parsing.settings()
      let tree = try await Inputs.acquire(input, settings)
      defer { tree.cleanUp() }
      let result = try await Audit(settings: settings).run(tree, progress: Progress(isShown: true))
      let patches = Patches(result, rules: Set(rule), root: tree.root)
      if write { try patches.write() }
      return (patches, Gate(failOn: nil).outcome(of: result.report))
    }
    if let sentence = outcome.sentence { complain("\(input): \(sentence)") }
    if diff { try emit(UnifiedDiff.text(patches.files)) }
    patches.summary(isWritten: write).forEach(complain)
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }

  /// Bytes as they are: sources need not be valid UTF-8, and a patch must match them.
  private func emit(_ bytes: [UInt8]) throws {
    guard let output else {
      _ = writeAll(.standardOutput, bytes)
      return
    }
    try OutputOptions.write(bytes, to: output, what: "patch")
  }
}
