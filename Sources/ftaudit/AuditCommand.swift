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

  @OptionGroup var output: OutputOptions

  @OptionGroup var parsing: ParsingOptions

  func validate() throws {
    try output.check(Reporters.formats)
    guard failOn == "none" || Severity(rawValue: failOn) != nil else {
      throw ValidationError(
        "There is no severity '\(escapedForTerminal(failOn))'; use info, low, medium, high, critical or none."
      )
    }
    guard (0...100).contains(minCoverage) else {
      throw ValidationError("--min-coverage is a percentage from 0 to 100.")
    }
    if inputs.count > 1, output.format != "text" {
      throw ValidationError("--format \(output.format) takes one input; run once for each package.")
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
        let tree = try await Inputs.acquire(input, settings)
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
      } catch {
        codes.append(InputErrors.tell(error, of: input))
      }
    }
    try output.write(text)
    // What could not be done weighs most, then what failed, then what was empty.
    let order: [Int32] = [2, 1, 3, 0]
    let code = order.first { codes.contains($0) } ?? 0
    if code != 0 { throw ExitCode(code) }
  }

  private func render(_ result: Audit.Result) -> String {
    Reporters.named(output.format)?.render(
      result.report, sources: result.sources, style: output.style(verbose: parsing.verbose)) ?? ""
  }
}
