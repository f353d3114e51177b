import Analysis
import Findings
import ProgramModel

/// The words in which findings speak of memory that is kept in order by other means than locks.
struct AccessMixText {
  let package: PackageModel
  let facts: Analyses
  let report: StateReport

  /// `'stop' (volatile int)`.
  var subject: String { "'\(report.declaration.name)' (\(report.declaration.type))" }

  /// A number, flag or enumeration.
  var isScalar: Bool {
    let type = package.units[report.declaration.unit][report.declaration.typeID]
    return [.boolean, .integer, .floating, .enumeration].contains(type.kind)
  }

  func function(_ site: CodeSite) -> String { "'\(package[site.function].name)'" }

  func place(_ site: CodeSite, _ role: RelatedRole, _ message: String) -> RelatedPlace? {
    package.position(of: site.range, in: site.unit).map {
      RelatedPlace(
        position: $0, function: package[site.function].name, symbol: report.declaration.name,
        role: role, message: message)
    }
  }
}

/// A rule about one such pattern; one finding for each variable.
protocol AccessMixRule: Rule {
  static var pattern: AccessMix.Pattern { get }

  func judge(_ mix: AccessMix, _ text: AccessMixText) -> Judgement
  func mixes(_ facts: Analyses) -> [AccessMix]
}

extension AccessMixRule {
  func mixes(_ facts: Analyses) -> [AccessMix] {
    facts.accessMixes.filter { $0.pattern == Self.pattern }
  }

  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    var seen = Set<StateID>()
    return mixes(facts).compactMap { mix in
      guard let report = facts.states[mix.state], let position = report.declaration.position,
        seen.insert(mix.state).inserted
      else { return nil }
      let text = AccessMixText(package: package, facts: facts, report: report)
      let judgement = judge(mix, text)
      let isCertain = !facts.phases.phases(of: mix.first.function).isDisjoint(with: .concurrent)
      let severity = judgement.severity ?? Self.metadata.severity
      return Finding(
        rule: Self.metadata, severity: isCertain ? severity : min(severity, .low),
        confidence: isCertain ? .high : .low, message: judgement.message, position: position,
        function: report.declaration.function.map { package[$0].name },
        symbol: report.declaration.name,
        module: facts.ownership.module(of: mix.first.function),
        generated: report.declaration.generator?.rawValue,
        related: [
          text.place(mix.first, .write, "accessed here"),
          text.place(
            mix.second, mix.isSecondWrite ? .write : .read, "accessed here without a lock"),
        ].compactMap { $0 })
    }
  }
}
