package import Analysis
package import Findings
package import ProgramModel

/// One question to a package, with an id and a page.
package protocol Rule: Sendable {
  static var metadata: RuleMetadata { get }

  init()

  /// The findings, in any order. Cannot fail: what is not known is no finding.
  func check(_ package: PackageModel, _ facts: Analyses) -> [Finding]
}

/// A rule about the findings of the others.
package protocol AggregateRule: Sendable {
  static var metadata: RuleMetadata { get }

  init()

  /// `findings` are those of all other rules, with their suppressions.
  func check(_ package: PackageModel, _ facts: Analyses, _ findings: [Finding]) -> [Finding]
}
