package import Findings

/// The table of states for programs: `Reports/schema/state-1.json` describes it.
///
/// The shape is a promise, as the report's is.
package struct StateJSONReporter: StateReporter {
  package static let format = "json"
  /// Changes only with a shape that readers of the old one cannot read.
  package static let schemaVersion = "1"
  /// Tells the table from a report.
  package static let kind = "state"

  package init() {}

  package func render(_ table: StateTable, style: TextStyle) -> String {
    JSONValue.object([
      ("schemaVersion", .string(Self.schemaVersion)),
      ("kind", .string(Self.kind)),
      ("tool", table.tool.json),
      ("package", table.package.json),
      ("summary", summary(table)),
      ("states", .array(table.states.map(state))),
      ("coverage", table.coverage.json),
      ("notes", .array(table.notes.map(JSONValue.string))),
    ]).rendered()
  }

  private func summary(_ table: StateTable) -> JSONValue {
    .object([
      ("objects", .integer(table.objects)),
      ("moduleStateFields", .integer(table.moduleStateFields)),
      ("verdicts", .object(table.counts.map { ($0.verdict.rawValue, .integer($0.count)) })),
    ])
  }

  private func state(_ state: StateTable.State) -> JSONValue {
    .object([
      ("name", .string(state.name)),
      ("qualifiedName", .string(state.qualifiedName)),
      ("type", .string(state.type)),
      ("kind", .string(state.kind.rawValue)),
      ("owner", .optional(state.owner)),
      ("file", .string(state.file)),
      ("line", .integer(state.line)),
      ("column", .integer(state.column)),
      ("defined", .bool(state.isDefined)),
      ("verdict", .string(state.verdict.rawValue)),
      ("proof", .string(state.proof)),
      ("lock", .optional(state.lock)),
      ("rule", .optional(state.rule)),
      ("severity", .optional(state.severity?.rawValue)),
      ("companionOf", .optional(state.companionOf)),
      ("atImport", accesses(state.atImport)),
      ("atRunTime", accesses(state.atRunTime)),
      ("hasAssumedWrites", .bool(state.hasAssumedWrites)),
      ("module", .optional(state.module)),
      ("generator", .optional(state.generator)),
    ])
  }

  private func accesses(_ accesses: StateTable.Accesses) -> JSONValue {
    .object([
      ("reads", .integer(accesses.reads)),
      ("writes", .integer(accesses.writes)),
      ("writers", .array(accesses.writers.map(JSONValue.string))),
    ])
  }
}
