import Findings
import Synchronization
import Testing

@testable import Reporters

struct TextReporterTests {
  private func render(_ report: AuditReport, colour: Bool = false, width: Int = 80) -> String {
    TextReporter().render(
      report, sources: Menagerie.sources, style: TextStyle(colour: colour, width: width))
  }

  @Test func coloursChangeNothingElse() {
    let plain = render(Menagerie.report)
    let coloured = render(Menagerie.report, colour: true)
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]+m/, with: "") == plain)
  }

  @Test func linesEndWithoutBlanks() {
    for width in [20, 80, 120, 200] {
      let lines = render(Menagerie.report, width: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.last != " " })
    }
  }

  /// Words are not broken, so only a line with a long word may stand out.
  @Test(arguments: [80, 120])
  func linesKeepToTheWidth(width: Int) {
    for line in render(Menagerie.report, width: width).split(separator: "\n") {
      let columns = displayColumns(String(line))
      #expect(columns <= width, "\(line)")
    }
  }

  @Test func nothingFoundSaysWhatWasLookedAt() {
    let text = render(Menagerie.silent, width: 1000)
    #expect(text.contains("No findings in the 3 files analysed, out of 4."))
    #expect(text.contains("Categories of rules checked: module-declaration. Not checked: static"))
    #expect(text.contains("no proof that the package is safe"))
  }

  @Test func onlySuppressedFindingsAreNothingFound() {
    var report = Menagerie.report
    report.findings = report.findings.filter { !$0.counts }
    let text = render(report)
    #expect(text.contains("No findings"))
    #expect(text.contains("0 findings; 1 in generated code; 2 suppressed"))
  }

  @Test func aLineIsShownOncePerFinding() throws {
    var report = Menagerie.report
    var finding = try #require(report.findings.first)
    let place = try #require(finding.related.first)
    finding.related = [place, place, place]
    report.findings = [finding]
    let lines = render(report).split(separator: "\n")
    #expect(lines.count { $0.contains("9 |     if (cache == NULL) {") } == 1)
    #expect(lines.count { $0.contains("read: src/core.c:9:6") } == 3)
  }

  @Test func aFileIsReadOnce() {
    let sources = CountingSources()
    _ = TextReporter().render(
      Menagerie.report, sources: sources, style: TextStyle(colour: false, width: 80))
    #expect(sources.reads.withLock { $0["src/core.c"] } == 1)
  }

  private final class CountingSources: SourceProvider {
    let reads = Mutex<[String: Int]>([:])

    func bytes(of path: String) -> [UInt8]? {
      reads.withLock { $0[path, default: 0] += 1 }
      return Menagerie.sources.bytes(of: path)
    }
  }

  @Test func reportersAreFoundByName() {
    #expect(Reporters.formats == ["text", "json"])
    #expect(Reporters.named("json") is JSONReporter)
    #expect(Reporters.named("xml") == nil)
  }
}

struct RulePagesTests {
  private let catalogue = RulePages(Menagerie.rules)

  @Test(arguments: [
    ("lazy-initialized-static", "lazy-initialised-static"),
    ("GIL_SLOT_MISSING", "gil-slot-missing"), ("gil-solt-missing", "gil-slot-missing"),
    ("refcount", "refcount-is-one"),
  ])
  func unknownRulesGetASuggestion(asked: String, meant: String) {
    #expect(throws: RulePages.UnknownRule(id: asked, suggestion: meant)) {
      try catalogue.explanation(of: asked, style: TextStyle(colour: false, width: 80))
    }
  }

  @Test(arguments: ["", "banana", "xyz"])
  func farIdsGetNone(asked: String) {
    #expect(catalogue.nearest(to: asked) == nil)
  }

  @Test func theSentenceNamesTheCommand() {
    let error = RulePages.UnknownRule(id: "x\u{1B}", suggestion: "limited-api")
    #expect(
      error.description
        == "There is no rule 'x\\u{001B}'; did you mean 'limited-api'? "
        + "'ftaudit rules' lists the rules.")
  }

  @Test func distances() {
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(editDistance("ab", "ba") == 1)
  }
}
