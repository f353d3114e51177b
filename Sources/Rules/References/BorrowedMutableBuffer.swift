import Analysis
import Findings

/// Finds pointers into memory that its owner may move or free.
struct BorrowedMutableBuffer: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "borrowed-mutable-buffer",
    category: .references,
    severity: .high,
    summary: "pointer into a buffer that can be moved or freed while it is used",
    why: "Another thread can resize a 'bytearray' at any time, which moves its memory. After "
      + "'PyBuffer_Release' the owner may do so too.",
    remedy: "Use 'PyObject_GetBuffer' and release the buffer after the last use: an exported "
      + "buffer cannot be resized.",
    limits: "A pointer that is used in the expression that asks for it is not reported.")

  static let pattern = ReferencePattern.buffer

  func judge(_ text: ReferenceText) -> Judgement? {
    guard let use = text.hazard.use else { return nil }
    if text.hazard.api == "PyBuffer_Release" {
      return Judgement(
        "The memory of \(text.owner) is used here after 'PyBuffer_Release': its owner may have moved or "
          + "freed it.", remediation: "Release the buffer after the last use of its memory.")
    }
    return Judgement(
      "\(text.api) gives a pointer into \(text.owner), \(text.reason). Another thread can resize it, "
        + "which moves the memory, before \(text.use(use)).",
      severity: text.isCertain ? nil : .medium)
  }
}
