import Analysis
import Findings

/// Finds fields of objects of which array of references in an object is changed while another thread uses it.
struct ArrayOfObjects: InstanceRule {
  static let metadata = RuleMetadata(
    id: "array-of-objects",
    category: .objectState,
    severity: .critical,
    summary: "array of references in an object is changed while another thread uses it",
    why: "The array owns references. While one thread replaces or drops an element, or moves "
      + "the array, another one reads it and takes a reference to an object that is being "
      + "freed.",
    remedy: "Hold a critical section on the object over each access to the array, take "
      + "references of your own under it, and drop old ones after it.",
    limits: "Does not see that callers share no object between threads.")

  static let pattern = InstancePattern.arrayOfObjects

  func message(_ text: InstanceText) -> String {
    return "\(text.subject) holds references: \(text.writer) \(text.verb(text.hazard.write))"
      + "\(text.underLocks(text.hazard.write)), while \(text.other) \(text.verb(text.hazard.other))"
      + "\(text.underLocks(text.hazard.other)). An object can be freed while it is used."
  }
}
