import Analysis
import Findings
import ProgramModel

/// Finds each static state that is filled on first use without a lock.
struct LazyInitialisedStatic: StateRule {
  static let metadata = RuleMetadata(
    id: "lazy-initialised-static",
    category: .staticState,
    severity: .high,
    summary: "static state that is filled on first use without a lock",
    why: "Two threads can both find the state unset. Both fill it: one value is lost or "
      + "leaked, and identity that other code relies on breaks. A thread may also see the "
      + "state set before what it leads to is complete.",
    remedy: "Fill it while the module is imported: in the 'Py_mod_exec' function, best in the "
      + "module's state. Where it must be late, publish it with an atomic "
      + "compare-and-exchange whose loser drops its value, or fill it under a 'PyMutex'.",
    limits: "Does not know what keeps a function from being called by two threads, such as a lock "
      + "in Python code. A value that is the same whoever makes it (an interned string, an "
      + "immortal object) is reported with severity low.")

  static let pattern = StatePattern.lazyInitialised

  func judge(_ text: StateText) -> Judgement? {
    let hazard = text.hazard
    let stored = hazard.stored.filter { $0 != .constant(0) }
    let isIdempotent = !stored.isEmpty && stored.allSatisfy(\.isIdempotent)
    let isFlag = stored.allSatisfy { if case .constant = $0 { true } else { false } }
    let start =
      "\(text.subject) is filled on first use: \(text.writer) finds it unset and stores to it, "
      + "without a lock. "
    if isFlag, !hazard.companions.isEmpty {
      return Judgement(
        start + "Two threads can both find it unset and fill what it stands for at the same time; "
          + "a third can see it set before that is complete." + text.partLock)
    }
    if isFlag {
      return Judgement(
        start + "Two threads can both find it unset, and what should happen once happens twice."
          + text.partLock, severity: stored.count > 1 ? .low : .medium,
        remediation:
          "Set it by an atomic exchange that tells who was first, or use a once construct.")
    }
    if isIdempotent {
      return Judgement(
        start
          + "Two threads can both do so, but \(Self.reason(stored)). What remains is a data race "
          + "that sanitizers report, and that the language does not define." + text.partLock,
        severity: .low,
        remediation: "Fill it while the module is imported, or access it by relaxed atomics.")
    }
    if text.isScalar {
      return Judgement(
        start + "Two threads can both find it unset and compute it; the last one wins."
          + text.partLock, severity: .medium)
    }
    return Judgement(
      start + "Two threads can both find it unset: both make a value and one of the two is lost "
        + "or leaked; a third can see the pointer before what it points to is complete."
        + text.partLock)
  }

  private static func reason(_ stored: [StoredValue]) -> String {
    if stored.contains(.interned) {
      return "both store the same object, as an interned string is immortal without the GIL"
    }
    if stored.contains(.immortal) { return "both store the same immortal object" }
    for case .idempotent(let name) in stored {
      return "both store the same value, which '\(name)' gives to each"
    }
    return "both store the same constant"
  }
}
