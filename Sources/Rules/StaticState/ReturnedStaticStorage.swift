import Analysis
import Findings
import ProgramModel

/// Finds each pointer to static storage that is handed out and written again.
struct ReturnedStaticStorage: StateRule {
  static let metadata = RuleMetadata(
    id: "returned-static-storage",
    category: .staticState,
    severity: .high,
    summary: "pointer to static storage that is handed out and written again",
    why: "Whoever was given the pointer reads memory that the next call on another thread "
      + "rewrites.",
    remedy: "Let the caller give the buffer, return a fresh one, or keep one per thread.",
    limits: "A handed-out address that nobody uses is reported as well.")

  static let pattern = StatePattern.returnedStorage

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) is handed out and written at run time by \(text.writers). A caller on one thread "
        + "still uses it while a call on another rewrites it." + text.partLock)
  }
}
