import Analysis
import Findings
import ProgramModel

/// The words in which findings speak of a misuse of a lock.
struct LockText {
  let package: PackageModel
  let facts: Analyses
  let hazard: LockHazard

  /// `'self->lock'`.
  var lock: String { name(of: hazard.lock) }
  /// `'f'`.
  var function: String { name(hazard.site.function) }
  /// The function in which the other place is.
  var otherFunction: String { name(hazard.other.function) }

  func name(of lock: HeldLock) -> String {
    guard lock.key.base != .unknown else { return "the lock" }
    let object =
      lock.family == .criticalSection && lock.key.path.last == "->"
      ? LockKey(base: lock.key.base, path: Array(lock.key.path.dropLast())) : lock.key
    return "'\(facts.locks.text(object, in: hazard.site.function))'"
  }

  func name(_ function: FunctionID) -> String { "'\(package[function].name)'" }

  /// Who gets there from Python, as a sentence with a leading blank; empty where not known.
  var reached: String {
    let entries = facts.reach.entryPoints(reaching: hazard.site.function, limit: 1)
      .filter { $0.function != hazard.site.function }
    return EntryPointText.reached(entries, package)
  }

  /// High where entry points that are certainly called reach it, and all of it was understood.
  var confidence: Confidence {
    let gaps = package.body(of: hazard.site.function)?.model.gaps ?? []
    return !gaps.isEmpty
      || facts.phases.phases(of: hazard.site.function).isDisjoint(with: .concurrent)
      ? .medium : .high
  }

  func finding(
    _ rule: RuleMetadata, _ judgement: Judgement, at site: CodeSite? = nil, symbol: String? = nil,
    related: [RelatedPlace]
  ) -> Finding? {
    let site = site ?? hazard.site
    guard let position = package.position(of: site.range, in: site.unit) else { return nil }
    var severity = judgement.severity ?? rule.severity
    // What nobody is seen to call may be dead code.
    if confidence != .high { severity = min(severity, .medium) }
    return Finding(
      rule: rule, severity: severity, confidence: confidence,
      message: judgement.message + reached, position: position,
      function: package[site.function].name, symbol: symbol ?? lockSymbol,
      module: facts.ownership.module(of: site.function),
      generated: package.facts(ofFile: position.path)?.generator?.rawValue, related: related,
      remediation: judgement.remediation)
  }

  private var lockSymbol: String { String(lock.filter { $0 != "'" }) }

  func place(_ site: CodeSite, _ role: RelatedRole, _ message: String) -> RelatedPlace? {
    guard
      let position = package.position(of: site.range, in: site.unit)
        ?? package[site.function].position
    else { return nil }
    return RelatedPlace(
      position: position, function: package[site.function].name, symbol: nil, role: role,
      message: message)
  }

  /// Entry points that lead to the function.
  var entries: [RelatedPlace] {
    EntryPointText.places(
      facts.reach.entryPoints(reaching: hazard.site.function), package)
  }
}

/// A rule about one way to misuse locks.
protocol LockRule: Rule {
  static var pattern: LockPattern { get }

  func judge(_ text: LockText) -> Judgement?
  /// The other places that matter, in their order.
  func related(_ text: LockText) -> [RelatedPlace?]
}

extension LockRule {
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    var seen = Set<[String]>()
    return facts.lockMisuses.hazards(Self.pattern).compactMap { hazard in
      let text = LockText(package: package, facts: facts, hazard: hazard)
      guard let judgement = judge(text),
        let finding = text.finding(
          Self.metadata, judgement, symbol: hazard.field,
          related: related(text).compactMap { $0 } + text.entries),
        seen.insert(key(finding, hazard)).inserted
      else { return nil }
      return finding
    }
  }

  /// One finding for each function and lock; for sections, which have no name, and places alike
  /// in several instances of a template, one for each place.
  private func key(_ finding: Finding, _ hazard: LockHazard) -> [String] {
    let place = "\(finding.position.path):\(finding.position.line):\(finding.position.column)"
    return Self.pattern == .sectionEscape
      ? [place] : ["\(hazard.site.function.index)", finding.symbol ?? "", finding.position.path]
  }
}
