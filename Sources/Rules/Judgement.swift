import Findings

/// What a rule says of one hazard.
struct Judgement {
  var message: String
  /// nil: the rule's own.
  var severity: Severity?
  /// nil: the rule's own.
  var remediation: String?

  init(_ message: String, severity: Severity? = nil, remediation: String? = nil) {
    self.message = message
    self.severity = severity
    self.remediation = remediation
  }
}
