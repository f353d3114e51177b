import Analysis
import Findings
import ProgramModel

/// Finds each static container that threads change without a lock.
struct StaticContainer: StateRule {
  static let metadata = RuleMetadata(
    id: "static-container",
    category: .staticState,
    severity: .critical,
    summary: "static container that threads change without a lock",
    why: "An insertion moves or frees what another thread is reading: a use after free, a torn "
      + "list, an endless loop.",
    remedy: "Guard every access, reads too, with one lock ('PyMutex', 'std::mutex', "
      + "'std::shared_mutex'), or fill it while the module is imported. The construction of a "
      + "function-local static is guarded by the compiler, its use is not.",
    limits: "What elements of the container do is not followed once a reference to them has left "
      + "it.")

  static let pattern = StatePattern.container

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) is changed at run time by \(text.writers)\(text.readBy), without a "
        + "common lock." + text.partLock)
  }
}
