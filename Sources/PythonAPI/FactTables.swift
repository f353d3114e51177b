/// The generated tables, one string each, and the reader of their form: a fact a line, cells
/// between tabs, empty cells at the end of a line left out.
enum FactTables {
  /// The rows of a table that has `columns` columns. A line with fewer cells is filled up with
  /// empty ones, cells beyond the last column are dropped, an empty line is no row.
  static func rows(of table: String, columns: Int) -> [Row] {
    let bytes = Array(table.utf8)
    var rows: [Row] = []
    var cells: [Range<Int>] = []
    cells.reserveCapacity(columns)
    var start = 0
    for index in 0...bytes.count {
      let byte = index < bytes.count ? bytes[index] : newline
      guard byte == tab || byte == newline else { continue }
      if cells.count < columns { cells.append(start..<index) }
      start = index + 1
      guard byte == newline else { continue }
      if cells.contains(where: { !$0.isEmpty }) {
        rows.append(Row(bytes: bytes, cells: cells, columns: columns))
      }
      cells.removeAll(keepingCapacity: true)
    }
    return rows
  }

  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")

  /// One fact: its cells, read from left to right.
  struct Row {
    private let bytes: [UInt8]
    private let cells: [Range<Int>]
    private let columns: Int
    private var position = 0

    fileprivate init(bytes: [UInt8], cells: [Range<Int>], columns: Int) {
      self.bytes = bytes
      self.cells = cells
      self.columns = columns
    }

    /// The next cell; empty beyond the last.
    mutating func text() -> String {
      guard let cell = next() else { return "" }
      return String(decoding: bytes[cell], as: UTF8.self)
    }

    /// The next cell, `nil` where it is empty.
    mutating func optionalText() -> String? {
      guard let cell = next(), !cell.isEmpty else { return nil }
      return String(decoding: bytes[cell], as: UTF8.self)
    }

    /// Whether the next cell holds anything: tables write "yes" or nothing.
    mutating func flag() -> Bool {
      next().map { !$0.isEmpty } ?? false
    }

    /// The next cell as a number, `nil` where it is empty or none.
    mutating func number() -> Int? {
      optionalText().flatMap { Int($0) }
    }

    /// The next cell as a version, `nil` where it is empty or none.
    mutating func version() -> PythonVersion? {
      optionalText().flatMap { PythonVersion($0) }
    }

    /// The next cell as a list of texts.
    mutating func list(separator: Character = ",") -> [String] {
      optionalText()?.split(separator: separator).map(String.init) ?? []
    }

    /// The next cell as a list of numbers.
    mutating func numbers() -> [Int] {
      list().compactMap { Int($0) }
    }

    /// The next cell as one of a closed set of words, `nil` where it is empty or not of the set.
    mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type) -> Word? {
      optionalText().flatMap { Word(rawValue: $0) }
    }

    private mutating func next() -> Range<Int>? {
      defer { position += 1 }
      return position < cells.count ? cells[position] : nil
    }
  }
}
