import Analysis
import Findings
import ProgramModel

/// Finds each variable that serves as a lock without being one.
struct HomeMadeLock: StateRule {
  static let metadata = RuleMetadata(
    id: "home-made-lock",
    category: .staticState,
    severity: .critical,
    summary: "variable that serves as a lock without being one",
    why: "The test and the change are two steps. Two threads can both find it free, and both "
      + "go in.",
    remedy: "Use a 'PyMutex', or an atomic compare-and-exchange.",
    limits: "Locks made of several variables are told by their owner's thread number or by the "
      + "flag that is set and taken back in one function.")

  static let pattern = StatePattern.homeMadeLock

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) is tested, set and taken back by \(text.writers) like a lock. Two threads can both "
        + "find it free and go on." + text.partLock)
  }
}
