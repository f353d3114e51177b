import Analysis
import Findings

/// Finds 'volatile' where an atomic type is needed.
struct VolatileAsAtomic: AccessMixRule {
  static let metadata = RuleMetadata(
    id: "volatile-as-atomic",
    category: .gilAssumptions,
    severity: .medium,
    summary: "volatile variable through which threads tell each other something",
    why: "'volatile' makes the compiler read and write each time. It does not make the access one "
      + "step, and orders nothing else around it: what is written before may be seen after it. With "
      + "the GIL the lock did that.",
    remedy: "Use '_Atomic', 'std::atomic' or '_Py_atomic_…', or a lock.",
    limits: "Flags that a signal handler sets are not reported.")

  static let pattern = AccessMix.Pattern.volatile

  func judge(_ mix: AccessMix, _ text: AccessMixText) -> Judgement {
    let other = mix.isSecondWrite ? "also by" : "read by"
    return Judgement(
      "\(text.subject) is volatile, written by \(text.function(mix.first)) and \(other) "
        + "\(text.function(mix.second)) without a lock: 'volatile' is not atomic and orders nothing "
        + "between threads.")
  }
}
