import Analysis
import Findings

/// Finds fields of objects of which state of an iterator is advanced without a lock.
struct SharedIteratorState: InstanceRule {
  static let metadata = RuleMetadata(
    id: "shared-iterator-state",
    category: .objectState,
    severity: .high,
    summary: "state of an iterator is advanced without a lock",
    why: "Two threads that call 'next' on one iterator read and write its position at the "
      + "same time: they get an item twice, skip one, or go past the end.",
    remedy: "Wrap the body of 'tp_iternext' in a critical section on the iterator, or advance "
      + "the position with an atomic operation and check it against the end afterwards.",
    limits: "Does not see that an iterator is never shared between threads.")

  static let pattern = InstancePattern.iterator

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject) is the position of an iterator: \(text.writer) \(text.verb(text.hazard.write))"
      + "\(text.underLocks(text.hazard.write)). Two threads that iterate over one object can get an item twice or go "
      + "past the end."
  }
}
