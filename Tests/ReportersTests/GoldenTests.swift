import Reporters
import Testing

struct GoldenTests {
  @Test(arguments: [80, 120])
  func text(width: Int) throws {
    let text = TextReporter().render(
      Menagerie.report, sources: Menagerie.sources, style: .init(colour: false, width: width))
    try expectGolden(text, "report-\(width).txt")
  }

  @Test func colouredText() throws {
    let text = TextReporter().render(
      Menagerie.report, sources: Menagerie.sources,
      style: .init(colour: true, width: 100, verbose: true))
    try expectGolden(text, "report-colour-verbose.txt")
  }

  @Test func textWithoutFindings() throws {
    let text = TextReporter().render(
      Menagerie.silent, sources: Menagerie.sources, style: .init(colour: false, width: 80))
    try expectGolden(text, "report-silent.txt")
  }

  @Test func json() throws {
    let text = JSONReporter().render(
      Menagerie.report, sources: Menagerie.sources, style: .init(colour: true, width: 80))
    try expectGolden(text, "report.json")
  }

  @Test func rules() throws {
    let table = RulePages(Menagerie.rules).table(style: .init(colour: false, width: 80))
    try expectGolden(table, "rules.txt")
  }

  @Test func explanation() throws {
    let text = try RulePages(Menagerie.rules).explanation(
      of: "lazy-initialised-static",
      example: .init(bad: "if (!cache)\n\tcache = make();\n", good: "int\u{1B}x;\n"),
      style: .init(colour: false, width: 80))
    try expectGolden(text, "explain.txt")
  }
}
