import Analysis
import Findings
import ProgramModel

/// Finds each static reference to an object that is replaced while other threads use it.
struct MutableStaticObject: StateRule {
  static let metadata = RuleMetadata(
    id: "mutable-static-object",
    category: .staticState,
    severity: .critical,
    summary: "static reference to an object that is replaced while other threads use it",
    why: "A thread that has read the reference can use it after another has replaced it and "
      + "dropped the object: a use after free. Two threads that replace it at once both drop "
      + "the old object.",
    remedy: "Keep it in the module's state and guard it with a 'PyMutex': swap the pointers under "
      + "the lock, drop the old reference after it; readers take their own reference under "
      + "the same lock.",
    limits: "Does not see that a caller outside the package calls the functions one at a time.")

  static let pattern = StatePattern.mutableObject

  func judge(_ text: StateText) -> Judgement? {
    let stored = text.hazard.stored.filter { $0 != .constant(0) }
    if !stored.isEmpty, stored.allSatisfy(\.isIdempotent), !text.hazard.releasesOld {
      return Judgement(
        "\(text.subject) is set by \(text.writers) at run time, always to what never dies. "
          + "Readers see the old value or the new one." + text.partLock,
        severity: .low, remediation: "Access it by atomics, or set it while the module is imported."
      )
    }
    guard text.hazard.releasesOld else {
      return Judgement(
        "\(text.subject) is set anew at run time by \(text.writers)\(text.usedBy), without a common lock. "
          + "Which object a thread gets is chance, and the one before is leaked." + text.partLock,
        severity: .medium)
    }
    return Judgement(
      "\(text.subject) is replaced at run time by \(text.writers)\(text.usedBy), without a "
        + "common lock. A thread can use the old object after another has dropped it"
        + ", and two that replace it can both drop it." + text.partLock)
  }
}
