import Analysis
import Findings

/// Finds fields of objects of which fields are written by `__init__`, which can run again.
struct RepeatedInitialisation: InstanceRule {
  static let metadata = RuleMetadata(
    id: "repeated-initialisation",
    category: .objectState,
    severity: .medium,
    summary: "fields are written by '__init__', which can run again",
    why: "Python code can call '__init__' on an object that is in use. Then its fields "
      + "change under methods that run on other threads.",
    remedy: "Set the fields in 'tp_new', refuse a second '__init__', or hold a critical section "
      + "on the object in '__init__' and in the methods.",
    limits: "A program that calls '__init__' again on a shared object is rare.")

  static let pattern = InstancePattern.reinitialisation

  func message(_ text: InstanceText) -> String {
    return
      "\(text.subject) is written by \(text.writer)\(text.underLocks(text.hazard.write)), which '__init__' runs, and it can be "
      + "called again while \(text.other) \(text.verb(text.hazard.other))."
  }
}
