import ArgumentParser
import ClangKit
import FoundationEssentials
import Frontend
import Reporters
import SystemPackage

/// `ftaudit doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what ftaudit found on this machine and what is missing.")

  @OptionGroup var parsing: ParsingOptions

  func run() async throws {
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
    print("package index    \(await packageIndex(environment))")
    print("target           CPython \(parsing.target), free-threaded")
    if !isReady { throw ExitCode(2) }
  }

  /// Whether headers that are missing could be fetched. An address that holds a password is not
  /// shown: what the doctor says gets into issues.
  private func packageIndex(_ environment: [String: String]) async -> String {
    guard parsing.mayFetch(environment) else { return "not used: fetching is forbidden" }
    do throws(FetchError) {
      let address = try await PackageIndex(environment: environment).address()
      return address.map(escapedForTerminal) ?? "found in pip's configuration, with a password"
    } catch {
      return "missing: \(error)"
    }
  }
}
