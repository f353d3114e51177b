import Findings

// What all texts have in common.

extension AuditReport.Package {
  /// `name 1.2.3`.
  var title: String { [name, version ?? "(version unknown)"].joined(separator: " ") }
}

extension TextCanvas {
  /// What was read, and with which tools.
  mutating func origin(_ package: AuditReport.Package, _ tool: AuditReport.Tool) {
    paragraph(
      "audited as \(package.root) by \(tool.name) \(tool.version) for free-threaded CPython "
        + "\(tool.target), with Python headers \(tool.headers) and \(tool.clang)",
      role: .faint)
  }

  /// How much was read, and what was not.
  mutating func coverage(_ coverage: AuditReport.Coverage) {
    gap()
    line(style.paint("COVERAGE", .heading))
    let skipped = coverage.units.filter { $0.status == .skipped }
    paragraph(
      "\(counted(coverage.filesFound, "file")): \(coverage.filesAnalysed) analysed, "
        + "\(coverage.filesPartlyAnalysed) partly analysed, "
        + "\(coverage.filesUnanalysed) unanalysed; \(skipped.count) more skipped. "
        + "\(counted(coverage.functions, "function")), \(coverage.functionsAnalysed) of them "
        + "without a gap.", lead: "  ", indent: 2)
    for unit in coverage.units where unit.status == .unanalysed || unit.status == .partlyAnalysed {
      write(unit)
    }
    if style.verbose { for unit in skipped { write(unit) } }
  }

  private mutating func write(_ unit: AuditReport.Unit) {
    let status =
      switch unit.status {
      case .analysed: "analysed"
      case .partlyAnalysed: "partly analysed"
      case .unanalysed: "unanalysed"
      case .skipped: "skipped"
      }
    let role: TextStyle.Role =
      unit.status == .unanalysed ? .severity(.high) : .severity(.medium)
    let painted = unit.status == .skipped ? status : style.paint(status, role)
    var reason = unit.reason ?? "no reason given"
    if !unit.missingHeaders.isEmpty {
      reason += " (missing headers: \(unit.missingHeaders.joined(separator: ", ")))"
    }
    let lead = "  \(painted)  "
    paragraph(
      "\(unit.file): \(reason)", lead: lead, leadColumns: 4 + status.utf8.count, indent: 6)
  }

  /// What the user should know beside the result.
  mutating func notes(_ notes: [String]) {
    if notes.isEmpty { return }
    gap()
    line(style.paint("NOTES", .heading))
    for note in notes { paragraph(note, lead: "  - ", indent: 4) }
  }
}

/// `1 finding`, `2 findings`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// The text, already escaped, with blanks to fill so many columns.
func padded(_ text: String, to columns: Int) -> String {
  text + String(repeating: " ", count: max(0, columns - displayColumns(text)))
}

/// The text without blanks at its end.
func trimmed(_ text: String) -> String {
  var text = Substring(text)
  while text.last == " " { text.removeLast() }
  return String(text)
}
