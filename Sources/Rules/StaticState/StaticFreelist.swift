import Analysis
import Findings
import ProgramModel

/// Finds each list of objects for reuse that threads share without a lock.
struct StaticFreelist: StateRule {
  static let metadata = RuleMetadata(
    id: "static-freelist",
    category: .staticState,
    severity: .critical,
    summary: "list of objects for reuse that threads share without a lock",
    why: "Two threads that take from the list at once get the same object, and two that give "
      + "back lose one or break the list. An object with two owners is memory corruption.",
    remedy: "Switch the list off under 'Py_GIL_DISABLED' (the allocator of free-threaded Python "
      + "is fast), keep one per thread, or guard it with a 'PyMutex'.",
    limits: "A list that is reached through a function of another package is not seen.")

  static let pattern = StatePattern.freelist

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) keeps objects for reuse: \(text.writers) put in and take out without a "
        + "common lock. Two threads can take the same one." + text.partLock)
  }
}
