package import Findings

/// The table of states for a person who ports the package.
///
/// The counts come first, then the hazardous states, then the others by verdict. States that are
/// proved safe in the same words stand together under them. Each state has one line, which is never
/// wrapped or cut, so that it can be searched for.
package struct StateTextReporter: StateReporter {
  package static let format = "text"

  package init() {}

  package func render(_ table: StateTable, style: TextStyle) -> String {
    var canvas = TextCanvas(style: style)
    heading(of: table, on: &canvas)
    for (verdict, count) in table.counts {
      canvas.gap()
      let title = "\(verdict.rawValue.uppercased()) (\(count))"
      canvas.line(
        style.paint(title, verdict == .hazardous ? .severity(.high) : .heading))
      write(table.states.filter { $0.verdict == verdict }, verdict, on: &canvas)
    }
    canvas.coverage(table.coverage)
    canvas.notes(table.notes)
    return canvas.text
  }

  private func heading(of table: StateTable, on canvas: inout TextCanvas) {
    canvas.line(canvas.style.paint(escapedForTerminal(table.package.title), .heading))
    var total = counted(table.objects, "static object")
    if table.moduleStateFields > 0 {
      total += " and \(counted(table.moduleStateFields, "field")) of module state"
    }
    let counts = table.counts.map { "\($0.count) \($0.verdict.rawValue)" }
    let summary = ([total] + (counts.isEmpty ? [] : [counts.joined(separator: ", ")]))
    canvas.paragraph(
      summary.joined(separator: ": ") + ".",
      role: table.states.contains { $0.verdict == .hazardous } ? .severity(.high) : .heading)
    canvas.origin(table.package, table.tool)
    guard !table.states.isEmpty else { return }
    canvas.paragraph(
      "'import' and 'run' count reads/writes in the sources: while no other thread can touch "
        + "the object, at import and at exit, and at any other time.", role: .faint)
  }

  /// The states of one verdict: hazardous ones in their order, others by proof, the commonest
  /// first.
  private func write(
    _ states: [StateTable.State], _ verdict: StateTable.Verdict, on canvas: inout TextCanvas
  ) {
    let columns = Columns(states)
    let header = canvas.style.paint(columns.header, .faint)
    guard verdict != .hazardous else {
      canvas.line(header)
      for state in states {
        canvas.line(columns.line(of: state, canvas.style))
        canvas.paragraph(hazard(of: state), lead: "      ", indent: 6)
      }
      return
    }
    let groups = Dictionary(grouping: states, by: \.proof)
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (index, group) in groups.enumerated() {
      if index > 0 { canvas.line() }
      canvas.paragraph(group.key, lead: "  ", indent: 2)
      if index == 0 { canvas.line(header) }
      for state in group.value {
        canvas.line(columns.line(of: state, canvas.style))
        // Who writes what needs no order says nothing about it.
        guard [.guarded, .once, .atomic].contains(verdict) else { continue }
        let writers = state.atRunTime.writers
        if !writers.isEmpty {
          canvas.paragraph("written in \(list(writers))", lead: "      ", indent: 6)
        }
      }
    }
  }

  /// What reports a hazardous state, why, and what writes it.
  private func hazard(of state: StateTable.State) -> String {
    var parts = [state.proof]
    if let rule = state.rule {
      let severity = state.severity.map { " (\($0.rawValue))" } ?? ""
      parts[0] = "\(rule)\(severity): \(state.proof)"
    }
    if !state.atRunTime.writers.isEmpty {
      parts.append("written at run time in \(list(state.atRunTime.writers))")
    }
    if !state.atImport.writers.isEmpty {
      parts.append("written at import in \(list(state.atImport.writers))")
    }
    return parts.joined(separator: "; ")
  }

  private func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// The columns of the states of one verdict.
private struct Columns {
  private static let titles = ["place", "name", "kind", "import", "run"]
  /// Columns are no wider than this; a longer cell pushes out its own line alone. Generators make
  /// long names.
  private static let limits = [48, 64, 48, 12, 12]
  private let widths: [Int]

  init(_ states: [StateTable.State]) {
    let rows = states.map(Self.cells)
    widths = Self.titles.indices.map { column in
      let fitting = rows.map { displayColumns($0[column]) }.filter { $0 <= Self.limits[column] }
      return max(Self.titles[column].utf8.count, fitting.max() ?? 0)
    }
  }

  var header: String {
    "    " + zip(Self.titles, widths).map { padded($0, to: $1) }.joined(separator: "  ") + "  type"
  }

  func line(of state: StateTable.State, _ style: TextStyle) -> String {
    let cells = zip(Self.cells(of: state), widths).map { padded($0, to: $1) }
    return "    " + style.paint(cells[0], .path) + "  "
      + (cells.dropFirst() + [escapedForTerminal(state.type)]).joined(separator: "  ")
  }

  /// Escaped already.
  private static func cells(of state: StateTable.State) -> [String] {
    [
      "\(state.file):\(state.line)", state.name.isEmpty ? "(unnamed)" : state.qualifiedName,
      kind(of: state),
      "\(state.atImport.reads)/\(state.atImport.writes)",
      "\(state.atRunTime.reads)/\(state.atRunTime.writes)",
    ].map(escapedForTerminal)
  }

  private static func kind(of state: StateTable.State) -> String {
    let kind =
      switch state.kind {
      case .fileStatic: "static"
      case .global: "global"
      case .functionStatic: "static in \(state.owner ?? "a function")"
      case .staticMember: "static member"
      case .moduleStateField: "field of \(state.owner ?? "module state")"
      }
    return state.isDefined ? kind : "\(kind), not defined here"
  }
}
