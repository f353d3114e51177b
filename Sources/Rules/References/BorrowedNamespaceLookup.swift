import Analysis
import Findings

/// Finds borrowed references to entries of interpreter-wide namespaces.
struct BorrowedNamespaceLookup: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "borrowed-namespace-lookup",
    category: .references,
    severity: .medium,
    summary: "borrowed reference to an entry of 'sys', of the modules or of a frame",
    why: "Any thread can assign to 'sys.stdout' or delete from 'sys.modules'. The entry that was "
      + "borrowed is then freed while it is in use.",
    remedy: "Use the function that returns a strong reference and release it after the last use.",
    limits: "Hardly any program changes these at run time, hence the severity.")

  static let pattern = ReferencePattern.namespace

  func judge(_ text: ReferenceText) -> Judgement? {
    guard let use = text.hazard.use else { return nil }
    let remedy = text.replacement.map {
      "Use \($0), which returns a strong reference, and release it after the last use."
    }
    return Judgement(
      "\(text.api) borrows from a namespace that all threads share. Another thread can replace the "
        + "entry before \(text.use(use)).", remediation: remedy)
  }
}
