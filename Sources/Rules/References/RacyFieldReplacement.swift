import Analysis
import Findings

/// Finds each field of an object whose reference two threads can drop at once.
struct RacyFieldReplacement: FieldRule {
  static let metadata = RuleMetadata(
    id: "racy-field-replacement",
    category: .references,
    severity: .critical,
    summary: "reference in a field of an object that two threads can drop at once",
    why: "'Py_CLEAR', 'Py_XSETREF' and what is written by hand in their place read the old "
      + "reference, store the new one and drop the old. Two threads that do so at once read the "
      + "same old reference and both drop it: the object is freed while others still own it.",
    remedy: "Replace the field under a critical section on the object, or swap it with an atomic "
      + "exchange and drop what that gives.",
    limits: "Does not see that callers outside the package use each object from one thread only.")

  static let pattern = FieldHazard.Pattern.replacement

  func message(_ text: FieldText) -> String {
    let (first, second) = (text.hazard.write, text.hazard.other)
    var message = "\(text.subject) is replaced and its old reference dropped by \(text.writer)"
    message += text.underLocks(first)
    if first.site.function == second.site.function {
      message += ". Two threads that do so at once"
    } else {
      message += " and by \(text.other)\(text.underLocks(second)). Two threads that do so at once"
    }
    message += " can both drop the same reference."
    return message
  }
}
