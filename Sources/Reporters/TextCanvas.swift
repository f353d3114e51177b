import Findings

/// Text being laid out: wraps to the width and escapes what it is given.
struct TextCanvas {
  private(set) var text = ""
  let style: TextStyle

  init(style: TextStyle) { self.style = style }

  /// Ends the line; an empty line without arguments.
  mutating func line(_ painted: String = "") { text += painted + "\n" }

  /// An empty line, unless there is one already or nothing before it.
  mutating func gap() {
    if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// Wraps a paragraph: the first line begins with `lead`, the others with as many blanks as
  /// `indent` says.
  ///
  /// - Parameters:
  ///   - lead: escaped already, may be painted; `leadColumns` says how wide it is.
  ///   - prose: escaped here.
  mutating func paragraph(
    _ prose: String, lead: String = "", leadColumns: Int? = nil, indent: Int = 0,
    role: TextStyle.Role? = nil
  ) {
    var current = ""
    var columns = 0
    var start = leadColumns ?? displayColumns(lead)
    var prefix = lead
    func painted(_ line: String) -> String { role.map { style.paint(line, $0) } ?? line }
    // Escaping comes first: blanks other than the space must not part words unseen.
    for word in escapedForTerminal(prose).split(separator: " ") {
      let wordColumns = displayColumns(String(word))
      if columns > 0, start + columns + 1 + wordColumns > style.width {
        line(prefix + painted(current))
        (current, columns, start) = ("", 0, indent)
        prefix = String(repeating: " ", count: indent)
      }
      current += columns > 0 ? " " + word : String(word)
      columns += wordColumns + (columns > 0 ? 1 : 0)
    }
    line(prefix + painted(current))
  }
}
