import Findings

/// A place in a source, as far as it is known.
struct SourcePlace: Hashable {
  let path: String
  /// From 1; less where unknown.
  let line: Int
  /// From 1, in bytes; less where unknown.
  let column: Int

  init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  init(of finding: Finding) {
    self.init(path: finding.file, line: finding.line, column: finding.column)
  }

  init(of related: RelatedPlace) {
    self.init(path: related.file, line: related.line, column: related.column)
  }

  /// `path:line:column`, which terminals and editors make a link, without what is unknown; escaped.
  var text: String {
    let numbers = line < 1 ? [] : column < 1 ? [line] : [line, column]
    return ([escapedForTerminal(path)] + numbers.map(String.init)).joined(separator: ":")
  }

  func isOnLine(of other: SourcePlace) -> Bool { path == other.path && line == other.line }
}

/// Writes findings with their excerpts; reads each source once.
struct FindingText {
  private let sources: any SourceProvider
  private var files: [String: SourceLines?] = [:]

  /// More places than these are counted, not shown; JSON has them all.
  private static let placesShown = 12
  /// The two that race come first; more excerpts bury them.
  private static let excerptsShown = 2

  init(sources: any SourceProvider) { self.sources = sources }

  mutating func write(_ finding: Finding, on canvas: inout TextCanvas) {
    let here = SourcePlace(of: finding)
    let place = here.text
    let lead = canvas.style.paint(place, .path) + "  "
    var context = "\(finding.rule)"
    if let function = finding.function { context += " in \(function)" }
    if let module = finding.module { context += ", module \(module)" }
    if finding.confidence != .high { context += ", \(finding.confidence.rawValue) confidence" }
    canvas.paragraph(
      context, lead: lead, leadColumns: displayColumns(place) + 2, indent: 2,
      role: .severity(finding.severity))
    canvas.paragraph(finding.message, lead: "  ", indent: 2)

    let places = finding.related.prefix(Self.placesShown)
    let gutter = gutterColumns(for: [here] + places.map { SourcePlace(of: $0) })
    excerpt(of: here, gutter: gutter, role: .severity(finding.severity), on: &canvas)
    var shown: [SourcePlace] = [here]
    var excerpts = 0
    for related in places {
      let there = SourcePlace(of: related)
      write(related, on: &canvas)
      // The same line twice tells nothing new.
      if excerpts < Self.excerptsShown,
        !shown.contains(where: { $0.isOnLine(of: there) })
      {
        excerpt(of: there, gutter: gutter, role: .heading, on: &canvas)
        shown.append(there)
        excerpts += 1
      }
    }
    if finding.related.count > places.count {
      canvas.line("  and \(counted(finding.related.count - places.count, "more place"))")
    }
    canvas.paragraph(
      finding.remediation, lead: "  " + canvas.style.paint("remedy:", .good) + " ",
      leadColumns: 10, indent: 10)
    if finding.fix != nil {
      canvas.line("  " + canvas.style.paint("fix available:", .good) + " ftaudit fix --diff")
    }
  }

  private func write(_ related: RelatedPlace, on canvas: inout TextCanvas) {
    let role = related.role.rawValue
    let place = SourcePlace(of: related).text
    let lead = "  \(canvas.style.paint(role + ":", .heading)) \(place)"
    let context = related.function.map { " in \($0)" } ?? ""
    let colon = related.message.isEmpty ? "" : ": "
    canvas.paragraph(
      context + colon + related.message, lead: lead + (context.isEmpty ? "" : " "),
      leadColumns: 5 + role.utf8.count + displayColumns(place), indent: 4 + role.utf8.count)
  }

  /// Columns of the widest line number.
  private func gutterColumns(for places: [SourcePlace]) -> Int {
    max(4, places.map { String($0.line).utf8.count }.max() ?? 0)
  }

  private mutating func excerpt(
    of place: SourcePlace, gutter: Int, role: TextStyle.Role, on canvas: inout TextCanvas
  ) {
    let lines = files[place.path] ?? sources.bytes(of: place.path).map(SourceLines.init)
    files[place.path] = .some(lines)
    guard let line = lines?.line(place.line) else { return }
    let style = canvas.style
    let number = String(place.line)
    let padding = String(repeating: " ", count: gutter - number.utf8.count)
    let excerpt = Excerpt(line: line, column: place.column, width: style.width - gutter - 5)
    canvas.line(style.paint("  \(padding)\(number) |", .faint) + " " + excerpt.text)
    guard let start = excerpt.markerStart else { return }
    let blanks = String(repeating: " ", count: start)
    let marker = String(repeating: "^", count: excerpt.markerLength)
    let bar = style.paint("  \(String(repeating: " ", count: gutter)) |", .faint)
    canvas.line("\(bar) \(blanks)\(style.paint(marker, role))")
  }
}
