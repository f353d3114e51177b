package import ProgramModel

/// How bad it is when the hazard strikes. Belongs to the rule; a rule may lower it for a reason.
package enum Severity: String, Sendable, CaseIterable, Comparable, Codable {
  case info, low, medium, high, critical

  /// 0 for `info` to 4 for `critical`.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
  /// High and critical.
  package var isSevere: Bool { self >= .high }
}

/// How sure the finding is. Belongs to the finding.
package enum Confidence: String, Sendable, CaseIterable, Comparable, Codable {
  case low, medium, high

  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

/// The families of rules.
package enum Category: String, Sendable, CaseIterable, Codable {
  case moduleDeclaration = "module-declaration"
  case staticState = "static-state"
  case references
  case objectState = "object-state"
  case gilAssumptions = "gil-assumptions"
}

/// What a rule is, for its page, `explain`, SARIF and the reports.
package struct RuleMetadata: Sendable, Hashable {
  /// Kebab-case name of the pattern; never changes its meaning.
  package var id: String
  package var category: Category
  package var severity: Severity
  /// One line, lower case, no full stop.
  package var summary: String
  /// Why it is a hazard, in full sentences.
  package var why: String
  /// What to do, in full sentences.
  package var remedy: String
  /// What the rule does not see or may get wrong.
  package var limits: String

  package init(
    id: String, category: Category, severity: Severity, summary: String, why: String,
    remedy: String, limits: String
  ) {
    self.id = id
    self.category = category
    self.severity = severity
    self.summary = summary
    self.why = why
    self.remedy = remedy
    self.limits = limits
  }
}

/// What a related place has to do with the finding.
package enum RelatedRole: String, Sendable, CaseIterable, Codable {
  case read, write, lock, call, declaration, definition
  case entryPoint = "entry-point"
  case note
}

/// A further place that a finding speaks of.
package struct RelatedPlace: Sendable, Hashable {
  package var position: SourcePosition
  /// The enclosing function's bare name; nil outside functions.
  package var function: String?
  package var symbol: String?
  package var role: RelatedRole
  package var message: String

  package init(
    position: SourcePosition, function: String?, symbol: String?, role: RelatedRole,
    message: String
  ) {
    self.position = position
    self.function = function
    self.symbol = symbol
    self.role = role
    self.message = message
  }
}

/// Why a finding does not count.
package struct Suppression: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable, Codable { case inline, baseline }

  package var kind: Kind
  package var reason: String

  package init(kind: Kind, reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

/// One shared state or site where a rule fired.
package struct Finding: Sendable, Hashable {
  package var rule: String
  package var category: Category
  package var severity: Severity
  package var confidence: Confidence
  /// One or more sentences for the maintainer.
  package var message: String
  package var position: SourcePosition
  /// The enclosing function's bare name; nil outside functions.
  package var function: String?
  /// The variable, field, type or API function that it is about, bare.
  package var symbol: String?
  /// The extension module it belongs to; nil where unknown.
  package var module: String?
  /// The generator of the code it stands in (`cython`, `swig`, …); nil for written code.
  package var generated: String?
  package var related: [RelatedPlace]
  /// What to do here.
  package var remediation: String
  /// Stable identity over edits elsewhere; filled by `Fingerprints.assign`.
  package var fingerprint: String
  package var suppressed: Suppression?
  /// Edits that remove the hazard; nil where there are none that are sure.
  package var fix: FindingFix?

  package init(
    rule: RuleMetadata, severity: Severity? = nil, confidence: Confidence, message: String,
    position: SourcePosition, function: String? = nil, symbol: String? = nil,
    module: String? = nil, generated: String? = nil, related: [RelatedPlace] = [],
    remediation: String? = nil
  ) {
    self.rule = rule.id
    category = rule.category
    self.severity = severity ?? rule.severity
    self.confidence = confidence
    self.message = message
    self.position = position
    self.function = function
    self.symbol = symbol
    self.module = module
    self.generated = generated
    self.related = related
    self.remediation = remediation ?? rule.remedy
    fingerprint = ""
    suppressed = nil
    fix = nil
  }
}

/// The parts of the position under the names they have in reports; reporters need not know the
/// program model.
extension Finding {
  package var file: String { position.path }
  package var line: Int { position.line }
  package var column: Int { position.column }
}

extension RelatedPlace {
  package var file: String { position.path }
  package var line: Int { position.line }
  package var column: Int { position.column }
}
