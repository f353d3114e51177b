import Foundation
import Frontend
import PythonAPI
import Subprocess
import SystemKit
import SystemPackage
import Testing

@testable import ftaudit

/// What the tests stand on: the repository, the built program and a cache of their own.
enum Surroundings {
  /// The repository's top folder.
  static let repository = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().removingLastComponent()

  static let extensions = repository.appending("TestExtensions")

  /// The folder that holds what was built: the test bundle and the program.
  static let products: FilePath = {
    // Linux runs the bundle itself.
    (realPath("/proc/self/exe") ?? FilePath(CommandLine.arguments[0])).removingLastComponent()
  }()

  static let program = products.appending("ftaudit")

  /// Precompiled headers, kept between runs beside what was built and nowhere else.
  static let cache = products.appending("test-cache")

  static let environment = ProcessInfo.processInfo.environment

  /// Settings as the command makes them, with the headers and target given.
  static func settings(
    headers: PythonHeaders, target: TargetVersion = .standard, jobs: Int = 1
  ) -> AuditSettings {
    AuditSettings(
      libclang: nil, headers: headers, target: target, jobs: jobs, timeLimit: 120, isVerbose: false,
      trustsArchives: false,
      cacheFolder: cache)
  }
}

/// A temporary folder that is removed at the end of a test.
final class Scratch: Sendable {
  let path: FilePath

  init() throws {
    let made = try #require(makePrivateFolder(prefix: "ftaudit-test-"))
    path = try #require(realPath(made))
  }

  deinit { removeTree(path) }

  @discardableResult
  func write(_ name: String, _ text: String) -> FilePath {
    let target = path.appending(name)
    #expect(writeNewFile(target, Array(text.utf8)))
    return target
  }

  /// Copies a file or folder of the repository.
  @discardableResult
  func copy(_ source: FilePath, as name: String) throws -> FilePath {
    let target = path.appending(name)
    makeFolders(target.removingLastComponent())
    try FileManager.default.copyItem(atPath: source.string, toPath: target.string)
    return target
  }

  /// Copies a fixture, named below 'TestExtensions'.
  @discardableResult
  func copy(fixture: String, as name: String) throws -> FilePath {
    try copy(Surroundings.extensions.appending(fixture), as: name)
  }
}

/// What a run of a program left.
struct Outcome: Sendable {
  /// The exit code; 128 and the signal where one ended it.
  var code: Int
  var output: String
  var errors: String
}

/// Runs the built program as a user would, in a folder.
func ftaudit(
  _ arguments: [String], in folder: FilePath? = nil, environment: [String: String] = [:]
) async throws -> Outcome {
  try await run(Surroundings.program, arguments, in: folder, environment: environment)
}

/// Runs a program to its end.
func run(
  _ program: FilePath, _ arguments: [String], in folder: FilePath? = nil,
  environment: [String: String] = [:]
) async throws -> Outcome {
  await Turns.shared.take()
  let result: Result<Outcome, any Error>
  do {
    var changes: [Environment.Key: String?] = [
      "FTAUDIT_CACHE": Surroundings.cache.string, "NO_COLOR": nil,
      // What the index has changes from day to day.
      "FTAUDIT_NO_FETCH": "1",
    ]
    for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = value }
    let done = try await Subprocess.run(
      .path(program), arguments: Arguments(arguments), environment: .inherit.updating(changes),
      workingDirectory: folder, output: .string(limit: 64 << 20), error: .string(limit: 16 << 20))
    let code =
      switch done.terminationStatus {
      case .exited(let code): Int(code)
      case .signaled(let signal): 128 + Int(signal)
      }
    result = .success(
      Outcome(code: code, output: done.standardOutput, errors: done.standardError))
  } catch {
    result = .failure(error)
  }
  await Turns.shared.give()
  return try result.get()
}

/// Lets as many audits run at once as there are cores: Swift Testing starts all tests together.
actor Turns {
  static let shared = Turns()

  private var free = max(2, ProcessInfo.processInfo.activeProcessorCount)
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
