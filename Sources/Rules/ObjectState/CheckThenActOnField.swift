import Analysis
import Findings

/// Finds fields of objects of which a test of an object and the action on it are two steps.
struct CheckThenActOnField: InstanceRule {
  static let metadata = RuleMetadata(
    id: "check-then-act",
    category: .objectState,
    severity: .high,
    summary: "a test of an object and the action on it are two steps",
    why: "What was tested can be changed by another thread before the action. The GIL made "
      + "the two one step; locks that are taken for each alone do not.",
    remedy: "Hold one lock over the test and the action: a critical section on the object, or "
      + "for dicts 'PyDict_SetDefaultRef' instead of a look-up and an insertion.",
    limits: "Does not see that callers share no object between threads, nor locks of Python "
      + "code.")

  static let pattern = InstancePattern.checkThenAct

  func message(_ text: InstanceText) -> String {
    if text.hazard.isSplit {
      return
        "\(text.subject): \(text.writer) tests it and writes it under a lock, and lets the lock go in between. "
        + "What was found can have changed by then."
    }
    return
      "\(text.subject) is tested and then written by \(text.writer)\(text.underLocks(text.hazard.write)), "
      + "while \(text.other) \(text.verb(text.hazard.other))\(text.underLocks(text.hazard.other)). "
      + "What was found can have changed before the write."
  }
}
