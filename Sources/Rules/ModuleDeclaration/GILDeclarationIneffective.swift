import Analysis
import Findings
import ProgramModel

/// Finds declarations that stand where they have no effect.
struct GILDeclarationIneffective: Rule {
  static let metadata = RuleMetadata(
    id: "gil-declaration-ineffective",
    category: .moduleDeclaration,
    severity: .high,
    summary: "GIL declaration that has no effect",
    why: "Python reads the slot 'Py_mod_gil' of multi-phase modules before it runs their exec "
      + "functions, and the mark that 'PyUnstable_Module_SetGIL' sets on single-phase modules "
      + "when their 'PyInit' function returns. What is declared elsewhere, for another module, "
      + "behind the end of the slots, or under a condition that a free-threaded build does not "
      + "meet, is not read, and the module is taken to need the GIL.",
    remedy: "Declare it where Python reads it: as a slot before the end of the array for "
      + "multi-phase modules, by a call on the module object in the 'PyInit' function for "
      + "single-phase ones.",
    limits: "Conditions on macros that the build sets are judged without knowing the build.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.filter { $0.declaration == .ineffective && !$0.hooksDisagree }.map { module in
      let place = Self.kinds.lazy.compactMap { module.first($0) }.first
      return .about(
        module, Self.metadata, at: Self.kinds, symbol: place?.symbol ?? DeclarationNames.slot,
        in: package,
        message: "The module '\(module.name)' declares that it does not need the GIL where that "
          + "has no effect. \(module.why)")
    }
  }

  private static let kinds: [ModuleEvidence.Kind] = [.call, .slot, .mention]
}
