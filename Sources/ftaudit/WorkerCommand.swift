import ArgumentParser
import Frontend
import SystemKit

/// The program as its own worker; not for people.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  func run() throws {
    // At once: what the libraries would do at their end is of no use here.
    exitAtOnce(Worker.run() ? 0 : 2)
  }
}
