import Findings
import Testing

@Suite struct VerdictTests {
  private func module(
    _ declaration: String, severe: Int = 0, latent: Int = 0
  ) -> AuditReport.Module {
    .init(
      name: "m", file: "m.c", line: 1, initialisation: "multi-phase", declaration: declaration,
      why: "",
      evidence: .init(
        severe: severe, latent: latent,
        rules: severe + latent == 0 ? [] : [.init(rule: "r", findings: severe + latent)]))
  }

  private func verdict(_ modules: [AuditReport.Module], _ findings: [Finding] = []) -> String {
    Verdict.readiness(
      modules: modules, findings: findings,
      coverage: .init(functions: 1, functionsAnalysed: 1, units: [])
    ).verdict
  }

  @Test func declaredAndHazardousIsNotReady() {
    #expect(
      verdict(
        [module("not-used", severe: 2)], [sample(severity: .high), sample(severity: .critical)])
        == "The module declares that the GIL is not needed, but 2 severe hazards were found that "
        + "can strike users today: not ready.")
    #expect(
      Verdict.line(module("not-used", severe: 2))
        == "declares that it does not need the GIL; evidence: 2 severe findings reachable (2 r); "
        + "not safe as declared")
  }

  @Test func declaredAndClean() {
    #expect(
      verdict([module("not-used"), module("not-used")], [sample(severity: .medium)])
        == "All 2 modules declare that the GIL is not needed, and nothing severe was found that "
        + "speaks against it.")
    #expect(
      Verdict.line(module("not-used"))
        == "declares that it does not need the GIL; evidence: no severe finding reachable; nothing "
        + "severe speaks against it")
  }

  @Test(arguments: ["missing", "used", "ineffective"])
  func withoutADeclarationHazardsAreLatent(declaration: String) {
    #expect(
      verdict([module(declaration, latent: 1)], [sample(severity: .high)])
        == "The module does not declare that the GIL is not needed: importing enables the GIL for "
        + "the whole process, and 1 severe hazard would strike without it.")
    #expect(
      Verdict.line(module(declaration, latent: 1)).hasSuffix(
        "evidence: 1 severe finding reachable (1 r); latent: they strike once it runs without the "
          + "GIL"))
  }

  @Test func oneOfTwoIsHazardous() {
    #expect(
      verdict([module("missing"), module("not-used", severe: 1)], [sample(severity: .high)])
        == "1 of 2 modules declare that the GIL is not needed, but 1 severe hazard was found that "
        + "can strike users today: not ready.")
  }

  @Test func suppressedFindingsDoNotCount() {
    let suppressed = sample(
      severity: .high, suppressed: Suppression(kind: .inline, reason: "known"))
    #expect(verdict([module("missing")], [suppressed]).hasSuffix("against declaring it."))
  }
}
