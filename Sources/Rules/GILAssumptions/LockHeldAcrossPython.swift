import Analysis
import Findings

/// Finds locks that are held while Python code runs or the thread state changes.
struct LockHeldAcrossPython: LockRule {
  static let metadata = RuleMetadata(
    id: "lock-held-across-python",
    category: .gilAssumptions,
    severity: .high,
    summary: "mutex held over a call that can run Python code or wait for other threads",
    why:
      "Python code that is run under a mutex can come back to a function that takes the same mutex, "
      + "and waits for itself; or it waits for a thread that waits for the mutex. A lock of another "
      + "library makes threads wait attached: then the holder waits for a garbage collection or for "
      + "the GIL, which wait for them.",
    remedy: "Take under the lock what is needed, with references of its own, let the lock go, and "
      + "call Python after that; drop old references after the lock is released. Where it must be "
      + "held, use a critical section, or detach before taking a lock that is not Python's.",
    limits: "Calls through pointers to unknown functions are not seen, nor objects whose type is "
      + "known by other means than a test.")

  static let pattern = LockPattern.acrossPython

  func judge(_ text: LockText) -> Judgement? {
    let hazard = text.hazard
    let where_ =
      hazard.other.function == hazard.site.function ? "" : " (in \(text.otherFunction))"
    let name = "'\(hazard.name)'\(where_)"
    let isOwn = hazard.lock.family == .mutex
    if hazard.isIndirect {
      return Judgement(
        "\(text.function) waits for \(text.lock) attached, and holds it over \(name), which "
          + "detaches or attaches: a thread that waits for the lock stays attached meanwhile, and can "
          + "be what this one waits for.")
    }
    if isOwn {
      return Judgement(
        "\(text.function) holds \(text.lock) over \(name), which can run arbitrary Python code. When "
          + "that comes back to code that takes the lock, the thread waits for itself.")
    }
    return Judgement(
      "\(text.function) waits for \(text.lock) attached, and holds it over \(name), which can run "
        + "arbitrary Python code. Threads that wait for the lock stay attached, so that what Python "
        + "does there can wait for them for ever.")
  }

  func related(_ text: LockText) -> [RelatedPlace?] {
    [text.place(text.hazard.other, .call, "'\(text.hazard.name)' is called under the lock")]
  }
}
