import Analysis
import Findings
import ProgramModel

/// What findings about attached and detached threads have in common.
struct DetachedText {
  let package: PackageModel
  let facts: Analyses

  /// `'name'` of a function.
  func name(_ function: FunctionID) -> String { "'\(package[function].name)'" }

  /// The variable, the field of module state or the field that an access is to, bare.
  func symbol(_ subject: DetachedAccess.Subject) -> String {
    switch subject {
    case .state(let id):
      facts.states[id]?.declaration.name ?? "state"
    case .field(_, let name, _): name.split(separator: ".").last.map(String.init) ?? name
    }
  }

  /// The same as a reader knows it, to stand in a sentence.
  func subject(_ subject: DetachedAccess.Subject) -> String {
    switch subject {
    case .state(.variable): "the static '\(symbol(subject))'"
    case .state(.moduleField): "the module's '\(symbol(subject))'"
    case .field(let record, let name, let isBehind):
      (isBehind ? "what " : "") + "'\(Self.field(record, name))'"
        + (isBehind ? " points to" : "")
    }
  }

  /// Without the record where that has no name of its own.
  private static func field(_ record: String, _ name: String) -> String {
    record.contains("(") ? name : record + "." + name
  }

  /// How it comes that the thread is detached, as the end of a sentence.
  func because(_ way: DetachedWay) -> String {
    switch way {
    case .region: "while its thread is detached"
    case .leftOpen:
      "on a way on which its thread is still detached, as the region was left without attaching"
    case .caller(let site?): "and is called by \(name(site.function)) with a detached thread"
    case .caller(nil): "and is only called with a detached thread"
    case .ownThread: "in a thread of its own that was never attached"
    }
  }

  /// The call that comes from the detached region, where there is one.
  func related(_ way: DetachedWay) -> [RelatedPlace] {
    guard case .caller(let site?) = way,
      let position = package.position(of: site.range, in: site.unit)
    else { return [] }
    return [
      RelatedPlace(
        position: position, function: package[site.function].name, symbol: nil, role: .call,
        message: "the thread is detached here")
    ]
  }

  /// A further place; nil outside the package.
  func place(_ site: CodeSite, _ role: RelatedRole, _ symbol: String?, _ message: String)
    -> RelatedPlace?
  {
    guard let position = package.position(of: site.range, in: site.unit) else { return nil }
    return RelatedPlace(
      position: position, function: package[site.function].name, symbol: symbol, role: role,
      message: message)
  }

  func entries(_ function: FunctionID) -> [RelatedPlace] {
    EntryPointText.places(facts.reach.entryPoints(reaching: function), package)
  }

  /// Whether entry points that are certainly called reach a function at run time.
  func isCertain(_ function: FunctionID) -> Bool {
    !facts.phases.phases(of: function).isDisjoint(with: .concurrent)
  }

  /// Whether only methods reach a function that the package's own Python code calls, as their
  /// names say: set-up that it does on import.
  func isSetUp(_ function: FunctionID) -> Bool {
    let entries = facts.reach.entryPoints(reaching: function, limit: 4)
    return !entries.isEmpty
      && entries.allSatisfy { $0.kind == .method && facts.methodNames.isPrivate($0.function) }
  }

  /// A finding at a place of a function; nil outside the package.
  func finding(
    _ rule: RuleMetadata, at site: CodeSite, severity: Severity? = nil, confidence: Confidence,
    message: String, symbol: String, related: [RelatedPlace], remediation: String? = nil
  ) -> Finding? {
    guard let position = package.position(of: site.range, in: site.unit) else { return nil }
    var finding = Finding(
      rule: rule, severity: severity, confidence: confidence, message: message,
      position: position, function: package[site.function].name, symbol: symbol,
      module: facts.ownership.module(of: site.function), related: related,
      remediation: remediation)
    finding.generated = package.facts(ofFile: position.path)?.generator?.rawValue
    return finding
  }
}
