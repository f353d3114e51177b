import Analysis
import Findings
import ProgramModel

/// Finds references borrowed from containers that other threads can change.
struct BorrowedFromSharedContainer: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "borrowed-from-shared-container",
    category: .references,
    severity: .high,
    summary: "reference borrowed from a container that other threads can change",
    why: "Between the moment the function returns and the moment the reference is used, another "
      + "thread can take the item out of the container. If that was its last reference, the object "
      + "is freed, and what is used is freed memory. 'Py_INCREF' right after the call is no cure: "
      + "the object can be gone before it.",
    remedy: "Call the function that returns a strong reference, and release it after the last "
      + "use; or hold the container's critical section until a reference is taken.",
    limits: "Who else has a container is judged by where it comes from. Containers that are only "
      + "ever used by one thread, by agreement, cannot be told. Severity is medium where the "
      + "package never takes anything out of the container, and where its origin is not known.")

  static let pattern = ReferencePattern.sharedContainer

  func judge(_ text: ReferenceText) -> Judgement? {
    let hazard = text.hazard
    guard let use = hazard.use else { return nil }
    var message =
      "\(text.api) borrows a reference from \(text.owner), \(text.reason). "
    switch use.reason {
    case .noLock:
      message += "Another thread can free the object before \(text.use(use))"
      message += use.kind == .take ? ": taking the reference afterwards does not help." : "."
    case .released:
      message += "The lock that covers it is released before \(text.use(use))."
    case .yielded(let name, _):
      message +=
        "\(name.isEmpty ? "A call" : "'\(name)'") can let the lock go before \(text.use(use))."
    case .unread:
      message +=
        "What is done with it stands in code that could not be read; unless that is nothing, "
        + "another thread can free the object before it is used."
    case .ownerReleased:
      message =
        "The reference that keeps the object from \(text.owner) alive is given up here, "
        + "and the container is one \(text.reason). Another thread can free the object before "
        + "\(text.use(use))."
    }
    if hazard.owner.isChanged == false {
      message +=
        " Code of the package never takes anything out of this container; other code that has it might."
    }
    return Judgement(
      message,
      severity: hazard.owner.isChanged == false || !text.isCertain || use.reason == .unread
        ? .medium : nil,
      remediation: remedy(text, use))
  }

  private func remedy(_ text: ReferenceText, _ use: ReferenceHazard.LateUse) -> String? {
    if case .ownerReleased = use.reason { return "Release the reference after the last use." }
    guard let replacement = text.replacement else { return nil }
    return "Use \(replacement), which returns a strong reference, and release it on every path"
      + (use.kind == .take ? " in place of the one that is taken here." : ".")
  }
}
