import Analysis
import Findings
import ProgramModel

/// Finds each static state that is tested without the lock under which it is filled.
struct DoubleCheckedLocking: StateRule {
  static let metadata = RuleMetadata(
    id: "double-checked-locking",
    category: .staticState,
    severity: .high,
    summary: "static state that is tested without the lock under which it is filled",
    why: "The test outside the lock races with the store inside it. Compiler and processor may "
      + "make the store visible before what it leads to is complete, so that the thread that "
      + "skips the lock works with half of it.",
    remedy: "Make it atomic: load with acquire order outside the lock, store with release order "
      + "inside. Or use a once construct, or fill it while the module is imported.",
    limits: "A test that is repeated under the lock by a helper in another function is not "
      + "recognised as the same pattern; it is then reported as a state filled on first use.")

  static let pattern = StatePattern.doubleChecked

  func judge(_ text: StateText) -> Judgement? {
    let lock = text.hazard.write.locks.first
    let name = lock.map { text.facts.locks.text($0.key, in: text.hazard.write.site.function) }
    let start =
      "\(text.subject) is tested without a lock, and filled by \(text.writer) under "
      + "'\(name ?? "a lock")'. "
    let isAlone = text.hazard.companions.isEmpty
    if isAlone, text.hazard.stored.allSatisfy(\.isIdempotent) {
      return Judgement(
        start + "The plain test races with the store, but every thread would store the same.",
        severity: .low)
    }
    if isAlone, text.isObjectPointer {
      return Judgement(
        start + "The plain test races with the store. The object is whole when it is stored, but a "
          + "processor with weak ordering may show the pointer first.", severity: .medium)
    }
    return Judgement(
      start
        + "The plain test races with the store: a thread can see it set before what it leads to "
        + "is complete.")
  }
}
