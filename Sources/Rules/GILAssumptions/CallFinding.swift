import Analysis
import Findings
import ProgramModel

/// Makes findings about what a function does at one place: a call, an access, a test.
struct CallFinding {
  let package: PackageModel
  let facts: Analyses
  let site: CodeSite
  /// What the finding is about, bare.
  let symbol: String

  /// A further place and what it has to do with the finding.
  struct Place {
    var site: CodeSite
    var role: RelatedRole
    var message: String
    /// nil: the finding's.
    var symbol: String?
  }

  /// Whether only functions reach the place that nobody is seen to call: of a library that is
  /// bundled, or called by code that is not C.
  var isPerhapsNeverCalled: Bool {
    facts.phases.phases(of: site.function).isDisjoint(with: .concurrent)
  }

  /// The finding; nil where it stands in what a generator adds to all sources.
  /// `severity` is at most medium where perhaps nobody calls the function.
  func make(
    _ rule: RuleMetadata, _ message: String, severity: Severity? = nil,
    confidence: Confidence = .high, remediation: String? = nil, related: [Place] = []
  ) -> Finding? {
    guard
      let position = package.position(of: site.range, in: site.unit)
        ?? package[site.function].position
    else { return nil }
    let generator = package.facts(ofFile: position.path)?.generator
    if let generator,
      GeneratedNames.isRuntime(package[site.function].name, of: generator)
    {
      return nil
    }
    let severity = severity ?? rule.severity
    return Finding(
      rule: rule, severity: isPerhapsNeverCalled ? min(severity, .medium) : severity,
      confidence: isPerhapsNeverCalled ? .low : confidence,
      message: message + reached, position: position, function: package[site.function].name,
      symbol: symbol, module: facts.ownership.module(of: site.function),
      generated: generator?.rawValue, related: places(related, position),
      remediation: remediation)
  }

  /// Who gets there from Python, as a sentence with a leading blank; empty where nothing is to say.
  private var reached: String {
    let entries = facts.reach.entryPoints(reaching: site.function, limit: 2)
      .filter { $0.function != site.function }
    return EntryPointText.reached(entries, package)
  }

  private func places(_ related: [Place], _ primary: SourcePosition) -> [RelatedPlace] {
    var seen: Set<SourcePosition> = [primary]
    var found: [RelatedPlace] = []
    for place in related {
      guard let position = package.position(of: place.site.range, in: place.site.unit),
        seen.insert(position).inserted
      else { continue }
      found.append(
        RelatedPlace(
          position: position, function: package[place.site.function].name,
          symbol: place.symbol ?? symbol, role: place.role, message: place.message))
    }
    found += EntryPointText.places(
      facts.reach.entryPoints(reaching: site.function), package)
    return found
  }
}

/// A rule about one way to use the inside of Python objects.
protocol InternalsRule: Rule {
  static var pattern: InternalsPattern { get }

  /// The message and, where they differ from the rule's, severity and remedy; nil: no finding.
  func judge(_ text: InternalsText) -> Judgement?
}

extension InternalsRule {
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.internals.hazards(Self.pattern).compactMap { hazard in
      let text = InternalsText(package: package, facts: facts, hazard: hazard)
      guard let judgement = judge(text) else { return nil }
      return CallFinding(package: package, facts: facts, site: hazard.site, symbol: hazard.symbol)
        .make(
          Self.metadata, judgement.message, severity: judgement.severity,
          confidence: text.isCertain ? .high : .medium, remediation: judgement.remediation,
          related: hazard.more.map {
            CallFinding.Place(site: $0, role: .note, message: text.again)
          })
    }
  }
}

/// The words in which findings speak of the inside of objects.
struct InternalsText {
  let package: PackageModel
  let facts: Analyses
  let hazard: InternalsHazard

  /// The object as the source names it.
  var object: String { hazard.owner.map { "'\($0.text)'" } ?? "an object" }

  /// Why others can have the object, as a clause after a comma; empty where it is not known.
  var reason: String {
    guard let owner = hazard.owner, case .shared(let reason) = owner.sharing else { return "" }
    let text = SharingText(package: package, function: hazard.site.function)
    return ", " + text.clause(reason)
  }

  /// Whether the function has made the object, whatever it did with it then.
  var isMadeHere: Bool {
    if case .shared(.published)? = hazard.owner?.sharing { return true }
    return false
  }

  /// Whether it is known that others can have the object, or it does not matter.
  var isCertain: Bool {
    guard let owner = hazard.owner else { return true }
    return owner.sharing.isCertain || !owner.sharing.isShared
  }

  /// Whether only methods reach the place that the package's own Python code calls, as their names
  /// say.
  var isForOwnUse: Bool {
    let entries = facts.reach.entryPoints(reaching: hazard.site.function, limit: 4)
    return !entries.isEmpty
      && entries.allSatisfy {
        $0.kind == .method && facts.methodNames.isPrivate($0.function)
      }
  }

  /// What further places are called.
  var again: String { hazard.pattern == .cachedSize ? "an item is accessed here" : "here too" }

  /// The name of the call that does it; nil for accesses.
  var call: String? {
    if case .call(let name) = hazard.access { return name }
    return nil
  }
}
