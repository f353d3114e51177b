package import ProgramModel

extension Locks {
  /// A key as a person would write it: `global_mutex`, `self->lock`, `the module object`.
  /// `function` is that in whose terms the key is; nil: parameters and locals have no names.
  package func text(_ key: LockKey, in function: FunctionID?) -> String {
    switch key.base {
    case .world: return "the stopped world"
    case .moduleObject where key.path.isEmpty: return "the module object"
    case .unknown: return "a lock"
    default: break
    }
    var text: String
    switch key.base {
    case .variable(let id): text = name(of: id)
    case .parameter(let index): text = local(index, function) ?? "parameter \(index + 1)"
    case .local(let index): text = local(Int(index), function) ?? "a local object"
    case .moduleObject: text = "module"
    case .moduleState(let record): text = record.isEmpty ? "module state" : record
    case .field(let record): text = record
    case .world, .unknown: text = ""
    }
    var isPointer = false
    for (index, step) in key.path.enumerated() {
      switch step {
      case "->":
        if isPointer { text = "(*\(text))" }
        isPointer = true
      case "[]":
        text += "[]"
        isPointer = false
      default:
        let isFirst = index == 0
        if case .moduleState = key.base, isFirst {
          text += "->" + step
        } else {
          text += (isPointer ? "->" : ".") + step
        }
        isPointer = false
      }
    }
    return text
  }
}
