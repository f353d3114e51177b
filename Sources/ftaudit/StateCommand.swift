import ArgumentParser
import Findings
import Frontend
import Reporters
import Rules

/// `ftaudit state INPUT`
struct StateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "List every static object of a package, with its verdict and why.",
    discussion: """
      INPUT is a package's folder, its sdist (.tar.gz, .zip), or its name in the package index \
      (NAME or NAME==VERSION). Nothing of it is built or run.
      Objects that are safe are listed with the proof, hazardous ones with the rule that reports \
      them; fields of module state are listed too, since all threads share them.
      Exit code: 0 done, 2 the audit could not be done, 3 nothing to audit, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("A package's folder, archive or name.", valueName: "input"))
  var input: String

  @Flag(help: "Read tests, examples and benchmarks as well.")
  var allFiles = false

  @OptionGroup var output: OutputOptions

  @OptionGroup var parsing: ParsingOptions

  func validate() throws { try output.check(StateReporters.formats) }

  func run() async throws {
    guard let reporter = StateReporters.named(output.format) else { return }
    let (text, outcome) = try await InputErrors.reported(input) {
      let settings = try parsing.settings()
      let tree = try await Inputs.acquire(input, settings)
      defer { tree.cleanUp() }
      var audit = Audit(settings: settings)
      audit.options.includesAuxiliary = allFiles
      let result = try await audit.run(tree, progress: Progress(isShown: true))
      let report = result.report
      let table = StateTable(
        tool: report.tool, package: report.package,
        states: RuleCatalogue.states(result.analyses), coverage: report.coverage,
        notes: report.notes)
      return (
        reporter.render(table, style: output.style(verbose: parsing.verbose)),
        Gate(failOn: nil).outcome(of: report)
      )
    }
    try output.write(text)
    if let sentence = outcome.sentence { complain("\(input): \(sentence)") }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }
}
