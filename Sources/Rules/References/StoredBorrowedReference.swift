import Analysis
import Findings

/// Finds borrowed references that are kept as if they were owned.
struct StoredBorrowedReference: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "stored-borrowed-reference",
    category: .references,
    severity: .critical,
    summary: "borrowed reference stored in a field or static object without taking a reference",
    why: "The object belongs to the container or the caller that lent it. When that gives it up, "
      + "on any thread, the field points to freed memory; and if the field's old value is "
      + "released some day, the reference is released that somebody else owns.",
    remedy: "Take a reference when it is stored ('Py_NewRef'), and release it when the field is "
      + "replaced or cleared.",
    limits: "References that are taken elsewhere for the field are not seen; a field that is "
      + "only used during the call that sets it is a false positive unless it is reset.")

  static let pattern = ReferencePattern.stored

  func judge(_ text: ReferenceText) -> Judgement? {
    // What a static only carries to a callback is a finding about the static.
    if let variable = text.hazard.variable,
      text.facts.states[.variable(variable)]?.hazard?.pattern == .callbackContext
    {
      return nil
    }
    let lender = text.hazard.api == "a call" ? "the caller has lent" : "\(text.api) has lent"
    return Judgement(
      "A reference that \(lender) is stored in \(text.owner), and \(text.function) takes no reference of "
        + "its own to it. The field outlives the call; the object may not.")
  }
}
