import Analysis
import Findings

/// Finds fields of objects of which memory behind a field is moved or released while another thread uses it.
struct ResizableBuffer: InstanceRule {
  static let metadata = RuleMetadata(
    id: "resizable-buffer",
    category: .objectState,
    severity: .critical,
    summary: "memory behind a field is moved or released while another thread uses it",
    why: "Each method loads the pointer and works with the memory; without the GIL another "
      + "thread can resize or free that memory in between, and the method reads or writes "
      + "freed memory.",
    remedy: "Hold a critical section on the object ('Py_BEGIN_CRITICAL_SECTION') in every "
      + "method that uses the memory, or make a new block, swap the pointer under the lock "
      + "and free the old one when nobody uses it.",
    limits: "Does not see that callers share no object between threads, nor locks that "
      + "functions outside the package take.")

  static let pattern = InstancePattern.resizableBuffer

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject): \(text.writer) \(text.verb(text.hazard.write))\(text.underLocks(text.hazard.write)), "
      + "while \(text.other) \(text.verb(text.hazard.other))\(text.underLocks(text.hazard.other)). "
      + "The memory can be gone while it is used."
  }
}
