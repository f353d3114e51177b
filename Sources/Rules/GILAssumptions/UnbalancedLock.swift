import Analysis
import Findings

/// Finds ways out of a function that forget to let a lock go.
struct UnbalancedLock: LockRule {
  static let metadata = RuleMetadata(
    id: "unbalanced-lock",
    category: .gilAssumptions,
    severity: .high,
    summary: "lock that some ways out of a function do not release",
    why:
      "The next one who takes the lock waits for ever. Such ways are often those of errors, which "
      + "nobody tests.",
    remedy: "Release the lock on every way out: with one exit that all errors jump to, or with an "
      + "object that does so at the end of its life.",
    limits: "A function whose callers release the lock is taken for one that is meant to lock. "
      + "Conditions are followed as far as they are constants and variables of the function, and "
      + "calls that tell the same each time. Exceptions that no handler is for are not followed.")

  static let pattern = LockPattern.unbalanced

  func judge(_ text: LockText) -> Judgement? {
    Judgement(
      "\(text.function) takes \(text.lock) here and releases it on some ways, but leaves by another "
        + "one with the lock held: the next thread that takes it waits for ever.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [text.place(text.hazard.other, .note, "leaves the function with the lock held")]
  }
}
