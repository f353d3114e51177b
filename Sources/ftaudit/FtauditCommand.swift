import ArgumentParser

@main
struct FtauditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "ftaudit")
}
