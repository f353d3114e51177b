import Analysis
import Findings

/// Finds fields of objects of which flag against re-entry lets two threads pass.
struct BusyFlag: InstanceRule {
  static let metadata = RuleMetadata(
    id: "busy-flag",
    category: .objectState,
    severity: .high,
    summary: "flag against re-entry lets two threads pass",
    why: "The test and the setting of the flag are two steps. Without the GIL two threads "
      + "find it clear and both go on.",
    remedy: "Take a 'PyMutex' with a try-lock, or set the flag with an atomic "
      + "compare-and-exchange, or use a critical section where waiting is right.",
    limits: "Does not see that an object is never shared between threads.")

  static let pattern = InstancePattern.busyFlag

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject) is tested and then set by \(text.writer)\(text.underLocks(text.hazard.write)). "
      + "Two threads can both find it clear and both go on."
  }
}
