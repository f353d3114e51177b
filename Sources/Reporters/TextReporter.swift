package import Findings

/// The report for a maintainer at a terminal.
///
/// Order: what was audited, its modules, the verdict; then findings, the worst first; then what was
/// not seen; then the counts, which is what stays on the screen.
package struct TextReporter: Reporter {
  package static let format = "text"

  package init() {}

  package func render(
    _ report: AuditReport, sources: any SourceProvider, style: TextStyle
  ) -> String {
    var canvas = TextCanvas(style: style)
    canvas.line(style.paint(escapedForTerminal(report.package.title), .heading))
    canvas.origin(report.package, report.tool)
    modules(report.modules, on: &canvas)
    readiness(report.readiness, on: &canvas)

    var findings = FindingText(sources: sources)
    for severity in Severity.allCases.reversed() {
      let group = report.findings.filter { $0.counts && $0.severity == severity }
      if group.isEmpty { continue }
      canvas.gap()
      let title = "\(severity.rawValue.uppercased()) (\(counted(group.count, "finding")))"
      canvas.line(style.paint(title, .severity(severity)))
      for finding in group {
        canvas.line()
        findings.write(finding, on: &canvas)
      }
    }
    if !report.findings.contains(where: \.counts) { nothingFound(in: report, on: &canvas) }
    uncounted(report.findings, on: &canvas)
    canvas.coverage(report.coverage)
    canvas.notes(report.notes)
    closing(report, on: &canvas)
    return canvas.text
  }

  private func modules(_ modules: [AuditReport.Module], on canvas: inout TextCanvas) {
    let style = canvas.style
    canvas.gap()
    if modules.isEmpty {
      canvas.line("No extension module found.")
      return
    }
    canvas.line(style.paint("MODULES (\(modules.count))", .heading))
    let rows = modules.map { module in
      [module.name, module.initialisation, module.declaration].map(escapedForTerminal)
    }
    let titles = ["module", "initialisation", "declaration"]
    // One module of a long name shall not push everyone's columns out.
    let widths = titles.indices.map { column in
      let longest = rows.map { displayColumns($0[column]) }.max() ?? 0
      return max(titles[column].utf8.count, min(longest, style.width / 3))
    }
    let whyIndent = 2 + widths.reduce(0) { $0 + $1 + 2 }
    // Too narrow a column is worse to read than a line of its own.
    let whyFits = style.width - whyIndent >= 30
    let header = zip(titles, widths).map { padded($0, to: $1) } + (whyFits ? ["why"] : [])
    canvas.line(style.paint(trimmed("  " + header.joined(separator: "  ")), .faint))
    for (module, row) in zip(modules, rows) {
      var cells = zip(row, widths).map { padded($0, to: $1) }
      if displayColumns(cells[0]) > widths[0] {
        canvas.line("  " + row[0])
        cells[0] = padded("", to: widths[0])
      }
      let role: TextStyle.Role = module.declaration == "not-used" ? .good : .severity(.high)
      let lead = "  \(cells[0])  \(cells[1])  "
      if whyFits {
        canvas.paragraph(
          module.why, lead: lead + style.paint(cells[2], role) + "  ",
          leadColumns: displayColumns(lead + cells[2]) + 2, indent: whyIndent)
      } else {
        canvas.line(lead + style.paint(row[2], role))
        canvas.paragraph(module.why, lead: "      ", indent: 6)
      }
      if module.evidence != nil {
        canvas.paragraph(
          Verdict.line(module), lead: "      ", indent: 6, role: Self.role(of: module))
      }
      if style.verbose {
        let place = SourcePlace(path: module.file, line: module.line, column: 0)
        canvas.line("      " + style.paint(place.text, .faint))
      }
    }
  }

  private static func role(of module: AuditReport.Module) -> TextStyle.Role? {
    guard let evidence = module.evidence else { return nil }
    return evidence.severe > 0 ? .severity(.critical) : evidence.latent > 0 ? .severity(.high) : nil
  }

  private func readiness(_ readiness: AuditReport.Readiness, on canvas: inout TextCanvas) {
    canvas.gap()
    let score = readiness.score.map { "\($0) of 100" }
    let marks = [score, readiness.grade].compactMap(\.self).joined(separator: ", ")
    let title = "Verdict" + (marks.isEmpty ? "" : " (\(escapedForTerminal(marks)))") + ":"
    canvas.paragraph(
      readiness.verdict, lead: canvas.style.paint(title, .heading) + " ",
      leadColumns: displayColumns(title) + 1, indent: 2)
    let points = readiness.deductions.map { "-" + JSONValue.digits(of: $0.points) }
    let columns = points.map(\.utf8.count).max() ?? 0
    for (deduction, points) in zip(readiness.deductions, points) {
      canvas.paragraph(
        "\(deduction.rule) (\(counted(deduction.findings, "finding"))): \(deduction.why)",
        lead: "  \(padded(points, to: columns))  ", indent: columns + 4)
    }
  }

  /// Says what was looked at: an empty list must not read as a proof.
  private func nothingFound(in report: AuditReport, on canvas: inout TextCanvas) {
    canvas.gap()
    let coverage = report.coverage
    let read = coverage.filesAnalysed + coverage.filesPartlyAnalysed
    let none = report.findings.isEmpty ? "No findings" : "No findings that count"
    canvas.paragraph(
      "\(none) in the \(counted(read, "file")) analysed, out of \(coverage.filesFound). "
        + report.scope + " This is no proof that the package is safe without the GIL.")
  }

  /// Findings that do not count, a line or two each.
  private func uncounted(_ findings: [Finding], on canvas: inout TextCanvas) {
    let suppressed = findings.filter { $0.suppressed != nil }
    let generated = findings.filter { $0.suppressed == nil && $0.generated != nil }
    section("IN GENERATED CODE", generated, on: &canvas) { finding in
      "\(finding.severity.rawValue), by \(finding.generated ?? ""): \(finding.message)"
    }
    section("SUPPRESSED", suppressed, on: &canvas) { finding in
      guard let suppression = finding.suppressed else { return finding.message }
      return "\(finding.severity.rawValue), \(suppression.kind.rawValue): \(suppression.reason)"
    }
  }

  private func section(
    _ title: String, _ findings: [Finding], on canvas: inout TextCanvas,
    detail: (Finding) -> String
  ) {
    if findings.isEmpty { return }
    canvas.gap()
    canvas.line(canvas.style.paint("\(title) (\(counted(findings.count, "finding")))", .heading))
    for finding in findings {
      let place = SourcePlace(of: finding)
      canvas.line(
        "  " + canvas.style.paint(place.text, .path) + "  " + escapedForTerminal(finding.rule))
      canvas.paragraph(detail(finding), lead: "    ", indent: 4)
    }
  }

  private func closing(_ report: AuditReport, on canvas: inout TextCanvas) {
    canvas.gap()
    let counting = report.findings.filter(\.counts)
    let bySeverity = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = counting.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)"
    }
    let suppressed = report.findings.count { $0.suppressed != nil }
    let generated = report.findings.count { $0.suppressed == nil && $0.generated != nil }
    let total = counted(counting.count, "finding")
    var parts = [bySeverity.isEmpty ? total : "\(total): " + bySeverity.joined(separator: ", ")]
    if generated > 0 { parts.append("\(generated) in generated code") }
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    if report.coverage.filesUnanalysed > 0 {
      parts.append("\(counted(report.coverage.filesUnanalysed, "file")) unanalysed")
    }
    // No green for "0 findings": it would read as safe.
    let role = counting.map(\.severity).max().map(TextStyle.Role.severity) ?? .heading
    canvas.paragraph(parts.joined(separator: "; ") + ".", role: role)
  }
}
