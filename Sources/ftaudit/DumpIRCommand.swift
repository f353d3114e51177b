import ArgumentParser
import FoundationEssentials
import Frontend
import ProgramModel
import SystemKit
import SystemPackage

/// `ftaudit dump-ir FILE`
struct DumpIRCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump-ir",
    abstract: "Print the intermediate representation of one source.",
    discussion:
      "The file's folder, or --root, is taken for the package: headers are looked for there.")

  @Argument(help: ArgumentHelp("A C or C++ source.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Print this function alone.", valueName: "name"))
  var function: String?

  @Option(help: ArgumentHelp("The package's folder.", valueName: "folder"))
  var root: String?

  @Flag(help: "Show lines, columns and macros.")
  var locations = false

  @OptionGroup var parsing: ParsingOptions

  func run() async throws {
    do {
      print(try await text(), terminator: "")
    } catch {
      complain("\(error)")
      throw ExitCode(2)
    }
  }

  private func text() async throws -> String {
    let settings = try parsing.settings()
    guard let path = realPath(FilePath(file)), fileStatus(path)?.kind == .regular else {
      throw UnitFailure("There is no file '\(file)'.")
    }
    let tree = try Acquisition().acquire(root ?? path.removingLastComponent().string)
    let configuration = try configure(tree, options: ConfigureOptions(includesAuxiliary: true))
    let supply = await HeaderSupply.find(
      for: configuration, from: settings.headerSource(ProcessInfo.processInfo.environment))
    let request = configuration.units.first { tree.root.appending($0.path) == path }
      .map { UnitRequest($0, fetched: supply.folders[$0.path] ?? []) }
    guard let request else {
      throw UnitFailure("'\(file)' is no compile unit of its folder; give the package with --root.")
    }
    var pool = WorkerPool(
      program: FilePath("/proc/self/exe"), settings: settings.parseSettings(root: tree.root),
      jobs: 1, timeLimit: settings.timeLimit)
    pool.showsErrors = settings.isVerbose
    let (_, run) = try await pool.run(plan: { ((), [request]) })
    guard let outcome = run.outcomes.first else { return "" }
    let model = try outcome.get()
    let text = ModelText(model, showsLocations: locations).text(function: function)
    if text.isEmpty, let function {
      throw UnitFailure("'\(file)' defines no function '\(function)'.")
    }
    return text
  }
}
