import Analysis
import Findings
import ProgramModel

/// Finds each static table or pointer that is changed while other threads read it.
struct MutableStaticTable: StateRule {
  static let metadata = RuleMetadata(
    id: "mutable-static-table",
    category: .staticState,
    severity: .high,
    summary: "static table or pointer that is changed while other threads read it",
    why: "Readers see a table half changed, or follow a pointer that another thread has just "
      + "replaced, and perhaps freed.",
    remedy: "Fill it while the module is imported, make it const, keep it in the module's state "
      + "under a 'PyMutex', or give each thread its own.",
    limits: "Does not see that a change cannot happen at the same time as a read for reasons "
      + "outside the C code.")

  static let pattern = StatePattern.mutableTable

  func judge(_ text: StateText) -> Judgement? {
    let freed = text.hazard.releasesOld
    return Judgement(
      "\(text.subject) is changed at run time by \(text.writers)\(text.readBy), without a "
        + "common lock."
        + (freed ? " What it pointed to is freed while another thread may still use it." : "")
        + text.partLock, severity: freed ? .critical : nil)
  }
}
