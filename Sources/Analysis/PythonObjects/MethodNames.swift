package import ProgramModel

/// The names under which Python sees functions of method tables.
package struct MethodNames: Sendable {
  private let names: [FunctionID: Set<String>]

  package init(_ package: PackageModel) {
    var found: [FunctionID: Set<String>] = [:]
    for id in package.variableIDs {
      guard let (unit, model) = package.declaration(of: id), let initializer = model.initializer,
        package.innermostRecord(of: model.type, in: unit) == "PyMethodDef",
        case .list(let elements) = initializer
      else { continue }
      let names = package.units[unit]
      // A table of entries, or one entry alone.
      for entry in elements.map(\.value) + [initializer] {
        guard case .list(let fields) = entry else { continue }
        var name: String?
        var function: FunctionID?
        for field in fields {
          switch (names[field.field], field.value) {
          case ("ml_name", .string(let text)): name = names[text].filter { $0 != "\"" }
          case ("ml_meth", .function(let symbol)): function = package.function(symbol, in: unit)
          default: break
          }
        }
        if let name, let function { found[function, default: []].insert(name) }
      }
    }
    names = found
  }

  /// Whether Python sees a function only under names with a leading underscore: it is there for
  /// the package's own Python code.
  package func isPrivate(_ function: FunctionID) -> Bool {
    guard let found = names[function] else { return false }
    return found.allSatisfy { $0.hasPrefix("_") && !$0.hasPrefix("__") }
  }
}
