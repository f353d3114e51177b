package import Findings

/// What the commands `rules` and `explain` say.
package struct RulePages: Sendable {
  /// By id.
  package let rules: [RuleMetadata]

  package init(_ rules: [RuleMetadata]) {
    self.rules = rules.sorted { $0.id < $1.id }
  }

  /// The same hazard in code and mended, for `explain`.
  package struct Example: Sendable, Hashable {
    package var bad: String
    package var good: String

    package init(bad: String, good: String) {
      self.bad = bad
      self.good = good
    }
  }

  /// There is no rule of that id.
  package struct UnknownRule: Error, Hashable, CustomStringConvertible {
    package var id: String
    /// The nearest id; nil where none is near.
    package var suggestion: String?

    /// The sentence a user reads.
    package var description: String {
      let name = "There is no rule '\(escapedForTerminal(id))'"
      let hint = suggestion.map { "; did you mean '\($0)'?" } ?? "."
      return name + hint + " 'ftaudit rules' lists the rules."
    }
  }

  /// A table of all rules, grouped by category in the order of `Category`.
  package func table(style: TextStyle) -> String {
    var canvas = TextCanvas(style: style)
    let idWidth = rules.map(\.id.utf8.count).max() ?? 0
    let severityWidth = Severity.allCases.map(\.rawValue.utf8.count).max() ?? 0
    for category in Category.allCases {
      let group = rules.filter { $0.category == category }
      if group.isEmpty { continue }
      canvas.gap()
      canvas.line(style.paint(category.rawValue, .heading))
      for rule in group {
        let severity = padded(rule.severity.rawValue, to: severityWidth)
        let columns = idWidth + severityWidth + 6
        let lead =
          "  \(padded(rule.id, to: idWidth))  "
          + style.paint(severity, .severity(rule.severity)) + "  "
        canvas.paragraph(rule.summary, lead: lead, leadColumns: columns, indent: columns)
      }
    }
    canvas.gap()
    canvas.line("\(counted(rules.count, "rule")). 'ftaudit explain RULE' says more.")
    return canvas.text
  }

  /// The whole of what is known on one rule.
  package func explanation(
    of id: String, example: Example? = nil, style: TextStyle
  ) throws(UnknownRule) -> String {
    guard let rule = rules.first(where: { $0.id == id }) else {
      throw UnknownRule(id: id, suggestion: nearest(to: id))
    }
    var canvas = TextCanvas(style: style)
    canvas.line(
      style.paint(rule.id, .heading) + "  "
        + style.paint(rule.severity.rawValue, .severity(rule.severity)) + "  "
        + style.paint(rule.category.rawValue, .faint))
    canvas.paragraph(rule.summary)
    for (title, prose) in [("Why", rule.why), ("Remedy", rule.remedy), ("Limits", rule.limits)]
    where !prose.isEmpty {
      canvas.gap()
      canvas.line(style.paint(title, .heading))
      canvas.paragraph(prose, lead: "  ", indent: 2)
    }
    if let example {
      for (title, code) in [("Bad", example.bad), ("Good", example.good)] {
        canvas.gap()
        canvas.line(style.paint(title, .heading))
        for line in SourceLines(Array(code.utf8)).all {
          let text = Excerpt(line: line, column: 0, width: .max).text
          canvas.line(text.isEmpty ? "" : "  " + text)
        }
      }
    }
    return canvas.text
  }

  /// The id with the fewest edits; nil where a third of the letters would have to change.
  func nearest(to id: String) -> String? {
    let asked = id.lowercased().replacing("_", with: "-")
    let best = rules.map { (distance: editDistance(asked, $0.id), id: $0.id) }.min { $0 < $1 }
    guard let best, best.distance * 3 <= max(asked.utf8.count, 3) else {
      // Part of an id is a good guess too, though far in edits.
      return asked.isEmpty ? nil : rules.first { $0.id.contains(asked) }?.id
    }
    return best.id
  }
}

/// The least number of insertions, deletions, replacements and swaps of neighbours that turn one
/// text into the other.
func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left.utf8.prefix(200)), Array(right.utf8.prefix(200)))
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
      var best = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
