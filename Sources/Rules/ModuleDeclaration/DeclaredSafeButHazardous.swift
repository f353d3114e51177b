import Analysis
import Findings
import ProgramModel

/// Sums up: modules that say that they are safe, and are not.
struct DeclaredSafeButHazardous: AggregateRule {
  static let metadata = RuleMetadata(
    id: "declared-safe-but-hazardous",
    category: .moduleDeclaration,
    severity: .critical,
    summary: "module that says it does not need the GIL, but has severe hazards",
    why: "The module says that it is safe without the GIL, so Python runs it without. The hazards "
      + "found in it are live: they strike users today.",
    remedy: "Mend the hazards, or take the declaration back until they are mended.",
    limits: "As good as the findings that it sums up. A finding counts for each module whose entry "
      + "points reach it.")

  /// How many findings are named as related places.
  private static let shown = 10

  func check(_ package: PackageModel, _ facts: Analyses, _ findings: [Finding]) -> [Finding] {
    let severe = ModuleEvidenceCount(facts).severe(findings)
    return zip(facts.modules, severe).compactMap { module, found in
      guard module.declaration == .notUsed, let best = found.map(\.confidence).max() else {
        return nil
      }
      var sum = Finding.about(
        module, Self.metadata, at: [.slot, .call, .macro, .build, .initialisation],
        symbol: module.name, in: package,
        message: "The module '\(module.name)' says that it does not need the GIL, but "
          + (found.count == 1
            ? "a severe hazard was found in it."
            : "\(found.count) severe hazards were found in it."))
      sum.confidence = min(sum.confidence, best)
      sum.related += found.prefix(Self.shown).map {
        RelatedPlace(
          position: $0.position, function: $0.function, symbol: $0.symbol, role: .note,
          message: "\($0.rule): \($0.message)")
      }
      return sum
    }
  }
}
