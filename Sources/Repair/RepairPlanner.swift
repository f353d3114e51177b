package import Analysis
package import Findings
import ProgramModel
import PythonAPI

/// Plans edits for the findings whose repair is mechanical.
package struct RepairPlanner: Sendable {
  private let analyses: Analyses
  private let sources: any SourceProvider
  private let requirement: CompatibilityNote

  package init(_ analyses: Analyses, sources: any SourceProvider) {
    self.analyses = analyses
    self.sources = sources
    requirement = CompatibilityNote(analyses.package, sources)
  }

  /// Findings with their fixes, in the order given, and for each without one the reason.
  package func repair(
    _ findings: [Finding]
  ) -> (findings: [Finding], refusals: [RepairRefusal?]) {
    let hazards = Dictionary(
      analyses.references.hazards.compactMap { hazard in
        position(of: hazard).map { (Key(pattern: hazard.pattern, position: $0), [hazard]) }
      }, uniquingKeysWith: +)
    var texts = FunctionTexts(analyses.package, sources)
    var result: [Finding] = []
    var refusals: [RepairRefusal?] = []
    for finding in findings {
      var finding = finding
      do throws(RepairRefusal) {
        finding.fix = try fix(finding, hazards, &texts)
        refusals.append(nil)
      } catch {
        refusals.append(error)
      }
      result.append(finding)
    }
    return (result, refusals)
  }

  private struct Key: Hashable {
    var pattern: ReferencePattern
    var position: SourcePosition
  }

  /// The rules that can be repaired, and the pattern that each reports.
  private static let patterns: [String: ReferencePattern] = [
    "borrowed-from-shared-container": .sharedContainer,
    "borrowed-across-yield": .acrossYield,
    "borrowed-namespace-lookup": .namespace,
    "borrowed-weakref-target": .weakReference,
    "helper-returns-borrowed": .helper,
    "unlocked-dict-iteration": .dictionaryIteration,
  ]

  private func position(of hazard: ReferenceHazard) -> SourcePosition? {
    if hazard.pattern == .helper, let helper = hazard.helper {
      return analyses.package[helper].position
    }
    return analyses.package.position(of: hazard.site.range, in: hazard.site.unit)
  }

  private func fix(
    _ finding: Finding, _ hazards: [Key: [ReferenceHazard]], _ texts: inout FunctionTexts
  ) throws(RepairRefusal) -> FindingFix {
    guard let pattern = Self.patterns[finding.rule] else { throw .noMechanicalRepair }
    guard finding.generated == nil else { throw .inGeneratedCode }
    guard let hazard = hazards[Key(pattern: pattern, position: finding.position)]?.first else {
      throw .placeNotFound
    }
    switch pattern {
    case .helper: return try helperFix(hazard, &texts)
    case .dictionaryIteration: return try loopFix(hazard, &texts)
    default: return try borrowFix(hazard, &texts)
    }
  }

  private func point(_ site: CodeSite) -> CodePoint {
    CodePoint(block: Int(site.block.index), index: site.instruction)
  }

  private func borrowFix(
    _ hazard: ReferenceHazard, _ texts: inout FunctionTexts
  ) throws(RepairRefusal) -> FindingFix {
    let text = try texts.text(of: hazard.site.function)
    var repair = BorrowRepair(text)
    try repair.edit(borrows: ([hazard.site] + hazard.more).map(point), isReturned: false)
    try repair.settle(returning: .never)
    return try made([repair])
  }

  private func helperFix(
    _ hazard: ReferenceHazard, _ texts: inout FunctionTexts
  ) throws(RepairRefusal) -> FindingFix {
    guard let helper = hazard.helper, let (unit, model) = analyses.package.body(of: helper) else {
      throw .functionNotUnderstood
    }
    var points: [CodePoint] = []
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .call(_, .direct(let symbol), _) = instruction.operation else { continue }
        let name = analyses.package.units[unit].name(of: symbol)
        guard let fact = PythonFacts.shared.function(name), fact.borrowRisk == .dangerous,
          fact.strongReplacement != nil
        else { continue }
        points.append(CodePoint(block: number, index: index))
      }
    }
    guard !points.isEmpty else { throw .noReplacement }
    return try made(HelperRepair(analyses).plan(helper, borrows: points, in: &texts))
  }

  private func made(_ repairs: [BorrowRepair]) throws(RepairRefusal) -> FindingFix {
    var edits: [SourceEdit] = []
    for repair in repairs { edits += try repair.plan.edits() }
    guard !edits.isEmpty else { throw .noReplacement }
    var names: [String] = []
    for name in repairs.flatMap(\.replacements) where !names.contains(name) { names.append(name) }
    let list = names.map { "'\($0)'" }.joined(separator: " and ")
    var sentences = [
      "Takes a strong reference with \(list) and releases it on every path."
    ]
    if repairs.contains(where: \.clearsErrors) {
      sentences.append("Errors of the look-up are ignored as before.")
    }
    if repairs.contains(where: \.keepsErrors) {
      sentences.append(
        "Errors of the look-up, which were ignored, get to the test that asks for them.")
    }
    if repairs.count > 1 {
      let functions = repairs.map { "'\(analyses.package[$0.text.id].name)'" }
      sentences.append("It changes \(functions.joined(separator: ", ")) together.")
    }
    if let note = requirement.note(on: names) { sentences.append(note) }
    return FindingFix(description: sentences.joined(separator: " "), edits: edits)
  }

  private func loopFix(
    _ hazard: ReferenceHazard, _ texts: inout FunctionTexts
  ) throws(RepairRefusal) -> FindingFix {
    let text = try texts.text(of: hazard.site.function)
    var plan = EditPlan(text)
    var keeps = false
    for site in [hazard.site] + hazard.more {
      if try LoopRepair(text, point(site)).edit(into: &plan) { keeps = true }
    }
    var sentences = ["Holds a critical section on the dict over the whole loop."]
    if keeps {
      sentences.append(
        "Key and value are kept alive for calls that let the section go for a while; whether the "
          + "loop may go on after the dict was changed then is left to decide.")
    }
    if let note = requirement.note(on: ["Py_BEGIN_CRITICAL_SECTION"]) { sentences.append(note) }
    return FindingFix(description: sentences.joined(separator: " "), edits: try plan.edits())
  }
}
