import Analysis
import Findings

/// Finds fields of objects of which what a field refers to is closed while another thread uses it.
struct CloseWhileUsed: InstanceRule {
  static let metadata = RuleMetadata(
    id: "close-while-used",
    category: .objectState,
    severity: .critical,
    summary: "what a field refers to is closed while another thread uses it",
    why: "One method ends the handle or memory that the field refers to, another one passes "
      + "it to functions. Under the GIL that could only happen in a region that detached; "
      + "without it at any time: the second thread uses what is gone.",
    remedy: "Hold one lock of the object (a 'PyMutex' in it, or a critical section where "
      + "nothing in between detaches) over the whole use, and close under the same lock; or "
      + "count the users and close when the last has left.",
    limits: "Tells functions that end a handle by the last word of their names. Does not see "
      + "that callers share no object between threads.")

  static let pattern = InstancePattern.closeWhileUsed

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject): \(text.writer) \(text.verb(text.hazard.write))\(text.underLocks(text.hazard.write)), "
      + "while \(text.other) \(text.verb(text.hazard.other))\(text.underLocks(text.hazard.other)). "
      + (text.hazard.other.use == .close
        ? "Two threads can end it twice." : "The second thread then uses what is closed.")
  }
}
