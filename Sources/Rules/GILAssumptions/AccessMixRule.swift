import Analysis
import Findings
import ProgramModel

/// The words in which findings speak of memory that is kept in order by other means than locks.
struct AccessMixText {
  let package: PackageModel
  let facts: Analyses
  /// The variable or field.
  let name: String
  let type: String
  /// `, field of 'Job'`; empty for statics.
  let owner: String
  /// A number, flag or enumeration.
  let isScalar: Bool
  let position: SourcePosition
  /// The function that a function-local static belongs to.
  let enclosing: FunctionID?
  let generator: SourceGenerator?

  /// nil: it is declared outside the package.
  init?(_ mix: AccessMix, _ package: PackageModel, _ facts: Analyses) {
    self.package = package
    self.facts = facts
    switch mix.subject {
    case .state(let id):
      guard let declaration = facts.states[id]?.declaration, let position = declaration.position
      else { return nil }
      name = declaration.name
      type = declaration.type
      owner = ""
      let kind = package.units[declaration.unit][declaration.typeID].kind
      isScalar = [.boolean, .integer, .floating, .enumeration].contains(kind)
      self.position = position
      enclosing = declaration.function
      generator = declaration.generator
    case .field(let id):
      let field = facts.instances[id]
      guard let position = field.position else { return nil }
      name = field.name
      type = field.type
      owner = ", field of '\(field.record)'"
      isScalar = field.kind == .scalar
      self.position = position
      enclosing = nil
      generator = field.generator
    }
  }

  /// `'stop' (volatile int)`.
  var subject: String { "'\(name)' (\(type)\(owner))" }

  func function(_ site: CodeSite) -> String { "'\(package[site.function].name)'" }

  func place(_ site: CodeSite, _ role: RelatedRole, _ message: String) -> RelatedPlace? {
    package.position(of: site.range, in: site.unit).map {
      RelatedPlace(
        position: $0, function: package[site.function].name, symbol: name,
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
    var seen = Set<AccessMix.Subject>()
    return mixes(facts).compactMap { mix in
      guard let text = AccessMixText(mix, package, facts), seen.insert(mix.subject).inserted else {
        return nil
      }
      let judgement = judge(mix, text)
      let severity = judgement.severity ?? Self.metadata.severity
      return Finding(
        rule: Self.metadata, severity: mix.isCertain ? severity : min(severity, .low),
        confidence: mix.isCertain ? .high : .low, message: judgement.message,
        position: text.position, function: text.enclosing.map { package[$0].name },
        symbol: text.name, module: facts.ownership.module(of: mix.first.function),
        generated: text.generator?.rawValue,
        related: [
          text.place(mix.first, .write, "accessed here"),
          text.place(
            mix.second, mix.isSecondWrite ? .write : .read, "accessed here without a lock"),
        ].compactMap { $0 })
    }
  }
}
