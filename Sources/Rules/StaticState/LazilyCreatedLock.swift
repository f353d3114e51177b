import Analysis
import Findings
import ProgramModel

/// Finds each lock that is made on first use.
struct LazilyCreatedLock: StateRule {
  static let metadata = RuleMetadata(
    id: "lazily-created-lock",
    category: .staticState,
    severity: .high,
    summary: "lock that is made on first use",
    why: "Two threads can both find no lock and make one each. Each then holds a lock that the "
      + "other does not know, and what the lock should guard is not guarded.",
    remedy: "Use a static 'PyMutex', which needs no making, or make the lock while the module is "
      + "imported.",
    limits: "Locks that a library makes inside its own functions are not seen.")

  static let pattern = StatePattern.lazyLock

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "The lock \(text.subject) is made on first use by \(text.writer). Two threads can make one each "
        + "and hold different locks at the same time.")
  }
}
