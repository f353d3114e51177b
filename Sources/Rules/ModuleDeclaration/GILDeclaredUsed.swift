import Analysis
import Findings
import ProgramModel

/// Finds modules that say that they need the GIL.
struct GILDeclaredUsed: Rule {
  static let metadata = RuleMetadata(
    id: "gil-declared-used",
    category: .moduleDeclaration,
    severity: .high,
    summary: "module that says it needs the GIL",
    why: "The module says that it needs the GIL. Importing it turns the GIL on again for the whole "
      + "process, with a RuntimeWarning.",
    remedy: "Make the module safe without the GIL, then declare 'Py_MOD_GIL_NOT_USED'.",
    limits: "Does not judge whether the module could do without.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.filter { $0.declaration == .used && !$0.hooksDisagree }.map { module in
      .about(
        module, Self.metadata, at: [.slot, .call, .macro, .build],
        symbol: ([.slot, .call, .macro, .build] as [ModuleEvidence.Kind]).lazy
          .compactMap { module.first($0)?.symbol }.first ?? DeclarationNames.slot,
        in: package,
        message: "The module '\(module.name)' turns the GIL on again when it is imported. "
          + module.why)
    }
  }
}
