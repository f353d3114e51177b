import Findings
import ProgramModel
import Testing

@testable import Reporters

struct HostileTextTests {
  @Test(arguments: [
    ("plain é 日本 🦊", "plain é 日本 🦊"),
    ("\u{1B}[31m", "\\u{001B}[31m"), ("\t\n\r\n", "\\u{0009}\\u{000A}\\u{000D}\\u{000A}"),
    ("\u{7F}\u{80}\u{9B}", "\\u{007F}\\u{0080}\\u{009B}"),
    ("\u{202A}\u{202E}\u{2066}\u{2069}", "\\u{202A}\\u{202E}\\u{2066}\\u{2069}"),
    ("\u{200E}\u{200F}\u{61C}", "\\u{200E}\\u{200F}\\u{061C}"),
    ("\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}", "\\u{200B}\\u{200C}\\u{200D}\\u{2060}\\u{FEFF}"),
    ("\u{FFFD}\u{2028}\u{E0041}\u{3164}", "\\u{FFFD}\\u{2028}\\u{E0041}\\u{3164}"),
  ])
  func escapes(text: String, shown: String) {
    #expect(escapedForTerminal(text) == shown)
  }

  @Test func pilesOfCombiningMarksAreCut() {
    let pile = "a" + String(repeating: "\u{301}", count: 6)
    #expect(escapedForTerminal(pile) == "a\u{301}\u{301}\u{301}\u{301}\\u{0301}\\u{0301}")
  }

  @Test func columnsAreTheTerminals() {
    #expect(displayColumns("abc") == 3)
    #expect(displayColumns("日本") == 4)
    #expect(displayColumns("e\u{301}") == 1)
    #expect(displayColumns("🦊") == 2)
  }

  /// Whatever field hostile text stands in, the terminal does not get it.
  @Test(arguments: [false, true])
  func noFieldLetsHostileTextThrough(colour: Bool) {
    let text = TextReporter().render(
      Self.hostileReport, sources: HostileSources(),
      style: TextStyle(colour: colour, width: 100, verbose: true))
    let own = text.replacing("\u{1B}[0m", with: "").replacing(/\u{1B}\[[0-9;]{1,4}m/, with: "")
    #expect(!own.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
    #expect(own.contains("\\u{202E}"))
    if !colour { #expect(text == own) }
  }

  /// `\u{1B}[8m` hides text and looks like one of our own colours, so it has a cursor move too.
  private static let poison = "\u{1B}[2J\u{202E}\u{9B}x\u{07}\r\n\t\u{200B}"

  private struct HostileSources: SourceProvider {
    func bytes(of path: String) -> [UInt8]? {
      Array("ab\u{1B}[2J\u{202E} \u{9B}\r x".utf8) + [0xFE]
    }
  }

  private static var hostileReport: AuditReport {
    var report = Menagerie.report
    report.tool.clang = poison
    report.tool.headers = poison
    report.package = .init(name: poison, version: poison, root: poison)
    report.notes = [poison]
    report.readiness.verdict = poison
    report.readiness.grade = poison
    report.readiness.deductions = [.init(rule: poison, points: 1, findings: 1, why: poison)]
    report.modules = [
      .init(
        name: poison, file: poison, line: 1, initialisation: poison, declaration: poison,
        why: poison)
    ]
    report.findings = report.findings.map { original in
      var finding = original
      finding.rule = poison
      finding.message = poison
      finding.position.path = poison
      finding.position.line = 1
      finding.function = poison
      finding.module = poison
      finding.remediation = poison
      finding.generated = finding.generated.map { _ in poison }
      finding.suppressed?.reason = poison
      for index in finding.related.indices {
        finding.related[index].position.path = poison
        finding.related[index].function = poison
        finding.related[index].message = poison
      }
      return finding
    }
    report.coverage.units = AuditReport.Unit.Status.allCases.map {
      .init(file: poison, status: $0, reason: poison, missingHeaders: [poison])
    }
    return report
  }
}
