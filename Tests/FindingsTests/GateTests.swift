import Findings
import Testing

struct GateTests {
  private func report(
    _ findings: [Finding] = [], analysed: Int = 1, partly: Int = 0, unanalysed: Int = 0,
    functions: Int = 10, gapless: Int = 10, modules: Int = 1
  ) -> AuditReport {
    func units(_ count: Int, _ status: AuditReport.Unit.Status) -> [AuditReport.Unit] {
      (0..<count).map {
        .init(file: "\(status)\($0).c", status: status, reason: nil, missingHeaders: [])
      }
    }
    return AuditReport(
      tool: .init(name: "", version: "", clang: "", headers: "", target: ""),
      package: .init(name: "", version: nil, root: ""),
      modules: (0..<modules).map {
        .init(name: "m\($0)", file: "", line: 1, initialisation: "", declaration: "", why: "")
      },
      readiness: .init(score: nil, grade: nil, verdict: "", deductions: [], confidence: .low),
      findings: findings,
      coverage: .init(
        functions: functions, functionsAnalysed: gapless,
        units: units(analysed, .analysed) + units(partly, .partlyAnalysed)
          + units(unanalysed, .unanalysed) + units(3, .skipped)),
      notes: [])
  }

  @Test func failsFromHighOnByDefault() {
    let gate = Gate()
    #expect(gate.outcome(of: report()) == .passed)
    #expect(gate.outcome(of: report([sample(severity: .medium)])) == .passed)
    #expect(
      gate.outcome(of: report([sample(severity: .high), sample(severity: .critical)]))
        == .failed(findings: 2, atOrAbove: .high))
  }

  @Test(arguments: Severity.allCases, Severity.allCases)
  func failsAtOrAboveTheThreshold(threshold: Severity, severity: Severity) {
    let outcome = Gate(failOn: threshold).outcome(of: report([sample(severity: severity)]))
    #expect((outcome.exitCode == 1) == (severity.rank >= threshold.rank))
  }

  @Test func failsOnNothingWhereToldSo() {
    #expect(Gate(failOn: nil).outcome(of: report([sample(severity: .critical)])) == .passed)
  }

  @Test func suppressedAndGeneratedFindingsDoNotFail() {
    let findings = [
      sample(generated: "cython"),
      sample(suppressed: Suppression(kind: .inline, reason: "")),
      sample(suppressed: Suppression(kind: .baseline, reason: "")),
    ]
    #expect(Gate(failOn: .info).outcome(of: report(findings)) == .passed)
  }

  @Test func nothingToAuditIsNotAPass() {
    #expect(Gate().outcome(of: report(analysed: 0, modules: 0)) == .nothingToAudit)
    // A module known from its '.pyx' alone is something.
    #expect(Gate().outcome(of: report(analysed: 0, modules: 1)) == .passed)
  }

  @Test func anAuditThatReadNothingIsImpossible() {
    let outcome = Gate(failOn: nil).outcome(of: report(analysed: 0, unanalysed: 2))
    #expect(outcome == .impossible(files: 2))
    #expect(Gate().outcome(of: report(analysed: 0, partly: 1, unanalysed: 2)) == .passed)
  }

  @Test func coverageIsFilesReadTimesFunctionsWithoutGaps() {
    let coverage = report(analysed: 3, unanalysed: 1, functions: 10, gapless: 8).coverage
    #expect(coverage.share == 0.6)
    #expect(report(functions: 0, gapless: 0).coverage.share == 1)
    #expect(report(analysed: 0).coverage.share == nil)
  }

  @Test func tooLittleCoverageComesBeforeFindings() {
    let half = report([sample()], analysed: 1, unanalysed: 1)
    #expect(
      Gate(minimumCoverage: 0.75).outcome(of: half)
        == .coverageTooLow(reached: 0.5, required: 0.75))
    #expect(Gate(minimumCoverage: 0.5).outcome(of: half).exitCode == 1)
  }

  @Test func exitCodesAreTheContract() {
    let outcomes: [Gate.Outcome] = [
      .passed, .failed(findings: 1, atOrAbove: .high), .impossible(files: 1),
      .coverageTooLow(reached: 0, required: 1), .nothingToAudit,
    ]
    #expect(outcomes.map(\.exitCode) == [0, 1, 2, 2, 3])
    #expect(outcomes.map { $0.sentence == nil } == [true, false, false, false, false])
  }

  @Test func percentagesAreNeverRoundedUp() {
    let outcome = Gate.Outcome.coverageTooLow(reached: 0.79996, required: 0.8)
    #expect(outcome.sentence == "The audit covered 79.9 %, less than the 80 % asked for.")
  }

  @Test func severalInputsGiveTheWorstCode() {
    let failed = Gate.Outcome.failed(findings: 1, atOrAbove: .high)
    #expect(Gate.exitCode(of: [.passed, failed, .impossible(files: 1)]) == 2)
    #expect(Gate.exitCode(of: [.nothingToAudit, failed]) == 1)
    #expect(Gate.exitCode(of: [.nothingToAudit, .passed]) == 0)
    #expect(Gate.exitCode(of: [.nothingToAudit, .nothingToAudit]) == 3)
    #expect(Gate.exitCode(of: []) == 0)
  }
}
