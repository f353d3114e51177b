import Analysis
import Findings

/// Finds locks that are taken by the thread which holds them.
struct RecursiveLock: LockRule {
  static let metadata = RuleMetadata(
    id: "recursive-lock",
    category: .gilAssumptions,
    severity: .high,
    summary: "lock taken again by the thread that holds it",
    why:
      "'PyMutex', 'pthread_mutex_t', 'std::mutex' and 'PyThread_type_lock' are not recursive: who "
      + "takes one twice waits for itself, for ever.",
    remedy:
      "Split the function: one part that expects the lock to be held, and one that takes it and "
      + "calls the first. Or release the lock before the call.",
    limits:
      "Only locks that can be named in both places count, not those reached through elements of "
      + "arrays or through Python code.")

  static let pattern = LockPattern.recursive

  func judge(_ text: LockText) -> Judgement? {
    let hazard = text.hazard
    if hazard.isIndirect {
      return Judgement(
        "\(text.function) takes \(text.lock), and '\(hazard.name)' comes here with the same lock "
          + "held: it is not recursive, so the thread waits for itself.")
    }
    return Judgement(
      "\(text.function) takes \(text.lock) on a way on which it holds it already: it is not "
        + "recursive, so the thread waits for itself.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [text.place(text.hazard.other, .lock, "taken here first")]
  }
}
