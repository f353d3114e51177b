import Analysis
import Findings

/// Finds uses of the items of a sequence that may be another thread's list.
struct UnlockedFastSequence: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "unlocked-fast-sequence",
    category: .references,
    severity: .high,
    summary: "items of a 'PySequence_Fast' result used while others can change the list",
    why: "For a list, 'PySequence_Fast' returns the very same list. Another thread can shrink it: "
      + "a size that was read before leads past its end, the array of items is freed, and an item "
      + "that was borrowed can be freed before it is used.",
    remedy: "Take a snapshot with 'PySequence_Tuple' or 'PySequence_List'; or hold the critical "
      + "section of the sequence while size and items are used.",
    limits: "A caller that never passes a list cannot be told from one that does.")

  static let pattern = ReferencePattern.fastSequence

  func judge(_ text: ReferenceText) -> Judgement? {
    var end = "items and their number can change at any time"
    if let use = text.hazard.use { end = "an item can be freed before \(text.use(use))" }
    return Judgement(
      "\(text.owner), \(text.reason), may be a list that another thread changes: \(text.api) borrows "
        + "from it without a lock, and \(end).",
      severity: text.isCertain ? nil : .medium)
  }
}
