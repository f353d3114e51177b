import ArgumentParser
import Findings
import FoundationEssentials
import Frontend
import Reporters
import SystemKit
import SystemPackage

/// `ftaudit audit INPUT…`
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Audit packages and report what makes them unsafe without the GIL.",
    discussion: """
      INPUT is a package's folder, its sdist (.tar.gz, .zip), or NAME or NAME==VERSION: the sdist \
      on the package index that pip is configured with. Nothing of it is built or run.
      Exit code: 0 passed, 1 findings at or above --fail-on, 2 the audit could not be done or \
      covered less than --min-coverage, 3 nothing to audit, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("Folders, archives or names of packages.", valueName: "input"))
  var inputs: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("text or json.", valueName: "format"))
  var format: String = "text"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the report to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Fail on findings of this severity or a higher one: info, low, medium, high, critical, none.",
      valueName: "severity"))
  var failOn: String = "high"

  @Option(
    help: ArgumentHelp("The least share of the package to cover, 0 to 100.", valueName: "percent"))
  var minCoverage: Double = 0

  @Flag(help: ArgumentHelp("Print clang's command for each file instead.", visibility: .hidden))
  var printCommands = false

  @OptionGroup var parsing: ParsingOptions

  func validate() throws {
    guard Reporters.named(format) != nil else {
      throw ValidationError(
        "There is no format '\(escapedForTerminal(format))'; the formats are \(Reporters.formats.joined(separator: ", "))."
      )
    }
    guard failOn == "none" || Severity(rawValue: failOn) != nil else {
      throw ValidationError(
        "There is no severity '\(escapedForTerminal(failOn))'; use info, low, medium, high, critical or none."
      )
    }
    guard (0...100).contains(minCoverage) else {
      throw ValidationError("--min-coverage is a percentage from 0 to 100.")
    }
    if inputs.count > 1, format != "text" {
      throw ValidationError("--format \(format) takes one input; run once for each package.")
    }
  }

  func run() async throws {
    let settings: AuditSettings
    do {
      settings = try parsing.settings()
    } catch {
      complain("\(error)")
      throw ExitCode(2)
    }
    var codes: [Int32] = []
    var text = ""
    for input in inputs {
      do {
        let tree = try await acquire(input, settings)
        defer { tree.cleanUp() }
        let audit = Audit(settings: settings)
        if printCommands {
          text += try await audit.commands(tree, clang: "clang").map { $0 + "\n" }.joined()
          continue
        }
        let result = try await audit.run(tree, progress: Progress(isShown: true))
        text += render(result)
        let gate = Gate(failOn: Severity(rawValue: failOn), minimumCoverage: minCoverage / 100)
        let outcome = gate.outcome(of: result.report)
        if outcome.exitCode > 1, let sentence = outcome.sentence {
          complain("\(input): \(sentence)")
        }
        codes.append(outcome.exitCode)
      } catch AcquireError.empty where isFolder(input) {
        complain("\(AcquireError.empty(input: input))")
        codes.append(3)
      } catch {
        complain("\(error)")
        codes.append(2)
      }
    }
    try write(text)
    // What could not be done weighs most, then what failed, then what was empty.
    let order: [Int32] = [2, 1, 3, 0]
    let code = order.first { codes.contains($0) } ?? 0
    if code != 0 { throw ExitCode(code) }
  }

  /// What exists goes before what could be fetched: a folder may have a project's name.
  private func acquire(_ input: String, _ settings: AuditSettings) async throws -> AcquiredTree {
    let acquisition = Acquisition(trustsArchives: settings.trustsArchives)
    guard fileStatus(FilePath(input)) == nil, let name = SdistStore.Name(input) else {
      return try acquisition.acquire(input)
    }
    let source = settings.headerSource(ProcessInfo.processInfo.environment)
    let store = SdistStore(index: source.index, cache: source.cache)
    let archive: FilePath
    do throws(FetchError) {
      archive = try await store.archive(of: name)
    } catch {
      throw UnitFailure("\(AcquireError.missing(input: input)) \(error)")
    }
    return try acquisition.acquire(input, archive: archive)
  }

  private func isFolder(_ input: String) -> Bool {
    fileStatus(FilePath(input))?.kind == .directory
  }

  private func render(_ result: Audit.Result) -> String {
    guard let reporter = Reporters.named(format) else { return "" }
    let environment = ProcessInfo.processInfo.environment
    let isToTerminal = output == nil && isTerminal(1)
    let isColoured =
      isToTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    let width = isToTerminal ? terminalWidth(1) ?? 100 : 100
    return reporter.render(
      result.report, sources: result.sources,
      style: TextStyle(colour: isColoured, width: width, verbose: parsing.verbose))
  }

  private func write(_ text: String) throws {
    guard let output else {
      _ = writeAll(.standardOutput, Array(text.utf8))
      return
    }
    do {
      let file = try FileDescriptor.open(
        FilePath(output), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      defer { try? file.close() }
      guard writeAll(file, Array(text.utf8)) else { throw Errno.ioError }
    } catch {
      complain("The report cannot be written to '\(output)': \(error).")
      throw ExitCode(2)
    }
  }
}
