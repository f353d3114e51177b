package import Analysis
package import Findings
import ProgramModel
import PythonAPI

/// Plans edits for the findings whose repair is mechanical.
package struct RepairPlanner: Sendable {
  private let analyses: Analyses
  private let sources: any SourceProvider

  package init(_ analyses: Analyses, sources: any SourceProvider) {
    self.analyses = analyses
    self.sources = sources
  }

  /// Findings with their fixes, in the order given, and for each without one the reason.
  package func repair(
    _ findings: [Finding]
  ) -> (findings: [Finding], refusals: [RepairRefusal?]) {
    (findings, findings.map { _ in .noMechanicalRepair })
  }
}
