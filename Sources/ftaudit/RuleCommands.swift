import ArgumentParser
import FoundationEssentials
import Reporters
import Rules
import SystemKit

private func terminalStyle() -> TextStyle {
  let noColour = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
  return TextStyle(colour: isTerminal(1) && noColour.isEmpty, width: terminalWidth(1) ?? 100)
}

/// `ftaudit rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules.")

  func run() {
    print(RulePages(RuleCatalogue.all).table(style: terminalStyle()), terminator: "")
  }
}

/// `ftaudit explain RULE`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule finds, why, and what to do.")

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
  var rule: String

  func run() throws {
    do {
      print(
        try RulePages(RuleCatalogue.all).explanation(
          of: rule, example: nil, style: terminalStyle()), terminator: "")
    } catch {
      complain("\(error)")
      throw ExitCode(64)
    }
  }
}
