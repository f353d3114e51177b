import Analysis
import Findings
import ProgramModel

/// Finds modules whose two hooks declare different things.
struct ExportAndInitDisagree: Rule {
  static let metadata = RuleMetadata(
    id: "export-and-init-disagree",
    category: .moduleDeclaration,
    severity: .medium,
    summary: "'PyModExport' and 'PyInit' declare different things about the GIL",
    why: "Python 3.15 and newer use the export hook and do not look at 'PyInit', older ones the "
      + "other way round. When the two declare different things, the module is safe for one and "
      + "turns the GIL on again for the other.",
    remedy: "Declare the same in both: the slot 'Py_mod_gil' in the array of the export hook and "
      + "in the module definition, or the call in the 'PyInit' function.",
    limits: "Hooks whose declaration was not found out are not compared.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.compactMap { module in
      guard module.hooksDisagree, let other = module.otherDeclaration else { return nil }
      let isExportFirst = module.initialisation == .exportSlots
      let (export, initialisation) =
        isExportFirst ? (module.declaration, other) : (other, module.declaration)
      return .about(
        module, Self.metadata, at: [.export], symbol: module.first(.export)?.symbol ?? module.name,
        in: package,
        message: "The hooks of the module '\(module.name)' declare different things about the "
          + "GIL: the export hook '\(export.rawValue)', the 'PyInit' function "
          + "'\(initialisation.rawValue)'.")
    }
  }
}
