import Analysis
import Findings

/// Finds fields of objects of which field of an object is filled on first use without a lock.
struct LazilyCachedField: InstanceRule {
  static let metadata = RuleMetadata(
    id: "lazily-cached-field",
    category: .objectState,
    severity: .critical,
    summary: "field of an object is filled on first use without a lock",
    why: "Two threads find the field empty at the same time and both fill it: what the first "
      + "stored is lost, or freed while the second uses it; where several fields are "
      + "filled, a reader sees some of them.",
    remedy: "Compute first, then store under a critical section on the object if the field is "
      + "still empty and drop the own result otherwise; a number that is always the same "
      + "can be stored and read atomically with relaxed order.",
    limits: "Does not see that an object is never shared between threads.")

  static let pattern = InstancePattern.lazilyCached

  func severity(_ hazard: InstanceHazard, _ text: InstanceText) -> Severity {
    switch text.field.kind {
    case .memory, .references, .object: .critical
    case .reference: .high
    case .scalar, .aggregate, .other: .medium
    }
  }

  func message(_ text: InstanceText) -> String {
    let end: String
    switch text.field.kind {
    case .reference, .references, .memory, .object:
      end = "Two threads can both fill it, and what one of them stored is lost."
    case .scalar, .aggregate, .other:
      end = "Two threads can both fill it; a reader is not ordered after either."
    }
    return
      "\(text.subject) is filled by \(text.writer) where it was found empty\(text.underLocks(text.hazard.write)). \(end)"
  }
}
