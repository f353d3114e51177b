import Findings

// What all JSON documents have in common.

extension AuditReport.Tool {
  var json: JSONValue {
    .object([
      ("name", .string(name)),
      ("version", .string(version)),
      ("clang", .string(clang)),
      ("headers", .string(headers)),
      ("target", .string(target)),
    ])
  }
}

extension AuditReport.Package {
  var json: JSONValue {
    .object([
      ("name", .string(name)),
      ("version", .optional(version)),
      ("root", .string(root)),
    ])
  }
}

extension AuditReport.Coverage {
  var json: JSONValue {
    let units = units.map { unit in
      JSONValue.object([
        ("file", .string(unit.file)),
        ("status", .string(unit.status.rawValue)),
        ("reason", .optional(unit.reason)),
        ("missingHeaders", .array(unit.missingHeaders.map(JSONValue.string))),
      ])
    }
    return .object([
      ("filesFound", .integer(filesFound)),
      ("filesAnalysed", .integer(filesAnalysed)),
      ("filesPartlyAnalysed", .integer(filesPartlyAnalysed)),
      ("filesUnanalysed", .integer(filesUnanalysed)),
      ("functions", .integer(functions)),
      ("functionsAnalysed", .integer(functionsAnalysed)),
      ("units", .array(units)),
    ])
  }
}
