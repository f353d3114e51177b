/// The sentence that a report begins with, and the readiness around it.
package enum Verdict {
  /// What the declarations say and what was found, module by module. There is no score yet.
  package static func readiness(
    modules: [AuditReport.Module], findings: [Finding], coverage: AuditReport.Coverage
  ) -> AuditReport.Readiness {
    AuditReport.Readiness(
      score: nil, grade: nil, verdict: sentence(modules, findings, coverage), deductions: [],
      confidence: confidence(coverage))
  }

  /// What one module declares, what was found in it, and what that means: one line.
  package static func line(_ module: AuditReport.Module) -> String {
    let declares =
      switch module.declaration {
      case "not-used": "declares that it does not need the GIL"
      case "used": "declares that it needs the GIL"
      case "missing": "declares nothing about the GIL"
      case "ineffective": "declares without effect that it does not need the GIL"
      default: "declares something that could not be determined"
      }
    guard let evidence = module.evidence else { return declares }
    let count = evidence.severe + evidence.latent
    let rules =
      evidence.rules.prefix(3).map { "\($0.findings) \($0.rule)" }
      + (evidence.rules.count > 3 ? ["…"] : [])
    let found =
      count == 0
      ? "no severe finding reachable"
      : "\(counted(count, "severe finding")) reachable (\(rules.joined(separator: ", ")))"
    return "\(declares); evidence: \(found); \(meaning(module.declaration, evidence))"
  }

  private static func meaning(
    _ declaration: String, _ evidence: AuditReport.Module.Evidence
  ) -> String {
    switch (declaration, evidence.severe, evidence.latent) {
    case ("not-used", 0, _): return "nothing severe speaks against it"
    case ("not-used", _, _): return "not safe as declared"
    case ("unknown", _, 0): return "nothing severe was found"
    case (_, _, 0): return "nothing severe stands against running without the GIL"
    default: return "latent: they strike once it runs without the GIL"
    }
  }

  private static func sentence(
    _ modules: [AuditReport.Module], _ findings: [Finding], _ coverage: AuditReport.Coverage
  ) -> String {
    guard !modules.isEmpty else {
      return coverage.filesFound == 0
        ? "There is nothing to audit." : "No extension module was recognised in the sources."
    }
    let all = modules.count
    let safe = modules.filter { $0.declaration == "not-used" }
    let undeclared = modules.filter { !["not-used", "unknown"].contains($0.declaration) }
    let live = safe.filter { ($0.evidence?.severe ?? 0) > 0 }
    // Several modules can share the code that a finding is in.
    let severe = findings.filter {
      $0.suppressed == nil && $0.severity.isSevere && $0.category != .moduleDeclaration
    }.count
    let hazards = counted(severe, "severe hazard")
    if !live.isEmpty {
      let subject =
        all == 1 ? "The module declares" : "\(live.count) of \(all) modules declare"
      return "\(subject) that the GIL is not needed, but \(hazards) "
        + "\(severe == 1 ? "was" : "were") found that can strike users today: not ready."
    }
    if safe.count == all {
      let subject = all == 1 ? "The module declares" : "All \(all) modules declare"
      return "\(subject) that the GIL is not needed, and nothing severe was found that speaks "
        + "against it."
    }
    guard !undeclared.isEmpty else {
      return "What \(all == 1 ? "the module declares" : "the \(all) modules declare") could not be "
        + "determined" + (severe == 0 ? "." : "; \(hazards) lie in the code.")
    }
    let subject =
      all == 1 ? "The module does" : "\(undeclared.count) of \(all) modules do"
    let start =
      "\(subject) not declare that the GIL is not needed: importing enables the GIL for the whole "
      + "process"
    return severe == 0
      ? "\(start); nothing severe was found that would speak against declaring it."
      : "\(start), and \(hazards) would strike without it."
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// How much the audit saw: everything, most, or less.
  private static func confidence(_ coverage: AuditReport.Coverage) -> Confidence {
    if coverage.filesUnanalysed == 0, coverage.functionsAnalysed == coverage.functions {
      return .high
    }
    let share =
      coverage.functions == 0 ? 0 : Double(coverage.functionsAnalysed) / Double(coverage.functions)
    return coverage.filesUnanalysed * 4 <= coverage.filesFound && share >= 0.75 ? .medium : .low
  }
}
