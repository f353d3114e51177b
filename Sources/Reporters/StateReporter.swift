package import Findings

/// One form of the table of states; a pure function, as `Reporter` is.
package protocol StateReporter: Sendable {
  /// The format's name for `--format`.
  static var format: String { get }

  /// The whole document, ending in a line feed.
  func render(_ table: StateTable, style: TextStyle) -> String
}

/// The forms that the table of states has.
package enum StateReporters {
  /// In the order in which help lists them; the first is the default.
  package static let all: [any StateReporter] = [StateTextReporter(), StateJSONReporter()]

  /// The names for `--format`.
  package static var formats: [String] { all.map { type(of: $0).format } }

  /// The reporter of a format; nil where there is none of that name.
  package static func named(_ format: String) -> (any StateReporter)? {
    all.first { type(of: $0).format == format }
  }
}
