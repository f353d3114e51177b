import Analysis
import Findings

/// Finds references that are borrowed under a lock and used after it may have been let go.
struct BorrowedAcrossYield: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "borrowed-across-yield",
    category: .references,
    severity: .medium,
    summary: "borrowed reference used after a call that can suspend the lock that protects it",
    why: "A critical section does not stay locked over calls that run Python code or block: it is "
      + "suspended, and other threads enter. What was borrowed before may be freed afterwards. "
      + "With the GIL the same calls let other threads run, so it is a bug there too.",
    remedy: "Take a reference of its own ('Py_INCREF') while the section is held, before the "
      + "call, and release it after the last use.",
    limits: "Only calls that run Python code or detach on purpose count, not those that do so "
      + "when an error occurs or an object dies.")

  static let pattern = ReferencePattern.acrossYield

  func judge(_ text: ReferenceText) -> Judgement? {
    guard let use = text.hazard.use, case .yielded(let name, let site) = use.reason else {
      return nil
    }
    let who = name.isEmpty ? "a call through a pointer" : "'\(name)'"
    if site == use.site {
      return Judgement(
        "\(text.api) borrows a reference from \(text.owner) under a lock, but \(who), to which it is "
          + "passed, can run other code: the critical section is suspended meanwhile, and another "
          + "thread can free the object while it is in use.")
    }
    return Judgement(
      "\(text.api) borrows a reference from \(text.owner) under a lock, but \(who) can run other code "
        + "before \(text.use(use)): the critical section is suspended meanwhile, and another thread "
        + "can free the object.")
  }
}
