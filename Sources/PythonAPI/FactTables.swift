/// The generated tables, one string each, and the reader of their form: a fact a line, cells
/// between tabs, empty cells at the end of a line left out.
enum FactTables {
  /// The rows of a table that has `columns` columns. A line with fewer cells is filled up with
  /// empty ones, cells beyond the last column are dropped, an empty line is no row.
  static func rows(of table: String, columns: Int) -> [Row] {
    let bytes = Array(table.utf8)
    var rows: [Row] = []
    var start = 0
    var isEmpty = true
    for index in 0...bytes.count {
      let byte = index < bytes.count ? bytes[index] : newline
      if byte != newline {
        if byte != tab { isEmpty = false }
        continue
      }
      if !isEmpty { rows.append(Row(bytes: bytes, line: start..<index, columns: columns)) }
      start = index + 1
      isEmpty = true
    }
    return rows
  }

  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")

  /// One fact: its cells, read from left to right.
  struct Row {
    private let bytes: [UInt8]
    /// What is left of the line, and how many columns.
    private var line: Range<Int>
    private var columns: Int

    fileprivate init(bytes: [UInt8], line: Range<Int>, columns: Int) {
      self.bytes = bytes
      self.line = line
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
      next().flatMap { Self.number(bytes[$0]) }
    }

    /// The next cell as a version, `nil` where it is empty or none.
    mutating func version() -> PythonVersion? {
      guard let cell = next(), !cell.isEmpty else { return nil }
      let parts = bytes[cell].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard parts.count == 2, let major = Self.number(parts[0]), let minor = Self.number(parts[1])
      else { return nil }
      return PythonVersion(major, minor)
    }

    /// The next cell as a list of texts, with commas between.
    mutating func list() -> [String] {
      parts().map { String(decoding: $0, as: UTF8.self) }
    }

    /// The next cell as a list of numbers.
    mutating func numbers() -> [Int] {
      parts().compactMap(Self.number)
    }

    // Over bytes, as taking strings apart into characters is what would take the most time.
    private mutating func parts() -> [ArraySlice<UInt8>] {
      guard let cell = next(), !cell.isEmpty else { return [] }
      return bytes[cell].split(separator: UInt8(ascii: ","))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
      guard (1...9).contains(digits.count) else { return nil }
      var value = 0
      for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
      }
      return value
    }

    /// The next cell as one of a closed set of words, `nil` where it is empty or not of the set.
    mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type) -> Word? {
      optionalText().flatMap { Word(rawValue: $0) }
    }

    private mutating func next() -> Range<Int>? {
      guard columns > 0, !line.isEmpty else { return nil }
      columns -= 1
      var end = line.lowerBound
      while end < line.upperBound, bytes[end] != FactTables.tab { end += 1 }
      defer { line = min(end + 1, line.upperBound)..<line.upperBound }
      return line.lowerBound..<end
    }
  }
}
