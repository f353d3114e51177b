import Analysis
import Findings
import ProgramModel

extension Finding {
  /// A finding about a module, at the first of its evidence of the kinds given, in their order.
  /// Other evidence becomes related places.
  static func about(
    _ module: PythonModule, _ rule: RuleMetadata, at kinds: [ModuleEvidence.Kind], symbol: String,
    in package: PackageModel, message: String, remediation: String? = nil
  ) -> Finding {
    let primary = kinds.lazy.compactMap { module.first($0) }.first
    let position = primary?.position ?? module.position
    return Finding(
      rule: rule, confidence: module.isCertain ? .high : .medium, message: message,
      position: position, function: primary?.enclosingFunction, symbol: symbol,
      module: module.name,
      generated: package.facts(ofFile: position.path)?.generator?.rawValue,
      related: module.evidence.filter { $0.position != position }.map(\.related),
      remediation: remediation)
  }
}

extension ModuleEvidence {
  /// The function that the place stands in or names.
  fileprivate var enclosingFunction: String? {
    switch kind {
    case .initialisation, .export: symbol
    case .creation, .definition, .slots, .slot, .call, .macro, .build, .mention: function
    }
  }

  fileprivate var related: RelatedPlace {
    let (role, message): (RelatedRole, String) =
      switch kind {
      case .initialisation: (.entryPoint, "Python calls '\(symbol)' to import the module")
      case .export: (.entryPoint, "Python 3.15 and newer call '\(symbol)' to import the module")
      case .creation: (.call, "the module is made here")
      case .definition: (.definition, "the module is defined here")
      case .slots: (.definition, "its slots are defined here")
      case .slot: (.declaration, "the slot '\(symbol)' stands here")
      case .call: (.call, "'\(symbol)' is called here")
      case .macro: (.declaration, "'\(symbol)' makes the module here")
      case .build: (.declaration, "the build speaks of '\(symbol)' here")
      case .mention: (.note, "'\(symbol)' stands here but is not compiled")
      }
    return RelatedPlace(
      position: position, function: enclosingFunction, symbol: symbol, role: role,
      message: message)
  }
}

/// How a module says what it needs; these stand in messages and as symbols of findings.
enum DeclarationNames {
  static let slot = "Py_mod_gil"
  static let call = "PyUnstable_Module_SetGIL"

  /// Consequence of a declaration that is missing or says that the GIL is needed.
  static let consequence =
    "Importing the module turns the GIL on again for the whole process, with a RuntimeWarning, "
    + "unless the user forbids it; then other threads meet code that nobody has said is safe."
}
