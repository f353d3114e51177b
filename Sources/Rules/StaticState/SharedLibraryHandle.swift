import Analysis
import Findings
import ProgramModel

/// Finds each handle of a library that several threads use without a lock.
struct SharedLibraryHandle: StateRule {
  static let metadata = RuleMetadata(
    id: "shared-library-handle",
    category: .staticState,
    severity: .high,
    summary: "handle of a library that several threads use without a lock",
    why: "Most C libraries are safe only as long as each handle is used by one thread at a "
      + "time. Calls with one handle from two threads corrupt the library's own data.",
    remedy: "Give each object or thread its own handle, or hold a 'PyMutex' around every call "
      + "with it.",
    limits: "Does not know which libraries lock by themselves, but for those of the C library; "
      + "suppress it where the documentation promises it.")

  static let pattern = StatePattern.libraryHandle

  func judge(_ text: StateText) -> Judgement? {
    let call = text.hazard.write.foreign.map { text.package[$0].name } ?? "the library"
    return Judgement(
      "\(text.subject) is one handle for all threads: \(text.writers) give it to '\(call)' and others "
        + "without a lock." + text.partLock)
  }
}
