import Analysis
import Findings
import ProgramModel

/// Finds modules of multi-phase initialisation whose slots do not speak of the GIL.
struct GILSlotMissing: Rule {
  static let metadata = RuleMetadata(
    id: "gil-slot-missing",
    category: .moduleDeclaration,
    severity: .high,
    summary: "module slots without 'Py_mod_gil'",
    why: "A module of multi-phase initialisation without the slot 'Py_mod_gil' is taken to need "
      + "the GIL. " + DeclarationNames.consequence,
    remedy: "Once the module is safe without the GIL, add the slot "
      + "'{Py_mod_gil, Py_MOD_GIL_NOT_USED}' under '#ifdef Py_mod_gil'.",
    limits: "Slots that code fills in at run time are only followed where subscripts and values "
      + "are constants.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.filter {
      $0.initialisation == .multiPhase && $0.declaration == .missing && !$0.hooksDisagree
    }.map {
      .about(
        $0, Self.metadata, at: [.slots, .definition, .creation, .initialisation],
        symbol: DeclarationNames.slot, in: package, message: Self.message($0))
    }
  }

  private static func message(_ module: PythonModule) -> String {
    "The module '\(module.name)' does not say whether it needs the GIL: \(module.why.asClause) "
      + "Importing it turns the GIL on again."
  }
}

extension String {
  /// A sentence to stand behind a colon.
  var asClause: String {
    guard let first, first.isUppercase, dropFirst().first?.isLowercase == true else { return self }
    return first.lowercased() + dropFirst()
  }
}
