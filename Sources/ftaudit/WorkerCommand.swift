import ArgumentParser
import Frontend

/// The program as its own worker; not for people.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  func run() throws {
    guard Worker.run() else { throw ExitCode(2) }
  }
}
