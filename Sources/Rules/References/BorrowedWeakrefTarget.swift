import Analysis
import Findings

/// Finds referents of weak references that are used without a reference.
struct BorrowedWeakrefTarget: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "borrowed-weakref-target",
    category: .references,
    severity: .high,
    summary: "referent of a weak reference used through a borrowed reference",
    why: "Nothing keeps the object alive: its last strong reference can end on another thread "
      + "between the call and the use, 'Py_INCREF' included. Both functions are deprecated and "
      + "gone from Python 3.15.",
    remedy: "Use 'PyWeakref_GetRef' (since 3.13; pythoncapi_compat.h has it for older versions): "
      + "it returns a strong reference, or none where the object is gone.",
    limits: "Does not know whether something else keeps the object alive.")

  static let pattern = ReferencePattern.weakReference

  func judge(_ text: ReferenceText) -> Judgement? {
    guard let use = text.hazard.use else { return nil }
    return Judgement(
      "\(text.api) lends the referent of \(text.owner), which nothing keeps alive: another thread can "
        + "end it before \(text.use(use)).")
  }
}
