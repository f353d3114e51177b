import ArgumentParser

@main
struct FtauditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ftaudit",
    abstract: "Audits Python extension packages for free-threaded CPython.",
    version: Version.current,
    subcommands: [
      AuditCommand.self, FixCommand.self, StateCommand.self, RulesCommand.self, ExplainCommand.self,
      DoctorCommand.self,
      DumpIRCommand.self, WorkerCommand.self,
    ])
}
