import Analysis
import Findings
import ProgramModel

/// Finds each static variable that carries the context of a call to a callback.
struct SmuggledCallbackContext: StateRule {
  static let metadata = RuleMetadata(
    id: "smuggled-callback-context",
    category: .staticState,
    severity: .critical,
    summary: "static variable that carries the context of a call to a callback",
    why: "Two calls at once overwrite each other's context: the callback of one works with the "
      + "objects of the other.",
    remedy: "Hand the context to the callback as an argument ('qsort_r', a 'void *' parameter), "
      + "or keep it per thread.",
    limits: "A callback that the writer does not name itself is not connected with it.")

  static let pattern = StatePattern.callbackContext

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) carries what \(text.writer) is working on to a callback that reads it. Another "
        + "thread in \(text.writer) overwrites it meanwhile." + text.partLock)
  }
}
