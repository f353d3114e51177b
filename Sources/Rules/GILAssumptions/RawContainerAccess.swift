import Analysis
import Findings
import PythonAPI

/// Finds direct uses of what containers of CPython keep for themselves.
struct RawContainerAccess: InternalsRule {
  static let metadata = RuleMetadata(
    id: "raw-container-access",
    category: .gilAssumptions,
    severity: .high,
    summary: "memory of a list, dict or set used directly",
    why: "CPython locks a container in its own functions. Who reads or writes its fields goes "
      + "around the lock: the array of items can be moved and freed, the size be that of another "
      + "moment.",
    remedy: "Use the functions of the C API, or hold the container's critical section as long as "
      + "the memory is used.",
    limits: "Tuples, and containers that the function has made, do not count. Macros of CPython "
      + "that do the same are judged by what they are for.")

  static let pattern = InternalsPattern.content

  func judge(_ text: InternalsText) -> Judgement? {
    let hazard = text.hazard
    let fact = PythonFacts.shared.field(hazard.symbol, of: hazard.structure)
    let verb = hazard.access == .write ? "written" : "read"
    return Judgement(
      "The field '\(hazard.symbol)' of \(text.object) (\(hazard.structure)) is \(verb) "
        + "directly\(text.reason). No lock of the object is held, which its own functions take.",
      severity: text.isCertain && fact.map(ObjectInternals.isMovable) != false ? nil : .medium,
      remediation: fact?.replacement.map { "Use \($0), or hold the object's critical section." })
  }
}
