import Analysis
import Findings

/// Finds tests of the reference count that ask whether an object can be changed in place.
struct RefcountIsOne: InternalsRule {
  static let metadata = RuleMetadata(
    id: "refcount-is-one",
    category: .gilAssumptions,
    severity: .high,
    summary: "number of references decides whether an object is changed in place",
    why: "Without the GIL the count of an object is two numbers that other threads change while "
      + "they are added up, and since 3.14 the interpreter also holds objects without counting. "
      + "A count of one no longer says that nobody else has the object.",
    remedy: "Use 'PyUnstable_Object_IsUniquelyReferenced' (since 3.14; pythoncapi_compat.h has it "
      + "for older versions) for an object that this code made, "
      + "'PyUnstable_Object_IsUniqueReferencedTemporary' for an argument; or make a copy.",
    limits: "Assertions, and code that only prints, visits or takes down objects, do not count. "
      + "Objects that the function has made are medium. What is done after the test is not judged.")

  static let pattern = InternalsPattern.uniqueness

  func judge(_ text: InternalsText) -> Judgement? {
    if text.hazard.owner?.sharing == .isolated || text.isMadeHere {
      return Judgement(
        "The number of references to \(text.object), which was made here, decides whether it is "
          + "used as if nobody else had it. The count is no longer sure to say so.",
        severity: .medium)
    }
    return Judgement(
      "The number of references to \(text.object)\(text.reason), decides here whether it is used "
        + "as if nobody else had it. Another thread can have it, or get it, at the same time.",
      severity: text.isCertain ? nil : .medium)
  }
}
