import Analysis
import Findings

/// Finds loops over dictionaries and sets that other threads can change meanwhile.
struct UnlockedDictIteration: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "unlocked-dict-iteration",
    category: .references,
    severity: .high,
    summary: "iteration over a shared dictionary without a lock on it",
    why: "'PyDict_Next' takes no lock. While another thread inserts or deletes, the table it "
      + "walks through is moved or freed, entries are skipped or seen twice, and the keys and "
      + "values it lends can be freed at any time.",
    remedy: "Hold the dictionary's critical section over the whole loop "
      + "('Py_BEGIN_CRITICAL_SECTION'), and take references to key and value before calls that "
      + "can run Python code; or iterate over a copy ('PyDict_Copy', 'PyDict_Items').",
    limits: "The dictionary of keyword arguments of the call itself counts as the call's own.")

  static let pattern = ReferencePattern.dictionaryIteration

  func judge(_ text: ReferenceText) -> Judgement? {
    let hazard = text.hazard
    var message = "\(text.api) walks through \(text.owner), \(text.reason), without a lock on it. "
    message += "Another thread can change it during the loop"
    if let use = hazard.use { message += ", and free the entry before \(text.use(use))" }
    return Judgement(
      message + ".",
      severity: hazard.owner.isChanged == false || !text.isCertain ? .medium : nil)
  }
}
