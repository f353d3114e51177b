import Findings
import Testing

struct FindingOrderTests {
  /// In the documented order; every other one must come out the same.
  private let ordered = [
    sample(severity: .critical, path: "z.c", line: 9),
    sample(path: "a.c", line: 2, column: 1),
    sample(path: "a.c", line: 10, column: 1),
    sample(path: "a.c", line: 10, column: 2),
    sample(rule: "mutable-static", path: "a.c", line: 10, column: 2),
    sample(rule: "mutable-static", path: "a.c", line: 10, column: 2, symbol: "dog"),
    sample(rule: "mutable-static", path: "a.c", line: 10, column: 2, symbol: "dog", module: "m"),
    sample(path: "b.c"),
    sample(severity: .medium),
    sample(severity: .low),
    sample(severity: .info),
  ]

  @Test func sortsBySeverityPathLineColumnRuleSymbol() {
    #expect(Array(ordered.reversed()).inReportOrder() == ordered)
    var generator = Reproducible(state: 1)
    for _ in 0..<20 {
      #expect(ordered.shuffled(using: &generator).inReportOrder() == ordered)
    }
  }

  @Test func keepsIdenticalFindingsOnce() {
    var same = ordered[0]
    same.fingerprint = "set already"
    #expect((ordered + ordered + [same]).inReportOrder().count == ordered.count)
  }

  @Test func keepsFindingsThatDifferAnywhere() {
    let inline = Suppression(kind: .inline, reason: "why")
    let findings = [sample(), sample(message: "other"), sample(suppressed: inline)]
    #expect(findings.inReportOrder().count == 3)
  }
}

/// A generator that shuffles the same way each time.
private struct Reproducible: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
