import Analysis
import Findings
import ProgramModel
import PythonAPI

/// The words in which findings speak of a misuse of references.
struct ReferenceText {
  let package: PackageModel
  let facts: Analyses
  let hazard: ReferenceHazard

  var owner: String { "'\(hazard.owner.text)'" }
  var api: String { "'\(hazard.api)'" }
  var function: String { name(hazard.site.function) }

  /// What the finding is about: the field or static object that holds the container, else the
  /// function that lends. A variable's name says nothing outside its function.
  var symbol: String { hazard.owner.isNamed ? hazard.owner.name : hazard.api }

  func name(_ function: FunctionID) -> String { "'\(package[function].name)'" }

  /// Why the owner counts as shared, as a clause: `which Python passes to 'f'`.
  var reason: String {
    switch hazard.owner.sharing {
    case .isolated, .immutable: return "which this function made"
    case .locked: return "which the callers hold a lock on"
    case .shared(let reason): return clause(reason)
    }
  }

  func clause(_ reason: SharedReason) -> String {
    SharingText(package: package, function: hazard.site.function).clause(reason)
  }

  /// Whether why the owner is shared is certain.
  var isCertain: Bool { hazard.owner.sharing.isCertain || !hazard.owner.sharing.isShared }

  /// How a late use reads in a sentence after "when …".
  func use(_ use: ReferenceHazard.LateUse) -> String {
    switch use.kind {
    case .take: "a reference is taken to it"
    case .argument(let name):
      if name.isEmpty {
        "it is passed on"
      } else if Self.looksAtType(name) {
        "its type is looked at"
      } else {
        "it is passed to '\(name)'"
      }
    case .dereference: "what it points to is read"
    case .stored: "what is stored here is used"
    case .returned: "the caller uses it"
    case .other: "it is used"
    }
  }

  private static func looksAtType(_ name: String) -> Bool {
    ["Py_TYPE", "Py_IS_TYPE", "PyType_HasFeature", "PyObject_TypeCheck"].contains(name)
      || name.hasPrefix("Py") && (name.hasSuffix("_Check") || name.hasSuffix("_CheckExact"))
  }

  // MARK: Replacements

  /// What to call instead, with the version that has it; nil where there is no such function.
  var replacement: String? {
    guard
      let name = PythonFacts.shared.function(hazard.api)?.strongReplacement ?? Self.own[hazard.api]
    else { return nil }
    let fact = PythonFacts.shared.function(name)
    var text = "'\(name)'"
    if let since = fact?.since {
      text += " (since \(since)"
      text +=
        fact?.isInCompatibilityHeader == true
        ? "; pythoncapi_compat.h has it for older versions)" : ")"
    } else if fact?.isInCompatibilityHeader == true {
      text += " (pythoncapi_compat.h has it for older versions)"
    }
    return text
  }

  /// Replacements of what is no function of the C API.
  private static let own = ["ob_item": "PyList_GetItemRef"]
}

/// Makes findings of reference hazards.
enum ReferenceFinding {
  /// More places are not named.
  private static let shown = 10

  static func make(
    _ text: ReferenceText, _ rule: RuleMetadata, _ judgement: Judgement
  ) -> Finding? {
    let hazard = text.hazard
    let package = text.package
    guard
      let position = package.position(of: hazard.site.range, in: hazard.site.unit)
        ?? package[hazard.site.function].position
    else { return nil }
    let function = hazard.site.function
    let generator = package.facts(ofFile: position.path)?.generator
    // The generator's own functions are mended by its authors, for all packages at once.
    if let generator, GeneratedNames.isRuntime(package[function].name, of: generator) { return nil }
    return Finding(
      rule: rule, severity: severity(text, judgement, rule),
      confidence: confidence(text),
      message: judgement.message + pythonLock(text) + reached(text),
      position: position, function: package[function].name, symbol: text.symbol,
      module: text.facts.ownership.module(of: function),
      generated: generator?.rawValue,
      related: related(text), remediation: judgement.remediation)
  }

  private static func severity(
    _ text: ReferenceText, _ judgement: Judgement, _ rule: RuleMetadata
  ) -> Severity {
    let severity = judgement.severity ?? rule.severity
    return text.hazard.pythonLock == nil ? severity : min(severity, .medium)
  }

  private static func pythonLock(_ text: ReferenceText) -> String {
    guard let lock = text.hazard.pythonLock else { return "" }
    return " A lock of Python code ('\(lock)') seems to be held meanwhile; whether everybody who "
      + "changes the container holds it cannot be seen."
  }

  private static func confidence(_ text: ReferenceText) -> Confidence {
    let isReached = !text.facts.phases.phases(of: text.hazard.site.function)
      .isDisjoint(with: .concurrent)
    if text.hazard.use?.reason == .unread { return .low }
    return text.isCertain && isReached ? .high : .medium
  }

  private static func reached(_ text: ReferenceText) -> String {
    let entries = text.facts.reach.entryPoints(reaching: text.hazard.site.function, limit: 2)
      .filter { $0.function != text.hazard.site.function }
    return EntryPointText.reached(entries, text.package)
  }

  private static func related(_ text: ReferenceText) -> [RelatedPlace] {
    let package = text.package
    var places: [RelatedPlace] = []
    var seen = Set<SourcePosition>()
    if let position = package.position(of: text.hazard.site.range, in: text.hazard.site.unit) {
      seen.insert(position)
    }
    func add(_ site: CodeSite, _ role: RelatedRole, _ message: String) {
      guard places.count < shown, let position = package.position(of: site.range, in: site.unit),
        seen.insert(position).inserted
      else { return }
      places.append(
        RelatedPlace(
          position: position, function: package[site.function].name,
          symbol: text.symbol, role: role, message: message))
    }
    if let use = text.hazard.use {
      if case .yielded(let name, let site) = use.reason {
        add(
          site, .call, name.isEmpty ? "other code can run here" : "'\(name)' can let other code run"
        )
      }
      if case .ownerReleased(let site) = use.reason { add(site, .call, "its owner may end here") }
      add(use.site, .read, "too late: here \(text.use(use))")
    }
    for site in text.hazard.more { add(site, .read, "borrowed here too") }
    for caller in text.hazard.callers {
      add(caller.call, .call, "\(text.name(caller.call.function)) calls it without a lock")
      add(caller.use.site, .read, "too late: here \(text.use(caller.use))")
    }
    places += EntryPointText.places(
      text.facts.reach.entryPoints(reaching: text.hazard.site.function), text.package)
    return places
  }
}

/// A rule about the reference hazards of one pattern.
protocol ReferenceRule: Rule {
  static var pattern: ReferencePattern { get }

  /// The message and, where they differ from the rule's, severity and remedy; nil: no finding.
  func judge(_ text: ReferenceText) -> Judgement?
}

extension ReferenceRule {
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.references.hazards(Self.pattern).compactMap { hazard in
      let text = ReferenceText(package: package, facts: facts, hazard: hazard)
      guard let judgement = judge(text) else { return nil }
      return ReferenceFinding.make(text, Self.metadata, judgement)
    }
  }
}
