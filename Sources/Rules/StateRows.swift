package import Analysis
package import Findings
import ProgramModel

extension RuleCatalogue {
  /// Every state of a package as tables list it, in no particular order.
  package static func states(_ analyses: Analyses) -> [StateTable.State] {
    let rows = StateRows(analyses)
    return analyses.states.reports.compactMap(rows.row)
  }
}

/// Turns what the analyses know of states into rows.
private struct StateRows {
  private let facts: Analyses
  private let rules: [StatePattern: any StateRule.Type]

  init(_ facts: Analyses) {
    self.facts = facts
    let rules = RuleCatalogue.rules.compactMap { $0 as? any StateRule.Type }
    self.rules = Dictionary(rules.map { ($0.pattern, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// nil for a state without a place in the package.
  func row(_ report: StateReport) -> StateTable.State? {
    let declaration = report.declaration
    guard let position = declaration.position else { return nil }
    let leader = report.companionOf.flatMap { facts.states[$0] }
    let reported = finding(leader ?? report)
    return StateTable.State(
      name: declaration.name, qualifiedName: qualifiedName(declaration), type: declaration.type,
      kind: kind(declaration), owner: owner(declaration), file: position.path,
      line: position.line, column: position.column, isDefined: declaration.isDefined,
      verdict: verdict(report.safety), proof: report.proof, lock: lock(report),
      rule: reported?.rule, severity: reported?.severity,
      companionOf: leader.map { qualifiedName($0.declaration) },
      atImport: accesses(report, isLive: false), atRunTime: accesses(report, isLive: true),
      hasAssumedWrites: report.accesses.contains { $0.isUncertain && $0.kind.writes },
      module: module(report), generator: declaration.generator?.rawValue)
  }

  private func qualifiedName(_ declaration: StateDeclaration) -> String {
    guard case .variable(let id) = declaration.id else { return declaration.name }
    return facts.package[id].qualifiedName
  }

  private func kind(_ declaration: StateDeclaration) -> StateTable.Kind {
    switch declaration.storage {
    case .file?: .fileStatic
    case .external?: .global
    case .functionLocal?: .functionStatic
    case .member?: .staticMember
    case nil: .moduleStateField
    }
  }

  private func owner(_ declaration: StateDeclaration) -> String? {
    if case .moduleField(let record, _) = declaration.id { return record }
    return declaration.function.map { facts.package[$0].qualifiedName }
  }

  private func verdict(_ safety: StateSafety) -> StateTable.Verdict {
    switch safety {
    case .constant: .const
    case .threadLocal: .threadLocal
    case .synchronisation: .lock
    case .atomic: .atomic
    case .neverWritten: .neverWritten
    case .initialisationOnly: .initialisationOnly
    case .guarded: .guarded
    case .once: .once
    case .descriptor: .descriptor
    case .generated: .generated
    case .unreachable: .unreachable
    case .hazardous: .hazardous
    }
  }

  private func lock(_ report: StateReport) -> String? {
    guard case .guarded(let lock) = report.safety else { return nil }
    return facts.locks.text(lock.key, in: nil)
  }

  /// The rule that reports a hazard and how severe it finds it; nil where none does.
  private func finding(_ report: StateReport) -> (rule: String, severity: Severity)? {
    guard let hazard = report.hazard, let rule = rules[hazard.pattern] else { return nil }
    let text = StateText(package: facts.package, facts: facts, report: report, hazard: hazard)
    guard let judgement = rule.init().judge(text) else { return nil }
    return (rule.metadata.id, judgement.severity ?? rule.metadata.severity)
  }

  private func accesses(_ report: StateReport, isLive: Bool) -> StateTable.Accesses {
    var found = StateTable.Accesses()
    var writers = Set<FunctionID>()
    for access in report.accesses {
      guard access.isLive == isLive, !access.isUncertain else { continue }
      if access.kind.reads || access.isThroughPointer { found.reads += 1 }
      if access.kind.writes, !access.isThroughPointer {
        found.writes += 1
        writers.insert(access.site.function)
      }
    }
    found.writers = Set(writers.map { facts.package[$0].qualifiedName }).sorted()
    return found
  }

  private func module(_ report: StateReport) -> String? {
    if case .variable(let id) = report.id { return facts.ownership.module(of: id) }
    let modules = Set(
      report.accesses.flatMap { facts.ownership.modules(of: $0.site.function) })
    guard modules.count == 1, let only = modules.first else { return nil }
    return facts.modules[only].name
  }
}
