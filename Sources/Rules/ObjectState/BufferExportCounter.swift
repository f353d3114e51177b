import Analysis
import Findings

/// Finds fields of objects of which count of exported buffers is not atomic.
struct BufferExportCounter: InstanceRule {
  static let metadata = RuleMetadata(
    id: "buffer-export-counter",
    category: .objectState,
    severity: .high,
    summary: "count of exported buffers is not atomic",
    why: "'bf_getbuffer' and 'bf_releasebuffer' run on any thread. Two updates at once lose "
      + "one, so that memory is resized while a buffer is exported, or never again.",
    remedy: "Count under a critical section on the object or with atomic operations, and test "
      + "the count under the same lock before memory is resized.",
    limits: "Does not see that an object is never shared between threads.")

  static let pattern = InstancePattern.exportCounter

  func message(_ text: InstanceText) -> String {
    return "\(text.subject) counts exported buffers: \(text.writer) \(text.verb(text.hazard.write))"
      + "\(text.underLocks(text.hazard.write)). Two threads at once lose an update."
  }
}
