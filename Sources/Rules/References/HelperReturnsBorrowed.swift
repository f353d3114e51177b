import Analysis
import Findings
import ProgramModel

/// Finds functions of the package that hand borrowed references to their callers.
struct HelperReturnsBorrowed: ReferenceRule {
  static let metadata = RuleMetadata(
    id: "helper-returns-borrowed",
    category: .references,
    severity: .high,
    summary: "function that returns a reference it has borrowed from a shared container",
    why: "The caller gets a reference that nobody holds for it. Another thread can take the item "
      + "out of the container and free it before the caller uses it, or takes a reference.",
    remedy: "Return a strong reference, and let the callers release it.",
    limits: "Callers outside the package are not seen.")

  static let pattern = ReferencePattern.helper

  func judge(_ text: ReferenceText) -> Judgement? {
    let hazard = text.hazard
    guard let helper = hazard.helper, let first = hazard.callers.first else { return nil }
    let callers = hazard.callers.map { text.package[$0.call.function].name }
    let verb = Set(callers).count == 1 ? "uses" : "use"
    return Judgement(
      "\(text.name(helper)) returns a reference that \(text.api) has borrowed from \(text.owner), "
        + "\(text.reason). \(NameList.text(callers)) \(verb) it without a lock: another thread can free "
        + "the object before \(text.use(first.use)).",
      severity: hazard.owner.isChanged == false || !text.isCertain ? .medium : nil,
      remediation: text.replacement.map {
        "Use \($0) in it, return the strong reference, and let the callers release it."
      })
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.references.hazards(Self.pattern).compactMap { hazard in
      let text = ReferenceText(package: package, facts: facts, hazard: hazard)
      guard let judgement = judge(text), let helper = hazard.helper,
        var finding = ReferenceFinding.make(text, Self.metadata, judgement)
      else { return nil }
      finding.position = package[helper].position ?? finding.position
      finding.function = package[helper].name
      return finding
    }
  }
}
