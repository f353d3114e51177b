import Findings
import ProgramModel

/// A finding with only what a test cares about.
func sample(
  rule: String = "lazy-initialised-static", severity: Severity = .high, path: String = "a.c",
  line: Int = 1, column: Int = 1, function: String? = "get", symbol: String? = "cache",
  module: String? = nil, generated: String? = nil, message: String = "message",
  suppressed: Suppression? = nil
) -> Finding {
  let metadata = RuleMetadata(
    id: rule, category: .staticState, severity: severity, summary: "", why: "", remedy: "",
    limits: "")
  var finding = Finding(
    rule: metadata, confidence: .high, message: message,
    position: SourcePosition(path: path, line: line, column: column), function: function,
    symbol: symbol, module: module, generated: generated)
  finding.suppressed = suppressed
  return finding
}
