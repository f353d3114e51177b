import Analysis
import Findings
import ProgramModel

/// Finds each thread state that is kept in a static variable.
struct StaticThreadState: StateRule {
  static let metadata = RuleMetadata(
    id: "static-thread-state",
    category: .staticState,
    severity: .critical,
    summary: "thread state that is kept in a static variable",
    why: "A second thread overwrites the saved state of the first, which then restores a state "
      + "that is not its own: the interpreter's data are corrupted.",
    remedy: "Keep it in a local variable, as 'Py_BEGIN_ALLOW_THREADS' does, or in a thread-local "
      + "one.",
    limits: "States kept in objects are another rule's concern.")

  static let pattern = StatePattern.threadState

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) keeps the state of the thread that called \(text.writer). Another thread "
        + "overwrites it before it is restored." + text.partLock)
  }
}
