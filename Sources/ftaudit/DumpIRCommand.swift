import ArgumentParser
import ClangKit
import FoundationEssentials
import Frontend
import ProgramModel
import PythonAPI
import SystemPackage

struct DumpIRCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "dump-ir")
  @Argument var file: String
  @Option var function: String?
  @Option var python: String = "/root/.pyenv/versions/3.13.0/include/python3.13"
  @Flag var locations = false
  @Flag var noText = false

  func run() async throws {
    let found = try ClangLocator.find(explicit: nil, environment: ProcessInfo.processInfo.environment)
    let path = FilePath(file)
    let root = path.removingLastComponent().string
    let settings = ParseSettings(
      libclang: found.library.path, resourceFolder: found.resourceFolder,
      pythonFolders: [python], headersIdentity: "x", target: .standard,
      cacheFolder: "/tmp/ftcache", root: root)
    var pool = WorkerPool(program: "/proc/self/exe", settings: settings, jobs: 1, timeLimit: 60)
    pool.showsErrors = true
    let unit = CompileUnit(path: path.lastComponent!.string, language: file.hasSuffix("pp") ? .cxx : .c, flags: [], quoteFolders: [], afterFolders: [], includesPython: true, limitedAPI: nil, origin: .inferred, size: 0)
    let outcomes = await pool.run([UnitRequest(unit)])
    switch outcomes[0] {
    case .success(let model):
      if noText { print(model.functions.count, model.functions.count { $0.gaps.isEmpty }, model.diagnostics.count) } else {
      var text = ModelText(model)
      text.showsLocations = locations
      print(text.text(function: function)) }
      for d in model.diagnostics.prefix(20) { print(d) }
    case .failure(let why): print("FAILED", why)
    }
  }
}
