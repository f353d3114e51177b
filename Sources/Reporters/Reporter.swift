package import Findings

/// One output format.
///
/// A reporter is a pure function: the same report, sources and style give the same text.
package protocol Reporter: Sendable {
  /// The format's name for `--format`, such as `json`.
  static var format: String { get }

  /// The whole document, ending in a line feed.
  ///
  /// - Parameter sources: for excerpts; a file it cannot give is shown without one.
  func render(_ report: AuditReport, sources: any SourceProvider, style: TextStyle) -> String
}

/// How text for a terminal is laid out.
package struct TextStyle: Sendable, Hashable {
  /// Whether to write ANSI colours. The caller honours `NO_COLOR` and whether it is a terminal.
  package var colour: Bool
  /// Columns to fill; narrower than 40 counts as 40.
  package var width: Int
  /// Whether to list what is otherwise only counted, such as skipped files.
  package var verbose: Bool

  package init(colour: Bool, width: Int, verbose: Bool = false) {
    self.colour = colour
    self.width = max(40, width)
    self.verbose = verbose
  }

  /// What a piece of text is, for its colour.
  enum Role {
    case heading, path, faint, good
    case severity(Severity)
  }

  /// The text in the colour of its role; unchanged without colour. `text` must be escaped already.
  func paint(_ text: String, _ role: Role) -> String {
    guard colour, !text.isEmpty else { return text }
    let code =
      switch role {
      case .heading: "1"
      case .path: "1;36"
      case .faint: "2"
      case .good: "32"
      case .severity(.critical): "1;35"
      case .severity(.high): "1;31"
      case .severity(.medium): "1;33"
      case .severity(.low): "1;34"
      case .severity(.info): "1;32"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

/// The reporters there are.
package enum Reporters {
  /// In the order in which help lists them; the first is the default.
  package static let all: [any Reporter] = [TextReporter(), JSONReporter()]

  /// The names for `--format`.
  package static var formats: [String] { all.map { type(of: $0).format } }

  /// The reporter of a format; nil where there is none of that name.
  package static func named(_ format: String) -> (any Reporter)? {
    all.first { type(of: $0).format == format }
  }
}
