import Analysis
import Findings
import ProgramModel

/// Finds each static type object that is changed after import.
struct StaticTypeMutated: StateRule {
  static let metadata = RuleMetadata(
    id: "static-type-mutated",
    category: .staticState,
    severity: .high,
    summary: "static type object that is changed after import",
    why: "Other threads use the type while its fields change; the interpreter caches what it "
      + "found in it. Two threads in 'PyType_Ready' for one type spoil its method resolution "
      + "order and dictionary.",
    remedy: "Fill all fields and call 'PyType_Ready' while the module is imported, or make the "
      + "type with 'PyType_FromModuleAndSpec'.",
    limits: "Changes of the type's dictionary by API calls are not this rule's concern.")

  static let pattern = StatePattern.staticType

  func judge(_ text: StateText) -> Judgement? {
    let isReady = text.hazard.write.foreign.map { text.package[$0].name == "PyType_Ready" } ?? false
    return Judgement(
      isReady
        ? "The type \(text.subject) is readied at run time by \(text.writer). Two threads can do so at "
          + "once, and others use a type that is half ready." + text.partLock
        : "The type \(text.subject) is changed at run time by \(text.writers), while other threads use it."
          + text.partLock)
  }
}
