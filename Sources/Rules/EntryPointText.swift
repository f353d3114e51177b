import Analysis
import Findings
import ProgramModel

/// How reports name entry points.
enum EntryPointText {
  static func describe(_ entry: EntryPoint, _ package: PackageModel) -> String {
    let name = "'\(package[entry.function].name)'"
    switch entry.kind {
    case .moduleInitialisation: return "the module's initialisation \(name)"
    case .moduleSlot(let slot): return "the module slot \(slot) (\(name))"
    case .loader: return "code that the loader runs (\(name))"
    case .method: return "the method \(name)"
    case .getter: return "the getter \(name)"
    case .setter: return "the setter \(name)"
    case .typeSlot(let slot): return "the slot \(slot) (\(name))"
    case .table: return "the table entry \(name)"
    case .callback: return "the callback \(name)"
    case .binding: return "the bound function \(name)"
    case .exported: return "the exported function \(name)"
    }
  }

  /// `It is reached through …`, as a sentence with a leading blank; empty where there is none.
  static func reached(_ entries: [EntryPoint], _ package: PackageModel) -> String {
    var names: [String] = []
    for entry in entries {
      let name = describe(entry, package)
      if !names.contains(name) { names.append(name) }
    }
    guard !names.isEmpty else { return "" }
    return " It is reached through " + names.joined(separator: " and ") + "."
  }

  /// The entry points as related places, but those without a place in the package.
  static func places(_ entries: [EntryPoint], _ package: PackageModel) -> [RelatedPlace] {
    entries.compactMap { entry in
      guard let position = package[entry.function].position else { return nil }
      let name = package[entry.function].name
      return RelatedPlace(
        position: position, function: name, symbol: name, role: .entryPoint,
        message: describe(entry, package))
    }
  }
}
