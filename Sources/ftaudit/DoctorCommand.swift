import ArgumentParser
import ClangKit
import FoundationEssentials
import Frontend
import SystemPackage

/// `ftaudit doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what ftaudit found on this machine and what is missing.")

  @OptionGroup var parsing: ParsingOptions

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    var isReady = true
    do {
      let found = try ClangLocator.find(explicit: parsing.libclang, environment: environment)
      print("libclang         \(found.library.version)")
      print("                 \(found.library.path)")
      if let folder = found.resourceFolder {
        print("clang's headers  \(folder)/include")
      } else {
        isReady = false
        print("clang's headers  missing: install libclang-common-N-dev, N being libclang's version")
      }
    } catch {
      isReady = false
      print("libclang         missing: \(error)")
    }
    do {
      let headers = try PythonHeaders.find(
        python: parsing.python, target: try parsing.targetVersion(), environment: environment)
      print("Python headers   \(headers.versionText) (from \(headers.source))")
      print("                 \(headers.includeFolder)")
      if (headers.version.major, headers.version.minor) < (3, 13) {
        print(
          "                 older than free-threaded CPython: Scripts/setup --headers fetches newer ones"
        )
      }
    } catch {
      isReady = false
      print("Python headers   missing: \(error)")
    }
    if let cache = AuditSettings.cacheFolder(environment) {
      print("cache            \(cache)")
    } else {
      print("cache            none: set FTAUDIT_CACHE to a folder to keep precompiled headers")
    }
    print("target           CPython \(parsing.target), free-threaded")
    if !isReady { throw ExitCode(2) }
  }
}
