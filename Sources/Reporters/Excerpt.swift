/// One source line made fit to show, with the columns its marker goes under.
struct Excerpt {
  /// The line: tabs expanded, hostile characters escaped, cut to the width around the marker.
  let text: String
  /// Columns before the marker; nil where the position names no column.
  let markerStart: Int?
  let markerLength: Int

  /// A character as shown.
  private struct Cell {
    var text: String
    var columns: Int
    /// Byte offset in the line.
    var offset: Int
  }

  private static let tabWidth = 4
  private static let ellipsis = "..."
  /// A minified line of megabytes is only looked at this far to either side of the column.
  private static let reach = 2048

  /// - Parameters:
  ///   - line: the line's bytes, without its end.
  ///   - column: counts bytes from 1; beyond the end counts as the end, less than 1 as unknown.
  ///   - width: columns there are for the text.
  init(line: ArraySlice<UInt8>, column: Int, width: Int) {
    let target = min(max(0, column - 1), line.count)
    let first = Self.characterStart(in: line, at: max(0, target - Self.reach))
    let last = Self.characterStart(in: line, at: min(line.count, target + Self.reach))
    let bytes = Array(line.dropFirst(first).prefix(last - first))
    let cells = Self.cells(of: bytes, from: first)
    let markerEnd = Self.tokenEnd(in: bytes, at: target - first) + first
    let marked = cells.firstIndex { $0.offset >= target } ?? cells.count
    let afterMarked = cells.firstIndex { $0.offset >= markerEnd } ?? cells.count

    let window = Self.window(over: cells, around: marked, to: afterMarked, width: width)
    let shown = cells[window]
    let before = window.lowerBound > 0 || first > 0 ? Self.ellipsis : ""
    let after = window.upperBound < cells.count || last < line.count ? Self.ellipsis : ""
    let shownText = before + shown.map(\.text).joined() + after
    text = String(shownText.reversed().drop { $0 == " " }.reversed())
    markerStart =
      column < 1
      ? nil : before.count + cells[window.lowerBound..<marked].reduce(0) { $0 + $1.columns }
    let end = min(max(afterMarked, marked), window.upperBound)
    markerLength = max(1, cells[marked..<max(marked, end)].reduce(0) { $0 + $1.columns })
  }

  /// The start of the character that the byte belongs to, as far as valid UTF-8 goes.
  private static func characterStart(in line: ArraySlice<UInt8>, at offset: Int) -> Int {
    var start = offset
    while start > 0, start < line.count, offset - start < 3,
      line[line.startIndex + start] & 0xC0 == 0x80
    {
      start -= 1
    }
    return start
  }

  private static func cells(of bytes: [UInt8], from first: Int) -> [Cell] {
    var cells: [Cell] = []
    var run = CombiningRun()
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = first
    var column = 0
    while true {
      let scalar: Unicode.Scalar
      let length: Int
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        scalar = Unicode.UTF8.decode(encoded)
        length = encoded.count
      case .error(let count):
        scalar = "\u{FFFD}"
        length = count
      case .emptyInput:
        return cells
      }
      var cell = Cell(text: String(scalar), columns: scalar.columns, offset: offset)
      if scalar == "\t" {
        cell.columns = tabWidth - column % tabWidth
        cell.text = String(repeating: " ", count: cell.columns)
      } else if run.mustEscape(scalar) {
        cell.text = scalar.escaped
        cell.columns = cell.text.utf8.count
      }
      column += cell.columns
      offset += length
      cells.append(cell)
    }
  }

  /// The end of the identifier at the offset; one byte further where there is none.
  private static func tokenEnd(in bytes: [UInt8], at offset: Int) -> Int {
    var end = offset
    while end < bytes.count, isIdentifier(bytes[end]) { end += 1 }
    return max(end, offset + 1)
  }

  private static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
    default: false
    }
  }

  /// The cells to show: all where they fit, else what fits around the marker.
  private static func window(
    over cells: [Cell], around marked: Int, to afterMarked: Int, width: Int
  ) -> Range<Int> {
    let room = max(8, width)
    if cells.reduce(0, { $0 + $1.columns }) <= room { return 0..<cells.count }
    let inner = max(1, room - 2 * ellipsis.count)
    var (start, end, used) = (marked, marked, 0)
    func fits(_ cell: Cell, in limit: Int) -> Bool { used + cell.columns <= limit }
    // The marked token first, then a third of the room before it, the rest after, then before.
    while end < afterMarked, fits(cells[end], in: inner) {
      used += cells[end].columns
      end += 1
    }
    let lead = min(inner, used + inner / 3)
    while start > 0, fits(cells[start - 1], in: lead) {
      start -= 1
      used += cells[start].columns
    }
    while end < cells.count, fits(cells[end], in: inner) {
      used += cells[end].columns
      end += 1
    }
    while start > 0, fits(cells[start - 1], in: inner) {
      start -= 1
      used += cells[start].columns
    }
    return start..<end
  }
}
