import Analysis
import Findings
import ProgramModel

/// Finds modules made at once that never call `PyUnstable_Module_SetGIL`.
struct SinglePhaseWithoutGILDeclaration: Rule {
  static let metadata = RuleMetadata(
    id: "single-phase-without-gil-declaration",
    category: .moduleDeclaration,
    severity: .high,
    summary: "single-phase module without a call of 'PyUnstable_Module_SetGIL'",
    why: "A module that 'PyModule_Create' makes is taken to need the GIL unless "
      + "'PyUnstable_Module_SetGIL' says otherwise. " + DeclarationNames.consequence,
    remedy: "Once the module is safe without the GIL, call 'PyUnstable_Module_SetGIL(module, "
      + "Py_MOD_GIL_NOT_USED)' under '#ifdef Py_GIL_DISABLED' before returning the module, or "
      + "move to multi-phase initialisation and add the slot 'Py_mod_gil'.",
    limits: "A call in a function that is reached through a pointer is not seen.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.filter {
      $0.initialisation == .singlePhase && $0.declaration == .missing && !$0.hooksDisagree
    }.map {
      .about(
        $0, Self.metadata, at: [.initialisation, .creation], symbol: DeclarationNames.call,
        in: package, message: Self.message($0))
    }
  }

  private static func message(_ module: PythonModule) -> String {
    "The module '\(module.name)' is made by single-phase initialisation and does not say whether "
      + "it needs the GIL. Importing it turns the GIL on again."
  }
}
