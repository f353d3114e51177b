import ArgumentParser

@main
struct FtauditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ftaudit",
    abstract: "Audits Python extension packages for free-threaded CPython.",
    subcommands: [DumpIRCommand.self, WorkerCommand.self])
}
