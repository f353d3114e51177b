/// The sentence that a report begins with, and the readiness around it.
package enum Verdict {
  /// What the declarations say. There is no score: it would have to weigh rules that are not run.
  package static func readiness(
    modules: [AuditReport.Module], findings: [Finding], coverage: AuditReport.Coverage
  ) -> AuditReport.Readiness {
    AuditReport.Readiness(
      score: nil, grade: nil, verdict: sentence(modules, findings, coverage), deductions: [],
      confidence: confidence(coverage))
  }

  private static func sentence(
    _ modules: [AuditReport.Module], _ findings: [Finding], _ coverage: AuditReport.Coverage
  ) -> String {
    guard !modules.isEmpty else {
      return coverage.filesFound == 0
        ? "There is nothing to audit." : "No extension module was recognised in the sources."
    }
    let undeclared = modules.filter { $0.declaration != "not-used" }
    let known = undeclared.filter { $0.declaration != "unknown" }
    let noun = modules.count == 1 ? "module" : "modules"
    if undeclared.isEmpty {
      let all = modules.count == 1 ? "The module declares" : "All \(modules.count) modules declare"
      return "\(all) that the GIL is not needed; whether the code lives up to it is not judged yet."
    }
    if known.isEmpty {
      return
        "What \(modules.count == 1 ? "the" : "the \(modules.count)") \(noun) declare\(modules.count == 1 ? "s" : "") could not be determined."
    }
    let count =
      modules.count == 1
      ? "The module does" : "\(known.count) of \(modules.count) modules do"
    return
      "\(count) not declare that the GIL is not needed: importing enables the GIL for the whole process."
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
