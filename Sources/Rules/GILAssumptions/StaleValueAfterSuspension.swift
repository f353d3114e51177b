import Analysis
import Findings

/// Finds values that are read under a critical section and used after it may have been suspended.
struct StaleValueAfterSuspension: LockRule {
  static let metadata = RuleMetadata(
    id: "stale-value-after-suspension",
    category: .gilAssumptions,
    severity: .medium,
    summary: "pointer, size or index of a locked object used after its section may have been "
      + "suspended",
    why: "A critical section does not stay locked over calls that run Python code or block: it is "
      + "suspended, and other threads change the object. A pointer that was read before may point to "
      + "freed memory, a size or index may be wrong. With the GIL the same calls let other code run.",
    remedy: "Read the field again after the call, and check what depends on it.",
    limits: "Only calls that run Python code or detach on purpose count, not those that do so when "
      + "an error occurs or an object dies. Borrowed references have rules of their own.")

  static let pattern = LockPattern.staleValue

  func judge(_ text: LockText) -> Judgement? {
    let hazard = text.hazard
    guard let field = hazard.field else { return nil }
    let call = hazard.name.isEmpty ? "a call" : "'\(hazard.name)'"
    return Judgement(
      "\(text.function) reads '\(field)' under the critical section on \(text.lock), but \(call) can "
        + "suspend the section before the value is used: another thread may have changed it.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [
      text.hazard.suspension.flatMap {
        text.place($0, .call, "the section can be suspended here")
      },
      text.place(text.hazard.other, .read, "the old value is used here"),
    ]
  }
}
