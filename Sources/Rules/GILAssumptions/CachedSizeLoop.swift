import Analysis
import Findings

/// Finds loops over a list whose size was read before.
struct CachedSizeLoop: InternalsRule {
  static let metadata = RuleMetadata(
    id: "cached-size-loop",
    category: .gilAssumptions,
    severity: .high,
    summary: "size of a list read once bounds a loop over its items",
    why: "Another thread can make the list shorter while the loop runs. The items behind the new "
      + "end are read without a look at the size: freed memory, or memory of others.",
    remedy: "Use 'PyList_GetItemRef' and end the loop at its IndexError, or loop over a copy made "
      + "with 'PyList_AsTuple', or hold the list's critical section over the whole loop.",
    limits: "Lists that only this function has, and loops that ask for the size each time, do "
      + "not count.")

  static let pattern = InternalsPattern.cachedSize

  func judge(_ text: InternalsText) -> Judgement? {
    Judgement(
      "'\(text.call ?? "")' reads the size of \(text.object)\(text.reason). The loop then accesses "
        + "items up to it without looking again: if another thread makes the list shorter, they "
        + "are no longer there.",
      severity: text.isCertain ? nil : .medium)
  }
}
