import Analysis
import Findings
import ProgramModel

/// Which modules the severe findings of a package belong to.
struct ModuleEvidenceCount {
  private let analyses: Analyses
  /// Functions and variables by what findings call them.
  private let functions: [Key: [FunctionID]]
  private let variables: [SourcePosition: VariableID]

  private struct Key: Hashable {
    var path: String
    var name: String
  }

  init(_ analyses: Analyses) {
    self.analyses = analyses
    // With one module there is no question.
    guard analyses.modules.count > 1 else {
      functions = [:]
      variables = [:]
      return
    }
    let package = analyses.package
    var functions: [Key: [FunctionID]] = [:]
    for id in package.functionIDs {
      guard let path = package[id].position?.path else { continue }
      functions[Key(path: path, name: package[id].name), default: []].append(id)
    }
    var variables: [SourcePosition: VariableID] = [:]
    for id in package.variableIDs {
      if let position = package[id].position { variables[position] = id }
    }
    self.functions = functions
    self.variables = variables
  }

  /// Whether a finding speaks of a hazard that is counted against modules.
  static func isSevere(_ finding: Finding) -> Bool {
    finding.severity.isSevere && finding.suppressed == nil
      && finding.category != .moduleDeclaration
  }

  /// The modules whose entry points reach what a finding is about, as indices, ascending.
  func modules(of finding: Finding) -> [Int] {
    let all = analyses.modules
    if all.count < 2 { return Array(all.indices) }
    if let name = finding.module { return all.indices.filter { all[$0].name == name } }
    var found = Set<Int>()
    if let name = finding.function {
      for id in functions[Key(path: finding.position.path, name: name)] ?? [] {
        found.formUnion(analyses.ownership.modules(of: id))
      }
    } else if let variable = variables[finding.position] {
      for access in analyses.package.accesses(of: variable) {
        found.formUnion(analyses.ownership.modules(of: access.function))
      }
    }
    return found.sorted()
  }

  /// The severe findings of each module, in the order of modules.
  func severe(_ findings: [Finding]) -> [[Finding]] {
    var found = [[Finding]](repeating: [], count: analyses.modules.count)
    for finding in findings where Self.isSevere(finding) {
      for index in modules(of: finding) { found[index].append(finding) }
    }
    return found
  }

  /// What is reported of each module, in the order of modules.
  func count(_ findings: [Finding]) -> [AuditReport.Module.Evidence] {
    zip(analyses.modules, severe(findings)).map { module, severe in
      var counts: [String: Int] = [:]
      for finding in severe { counts[finding.rule, default: 0] += 1 }
      let rules = counts.map { AuditReport.Module.Evidence.Count(rule: $0.key, findings: $0.value) }
        .sorted { ($1.findings, $0.rule) < ($0.findings, $1.rule) }
      let isLive = module.declaration == .notUsed
      return AuditReport.Module.Evidence(
        severe: isLive ? severe.count : 0, latent: isLive ? 0 : severe.count, rules: rules)
    }
  }
}
