import Analysis
import Findings
import ProgramModel

/// Finds each static number or flag that threads change without synchronisation.
struct UnsynchronisedStaticScalar: StateRule {
  static let metadata = RuleMetadata(
    id: "unsynchronised-static-scalar",
    category: .staticState,
    severity: .high,
    summary: "static number or flag that threads change without synchronisation",
    why: "A change is a read and a write: two threads that count at once lose a count, and two "
      + "that draw a number draw the same. A flag that is written while others read it is a "
      + "data race, which the language does not define.",
    remedy: "Make it atomic ('_Atomic', 'std::atomic', '_Py_atomic_…'), keep it per thread, or "
      + "guard it with a 'PyMutex'.",
    limits: "Severity is medium where the value is only counted, set, or shown; what a wrong "
      + "value breaks elsewhere is not followed.")

  static let pattern = StatePattern.scalar

  func judge(_ text: StateText) -> Judgement? {
    let hazard = text.hazard
    let counts = hazard.write.kind == .modify
    let constants = Set(hazard.stored)
    let isConstant = constants.count == 1 && hazard.stored.allSatisfy(\.isIdempotent) && !counts
    if isConstant {
      return Judgement(
        "\(text.subject) is set by \(text.writers) at run time\(text.readBy). Every write "
          + "stores the same value, so that only the data race itself remains." + text.partLock,
        severity: .low)
    }
    if hazard.isUsedAsIndex {
      return Judgement(
        "\(text.subject) is changed at run time by \(text.writers) and used as a subscript, without a "
          + "common lock. A thread can go by a number that another has changed since."
          + text.partLock)
    }
    if hazard.isValueUsed {
      return Judgement(
        "\(text.subject) is counted at run time by \(text.writers), and the result is used. Two threads "
          + "can get the same number." + text.partLock)
    }
    return Judgement(
      counts
        ? "\(text.subject) is changed at run time by \(text.writers) without a lock. Changes of two threads "
          + "at once get lost." + text.partLock
        : "\(text.subject) is set at run time by \(text.writers)\(text.readBy), without a lock "
          + "or atomics." + text.partLock,
      severity: .medium)
  }
}
