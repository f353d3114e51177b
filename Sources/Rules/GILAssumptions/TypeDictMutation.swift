import Analysis
import Findings

/// Finds writes to types that are in use.
struct TypeDictMutation: InternalsRule {
  static let metadata = RuleMetadata(
    id: "type-dict-mutation",
    category: .gilAssumptions,
    severity: .high,
    summary: "namespace or slot of a type written while other threads can use the type",
    why: "CPython looks attributes up in types through caches that have no lock, and copies slots "
      + "into code that it has specialised. What is written past its own functions is seen late, "
      + "half, or not at all.",
    remedy: "Set attributes with 'PyObject_SetAttr' on the type, or fill the type before "
      + "'PyType_Ready' while the module is imported.",
    limits: "Types that the function makes do not count, nor does what runs only while the module "
      + "is imported. Static types whose fields are written by name have a rule of their own.")

  static let pattern = InternalsPattern.typeChange

  func judge(_ text: InternalsText) -> Judgement? {
    let what =
      switch text.hazard.access {
      case .call(let name) where name.hasPrefix("PyType"):
        "'\(name)' tells that the type \(text.object) was changed"
      case .call(let name): "'\(name)' changes the namespace of the type \(text.object)"
      default: "The slot '\(text.hazard.symbol)' of the type \(text.object) is written"
      }
    return Judgement(
      "\(what)\(text.reason), at a time when other threads can use the type.",
      severity: text.isCertain && !text.isForOwnUse ? nil : .medium)
  }
}
