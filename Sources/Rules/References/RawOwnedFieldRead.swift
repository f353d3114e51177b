import Analysis
import Findings

/// Finds each field of an object that holds a reference which is used while another thread can
/// drop it.
struct RawOwnedFieldRead: FieldRule {
  static let metadata = RuleMetadata(
    id: "raw-owned-field-read",
    category: .references,
    severity: .critical,
    summary: "reference in a field of an object is used while another thread can drop it",
    why: "The field owns the reference, and a method that reads it only borrows it. Between the "
      + "read and the use, also before a 'Py_INCREF' on the next line, another thread can "
      + "replace the field and free the object.",
    remedy: "Take a reference under a critical section on the object ('Py_BEGIN_CRITICAL_SECTION' "
      + "with 'Py_XNewRef'), use that and drop it afterwards; replace the field under the same "
      + "section.",
    limits: "Does not see that callers outside the package use each object from one thread only, "
      + "nor that a call suspends a critical section between the read and the use.")

  static let pattern = FieldHazard.Pattern.rawRead

  func message(_ text: FieldText) -> String {
    let (write, read) = (text.hazard.write, text.hazard.other)
    var message = "\(text.subject) is read by \(text.other)\(text.underLocks(read))"
    message +=
      read.kind == .read(takes: true) ? " to take a reference" : " and the object is used"
    message += ", while \(text.writer) replaces it and drops the old reference"
    message += "\(text.underLocks(write)). The object can be freed between the read and its use."
    if write.locks.isEmpty, write.kind == .replace {
      message += " Two threads that replace it at once can also drop the same reference twice."
    }
    return message
  }
}
