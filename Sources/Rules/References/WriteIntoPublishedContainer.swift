import Analysis
import Findings

/// Finds writes in place to objects that other threads may have already.
struct WriteIntoPublishedContainer: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "write-into-published-container",
    category: .references,
    severity: .high,
    summary: "object written in place although other threads can have it",
    why: "These functions are for objects that nobody else has yet: they neither lock nor release "
      + "what was there before. Readers on other threads see the item change under them, or "
      + "use one that is being freed. Tuples and byte strings are taken for immutable everywhere.",
    remedy: "Make a new object and publish it when it is complete; for a list use "
      + "'PyList_SetItem', which locks it.",
    limits: "Who else has an object is judged by where it comes from.")

  static let pattern = ReferencePattern.publishedWrite

  func judge(_ text: ReferenceText) -> Judgement? {
    Judgement(
      "\(text.api) writes into \(text.owner), \(text.reason): it is meant for objects that no other "
        + "thread has yet.",
      severity: isOwnStore(text) ? .medium : nil)
  }

  /// Whether this very function has put it where others find it: mostly it is being set up.
  private func isOwnStore(_ text: ReferenceText) -> Bool {
    text.hazard.owner.sharing == .shared(.published(by: "a store"))
  }
}
