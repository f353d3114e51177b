import Analysis
import Findings

/// Finds memory that is atomic in one place and plain in another.
struct MixedAtomicAccess: AccessMixRule {
  static let metadata = RuleMetadata(
    id: "mixed-atomic-access",
    category: .gilAssumptions,
    severity: .high,
    summary: "memory that is accessed atomically in one place and plainly in another",
    why: "An atomic access orders nothing against a plain one: the two race, and the compiler may "
      + "split, repeat or leave out the plain one. A pointer that is stored with relaxed order can be "
      + "seen before what it points to.",
    remedy: "Make all accesses atomic, best by the type, or guard them all with a lock. Publish "
      + "pointers with release order and read them with acquire order.",
    limits:
      "Severity is medium for counters and flags. Accesses through other pointers are not seen.")

  static let pattern = AccessMix.Pattern.mixed

  func judge(_ mix: AccessMix, _ text: AccessMixText) -> Judgement {
    if mix.pattern == .relaxed {
      return Judgement(
        "\(text.subject) is published by \(text.function(mix.first)) with relaxed order and used by "
          + "\(text.function(mix.second)): another thread can see the pointer before what it "
          + "points to.")
    }
    let verb = mix.isSecondWrite ? "written" : "read"
    return Judgement(
      "\(text.subject) is accessed atomically by \(text.function(mix.first)), and plainly \(verb) by "
        + "\(text.function(mix.second)) without a common lock.",
      severity: text.isScalar ? .medium : .high)
  }

  func mixes(_ facts: Analyses) -> [AccessMix] {
    facts.accessMixes.filter { $0.pattern != .volatile }
  }
}
