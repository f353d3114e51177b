import Analysis
import Findings
import ProgramModel

/// Finds each static buffer that each call fills and reads.
struct StaticScratchBuffer: StateRule {
  static let metadata = RuleMetadata(
    id: "static-scratch-buffer",
    category: .staticState,
    severity: .critical,
    summary: "static buffer that each call fills and reads",
    why: "Two calls at once share the buffer: one overwrites what the other is about to read. "
      + "The results are mixed, and lengths that no longer fit the content make reads and "
      + "writes go beyond it.",
    remedy: "Use a buffer on the stack or from the heap for each call; where that is too slow, "
      + "one per thread ('_Thread_local').",
    limits: "A buffer that is filled once and then only read is reported under another rule, or "
      + "not at all.")

  static let pattern = StatePattern.scratchBuffer

  func judge(_ text: StateText) -> Judgement? {
    Judgement(
      "\(text.subject) is working storage: \(text.writer) fills it and reads it again in the same call. "
        + "Two threads in there overwrite each other's data." + text.partLock)
  }
}
