import Analysis
import Findings
import ProgramModel

extension Finding {
  /// A finding about a state, at its declaration; the two accesses that race come first of the
  /// related places.
  static func about(
    _ text: StateText, _ rule: RuleMetadata, severity: Severity? = nil, message: String,
    remediation: String? = nil
  ) -> Finding? {
    let declaration = text.report.declaration
    let hazard = text.hazard
    guard
      let position = declaration.position
        ?? text.package.position(of: hazard.write.site.range, in: hazard.write.site.unit)
    else { return nil }
    let most = StateFinding.limit(text)
    // Of a freelist's head the items are its own business.
    let pointees = [.lazyInitialised, .doubleChecked, .mutableTable].contains(hazard.pattern)
    return Finding(
      rule: rule, severity: min(severity ?? rule.severity, most),
      confidence: StateFinding.confidence(text),
      message: message + (pointees ? text.pointeeWriters : "") + text.companions + text.reached,
      position: position,
      function: declaration.function.map { text.package[$0].name }, symbol: declaration.name,
      module: StateFinding.module(text), generated: declaration.generator?.rawValue,
      related: StateFinding.related(text), remediation: remediation)
  }
}

/// What findings about states have in common.
enum StateFinding {
  /// More accesses are not named.
  private static let shown = 10

  /// How sure a race is: less where only code that may never be called does it, or where the
  /// write is an assumption.
  static func confidence(_ text: StateText) -> Confidence {
    if text.hazard.write.isUncertain || isPerhapsNeverCalled(text) { return .low }
    return text.report.declaration.isDefined ? .high : .medium
  }

  /// Whether only functions reach the write that nobody is seen to call: of a library that the
  /// package bundles, or called by code that is not C.
  static func isPerhapsNeverCalled(_ text: StateText) -> Bool {
    text.facts.phases.phases(of: text.hazard.write.site.function).isDisjoint(with: .concurrent)
  }

  /// The severity at most, where the write is perhaps never done: medium where callers may be in
  /// code that was not read, else low.
  static func limit(_ text: StateText) -> Severity {
    if isSetUpOnly(text) { return .medium }
    guard isPerhapsNeverCalled(text) else { return .critical }
    return hasUnreadCallers(text.package) ? .medium : .low
  }

  /// Whether all writes are in methods that only the package's own Python code
  /// calls, as their names say: set-up that it does on import.
  private static func isSetUpOnly(_ text: StateText) -> Bool {
    let writers = Set(
      text.report.accesses.filter {
        $0.isLive && $0.kind.writes && !$0.isUncertain && !$0.isThroughPointer
      }.map(\.site.function))
    return !writers.isEmpty
      && writers.allSatisfy { writer in
        let entries = text.facts.reach.entryPoints(reaching: writer, limit: 4)
        return !entries.isEmpty
          && entries.allSatisfy { entry in
            entry.kind == .method && text.facts.methodNames.isPrivate(entry.function)
          }
      }
  }

  /// Whether the package has sources whose calls are not known: Cython without the C made of it,
  /// or functions that were not wholly understood.
  private static func hasUnreadCallers(_ package: PackageModel) -> Bool {
    let generated = package.buildFacts.contains { fact in
      switch fact.kind {
      case .cythonSource, .generatedAtBuild: true
      case .limitedAPI, .nanobindFreeThreaded, .cythonDirective, .safeLibrary: false
      }
    }
    return generated || package.units.contains { !$0.missingHeaders.isEmpty }
  }

  static func module(_ text: StateText) -> String? {
    if case .variable(let id) = text.report.id { return text.facts.ownership.module(of: id) }
    return text.facts.ownership.module(of: text.hazard.write.site.function)
  }

  static func related(_ text: StateText) -> [RelatedPlace] {
    var places: [RelatedPlace] = []
    var seen = Set<SourcePosition>()
    func add(_ access: StateAccess) {
      guard let place = place(of: access, text), seen.insert(place.position).inserted else {
        return
      }
      places.append(place)
    }
    add(text.hazard.write)
    add(text.hazard.other)
    // What objects behind the pointer do is another matter.
    let racing = text.report.accesses.filter {
      $0.isLive && !$0.isConstruction
        && (!$0.isThroughPointer || text.hazard.write.isThroughPointer)
    }
    for access in racing.filter(\.kind.writes) + racing.filter({ !$0.kind.writes })
    where places.count < shown {
      add(access)
    }
    for companion in text.hazard.companions {
      guard let report = text.facts.states[companion], let position = report.declaration.position
      else { continue }
      places.append(
        RelatedPlace(
          position: position, function: report.declaration.function.map { text.package[$0].name },
          symbol: report.declaration.name, role: .declaration,
          message: "'\(report.declaration.name)' races together with it"))
    }
    places += EntryPointText.places(
      text.facts.reach.entryPoints(reaching: text.hazard.write.site.function), text.package)
    return places
  }

  /// The field of a state that is touched; nil for the state itself.
  private static func field(_ access: StateAccess) -> String? {
    access.steps.lazy.compactMap { if case .field(let name) = $0 { name } else { nil } }.first
  }

  private static func place(of access: StateAccess, _ text: StateText) -> RelatedPlace? {
    guard
      let position = text.package.position(of: access.site.range, in: access.site.unit)
        ?? text.package[access.site.function].position
    else { return nil }
    let verb =
      switch access.kind {
      case .read, .atomicRead: "read"
      case .write, .atomicWrite: "written"
      case .modify, .atomicModify: "changed"
      case .address: "handed on"
      }
    var message = verb + (access.kind.isAtomic ? " atomically" : "") + " here"
    if access.end != access.site {
      message += ", by '\(text.package[access.end.function].name)'"
    } else if let foreign = access.foreign {
      message += ", by '\(text.package[foreign].name)'"
    }
    let held = access.locks.filter(\.isTelling)
    let locks = held.map { text.facts.locks.text($0.key, in: access.site.function) }
    message +=
      locks.isEmpty
      ? ", without a lock"
      : ", holding " + Set(locks).sorted().map { "'\($0)'" }.joined(separator: " and ")
    if access.kind.writes, !held.isEmpty, held.allSatisfy({ $0.mode == .shared }) {
      message += " only for reading, which does not exclude others"
    }
    return RelatedPlace(
      position: position, function: text.package[access.site.function].name,
      symbol: field(access) ?? text.report.declaration.name,
      role: access.kind.writes ? .write : .read,
      message: message)
  }
}

/// A rule about the states of one pattern.
protocol StateRule: Rule {
  static var pattern: StatePattern { get }

  /// The message and, where they differ from the rule's, severity and remedy.
  func judge(_ text: StateText) -> Judgement?
}

extension StateRule {
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding] {
    facts.states.hazards(Self.pattern).compactMap { report, hazard in
      let text = StateText(package: package, facts: facts, report: report, hazard: hazard)
      guard let judgement = judge(text) else { return nil }
      return Finding.about(
        text, Self.metadata, severity: judgement.severity, message: judgement.message,
        remediation: judgement.remediation)
    }
  }
}
