import Analysis
import Findings

/// Finds critical sections inside others where both objects are needed.
struct NestedCriticalSections: LockRule {
  static let metadata = RuleMetadata(
    id: "nested-critical-sections",
    category: .gilAssumptions,
    severity: .high,
    summary: "critical section opened inside another one although both objects are needed",
    why: "To wait for the inner section suspends the outer one, and other threads can change its "
      + "object meanwhile. What was read of it before may be wrong afterwards.",
    remedy: "Lock both objects together with 'Py_BEGIN_CRITICAL_SECTION2'.",
    limits: "Objects with two names in one function are taken for two objects.")

  static let pattern = LockPattern.nestedSections

  func judge(_ text: LockText) -> Judgement? {
    guard let outer = text.hazard.outer else { return nil }
    let inner = text.lock
    let hazard = text.hazard
    if hazard.isIndirect {
      return Judgement(
        "\(text.function) opens a critical section on \(inner), and '\(hazard.name)' comes here inside "
          + "one on another object, whose data it goes on with: to wait for the inner one suspends the "
          + "outer one, and other threads can change its object.")
    }
    return Judgement(
      "\(text.function) opens a critical section on \(inner) inside the one on "
        + "\(text.name(of: outer)), and goes on with the data of both: to wait for the inner one "
        + "suspends the outer one, and other threads can change its object.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [text.place(text.hazard.other, .read, "data of the outer section's object is used here")]
  }
}
