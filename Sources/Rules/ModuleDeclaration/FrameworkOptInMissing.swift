import Analysis
import Findings
import ProgramModel

/// Finds modules of frameworks and generators that were not told that the module is safe.
struct FrameworkOptInMissing: Rule {
  static let metadata = RuleMetadata(
    id: "framework-opt-in-missing",
    category: .moduleDeclaration,
    severity: .high,
    summary: "framework not told that the module is safe without the GIL",
    why: "Cython, pybind11, nanobind, Boost.Python, SWIG, f2py and mypyc write the module's frame "
      + "and declare that it needs the GIL, or nothing, unless the author opts in. "
      + DeclarationNames.consequence,
    remedy: "Once the module is safe without the GIL, opt in the way the framework offers.",
    limits: "Options that build scripts compute are not followed. Where the framework's headers "
      + "are missing, its macro is not seen inside a macro of the project.")

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.modules.compactMap { module in
      guard case .framework(let framework) = module.initialisation, module.declaration == .missing
      else { return nil }
      return .about(
        module, Self.metadata, at: [.macro, .slots, .build, .initialisation],
        symbol: module.first(.macro)?.symbol ?? module.first(.build)?.symbol
          ?? DeclarationNames.slot,
        in: package,
        message: "The module '\(module.name)' is made by \(framework.title), which was not told "
          + "that it is safe without the GIL. Importing it turns the GIL on again.",
        remediation: "Once the module is safe without the GIL, opt in with \(framework.optIn).")
    }
  }
}
