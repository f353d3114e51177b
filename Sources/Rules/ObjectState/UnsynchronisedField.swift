import Analysis
import Findings

/// Finds fields of objects of which field of an object is written without a lock.
struct UnsynchronisedField: InstanceRule {
  static let metadata = RuleMetadata(
    id: "unsynchronised-field",
    category: .objectState,
    severity: .high,
    summary: "field of an object is written without a lock",
    why: "Methods of one object can run on several threads at the same time. Without a "
      + "common lock an update is lost, or a reader sees some fields before and some after "
      + "a change.",
    remedy: "Hold a critical section on the object in all methods that touch the fields, or "
      + "make a single flag or counter atomic.",
    limits: "Does not see that callers share no object between threads, nor locks of Python "
      + "code.")

  static let pattern = InstancePattern.unsynchronised

  func severity(_ hazard: InstanceHazard, _ text: InstanceText) -> Severity {
    hazard.isIdempotent || hazard.isStatistic || hazard.isContent || hazard.isStaleRead
      ? .medium : Self.metadata.severity
  }

  func message(_ text: InstanceText) -> String {
    let end =
      text.hazard.isIdempotent
      ? "All writes store the same value, so that the order alone is undefined."
      : text.hazard.isStaleRead
        ? "The reader can see an old value."
        : "A write can be lost, or the reader sees a half of a change."
    return
      "\(text.subject): \(text.writer) \(text.verb(text.hazard.write))\(text.underLocks(text.hazard.write)), while "
      + (text.isSelf ? "another thread that runs it " : "\(text.other) ")
      + "\(text.verb(text.hazard.other))\(text.underLocks(text.hazard.other)). \(end)"
  }
}
