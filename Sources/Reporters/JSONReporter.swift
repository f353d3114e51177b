package import Findings

/// The report for programs: `Reports/schema/report-1.json` describes it.
///
/// The shape is a promise: keys are added, never renamed or removed, while `schemaVersion` is "1".
package struct JSONReporter: Reporter {
  package static let format = "json"
  /// Changes only with a shape that readers of the old one cannot read.
  package static let schemaVersion = "1"

  package init() {}

  package func render(
    _ report: AuditReport, sources: any SourceProvider, style: TextStyle
  ) -> String {
    JSONValue.object([
      ("schemaVersion", .string(Self.schemaVersion)),
      ("tool", report.tool.json),
      ("package", report.package.json),
      ("modules", .array(report.modules.map(module))),
      ("readiness", readiness(report.readiness)),
      ("findings", .array(report.findings.map(finding))),
      ("coverage", report.coverage.json),
      ("notes", .array((report.notes + [report.scope]).map(JSONValue.string))),
    ]).rendered()
  }

  private func module(_ module: AuditReport.Module) -> JSONValue {
    .object([
      ("name", .string(module.name)),
      ("file", .string(module.file)),
      ("line", .integer(module.line)),
      ("initialisation", .string(module.initialisation)),
      ("declaration", .string(module.declaration)),
      ("why", .string(module.why)),
      ("score", .optional(module.score)),
      ("grade", .optional(module.grade)),
      ("evidence", module.evidence.map(evidence) ?? .null),
      ("verdict", .string(Verdict.line(module))),
    ])
  }

  private func evidence(_ evidence: AuditReport.Module.Evidence) -> JSONValue {
    .object([
      ("severe", .integer(evidence.severe)),
      ("latent", .integer(evidence.latent)),
      (
        "rules",
        .array(
          evidence.rules.map {
            .object([("rule", .string($0.rule)), ("findings", .integer($0.findings))])
          })
      ),
    ])
  }

  private func readiness(_ readiness: AuditReport.Readiness) -> JSONValue {
    let deductions = readiness.deductions.map { deduction in
      JSONValue.object([
        ("rule", .string(deduction.rule)),
        ("points", .number(deduction.points)),
        ("findings", .integer(deduction.findings)),
        ("why", .string(deduction.why)),
      ])
    }
    return .object([
      ("score", .optional(readiness.score)),
      ("grade", .optional(readiness.grade)),
      ("verdict", .string(readiness.verdict)),
      ("deductions", .array(deductions)),
      ("confidence", .string(readiness.confidence.rawValue)),
    ])
  }

  private func finding(_ finding: Finding) -> JSONValue {
    let suppressed = finding.suppressed.map { suppression in
      JSONValue.object([
        ("kind", .string(suppression.kind.rawValue)),
        ("reason", .string(suppression.reason)),
      ])
    }
    return .object([
      ("rule", .string(finding.rule)),
      ("category", .string(finding.category.rawValue)),
      ("severity", .string(finding.severity.rawValue)),
      ("confidence", .string(finding.confidence.rawValue)),
      ("message", .string(finding.message)),
      ("file", .string(finding.file)),
      ("line", .integer(finding.line)),
      ("column", .integer(finding.column)),
      ("function", .optional(finding.function)),
      ("symbol", .optional(finding.symbol)),
      ("module", .optional(finding.module)),
      ("generated", .optional(finding.generated)),
      ("related", .array(finding.related.map(related))),
      ("remediation", .string(finding.remediation)),
      ("fingerprint", .string(finding.fingerprint)),
      ("suppressed", suppressed ?? .null),
      ("fix", finding.fix.map(fix) ?? .null),
    ])
  }

  private func fix(_ fix: FindingFix) -> JSONValue {
    let edits = fix.edits.map { edit in
      JSONValue.object([
        ("file", .string(edit.path)),
        ("startLine", .integer(edit.start.line)),
        ("startColumn", .integer(edit.start.column)),
        ("endLine", .integer(edit.end.line)),
        ("endColumn", .integer(edit.end.column)),
        ("replacement", .string(edit.replacement)),
      ])
    }
    return .object([
      ("description", .string(fix.description)),
      ("edits", .array(edits)),
    ])
  }

  private func related(_ place: RelatedPlace) -> JSONValue {
    .object([
      ("file", .string(place.file)),
      ("line", .integer(place.line)),
      ("column", .integer(place.column)),
      ("function", .optional(place.function)),
      ("symbol", .optional(place.symbol)),
      ("role", .string(place.role.rawValue)),
      ("message", .string(place.message)),
    ])
  }
}
