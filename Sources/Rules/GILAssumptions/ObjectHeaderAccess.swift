import Analysis
import Findings
import PythonAPI

/// Finds direct uses of the fields of an object's head.
struct ObjectHeaderAccess: InternalsRule {
  static let metadata = RuleMetadata(
    id: "object-header-access",
    category: .gilAssumptions,
    severity: .high,
    summary: "field of an object's head used directly",
    why: "The head of an object is laid out otherwise in a free-threaded Python: 'ob_refcnt' does "
      + "not exist, the count has two parts that are changed atomically, the mutex in it "
      + "belongs to critical sections, and type and size can be changed by another thread.",
    remedy: "Use the functions of the C API: 'Py_REFCNT', 'Py_TYPE', 'Py_SIZE', a critical section "
      + "in place of the object's mutex.",
    limits: "Reads of type and size are reported as medium: they go wrong only where another "
      + "thread changes them. Objects that the function has just made do not count.")

  static let pattern = InternalsPattern.header

  func judge(_ text: InternalsText) -> Judgement? {
    let hazard = text.hazard
    let fact = PythonFacts.shared.field(hazard.symbol, of: hazard.structure)
    let header = fact.flatMap(ObjectInternals.header)
    let field = "'\(hazard.symbol)'"
    let remedy = fact?.replacement.map { "Use \($0)." }
    switch hazard.access {
    case .missing:
      return Judgement(
        "The field \(field) of an object's head is used here. A free-threaded Python has no such "
          + "field: the code does not compile there.", remediation: remedy)
    case .call(let name):
      let isCount = hazard.symbol == "ob_refcnt"
      return Judgement(
        "'\(name)' sets \(field) of \(text.object)\(text.reason). "
          + (isCount
            ? "References that other threads take or give up meanwhile are lost."
            : "Another thread can be reading the object by its old size."),
        severity: isCount && text.isCertain ? nil : .medium,
        remediation: isCount
          ? "Take and give up references; do not set their number."
          : "Set the size only before others can have the object.")
    case .read, .write:
      let verb = hazard.access == .write ? "written" : "read"
      var message = "The field \(field) of \(text.object) is \(verb) directly"
      var severity: Severity?
      switch header {
      case .count:
        message += ". A free-threaded Python has no such field: the code does not compile there."
      case .lock:
        message +=
          ". The mutex in an object belongs to critical sections, which let it go and "
          + "take it again: taking it otherwise can wait for ever."
      default:
        message += "\(text.reason). Another thread can change it at the same time."
        if hazard.access == .read || !text.isCertain { severity = .medium }
      }
      return Judgement(message, severity: severity, remediation: remedy)
    }
  }
}
