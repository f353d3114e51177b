import ProgramModel
import Testing

/// Byte offsets as lines and columns.
@Suite struct SourceFileTableTests {
  private let table = SourceFileTable(
    path: "a.c", lineStarts: SourceFileTable.lineStarts(of: Array("one\n\ntwo\nx".utf8)))

  @Test func lineStarts() {
    #expect(table.lineStarts == [0, 4, 5, 9])
    #expect(SourceFileTable.lineStarts(of: []) == [0])
    #expect(SourceFileTable.lineStarts(of: [0x0A]) == [0, 1])
    #expect(SourceFileTable.lineStarts(of: Array("a\r\nb".utf8)) == [0, 3])
  }

  @Test(arguments: [
    (0, 1, 1), (2, 1, 3), (3, 1, 4), (4, 2, 1), (5, 3, 1), (8, 3, 4), (9, 4, 1), (100, 4, 92),
  ])
  func positions(offset: UInt32, line: Int, column: Int) {
    let found = table.position(of: offset)
    #expect(found.line == line)
    #expect(found.column == column)
  }

  @Test func tableWithoutLines() {
    let found = SourceFileTable(path: "", lineStarts: []).position(of: 4)
    #expect(found == (1, 5))
  }

  @Test func placesOutsideThePackageHaveNoPosition() {
    #expect(Menagerie.unit.position(of: .none) == nil)
    #expect(Menagerie.unit.position(of: SourceRange(file: 9, start: 0, end: 1)) == nil)
    #expect(
      Menagerie.unit.position(of: SourceRange(file: 0, start: 4, end: 5))
        == SourcePosition(path: "src/ä.c", line: 2, column: 1))
  }

  @Test func positionsAreOrderedByPathThenLineThenColumn() {
    let sorted = [("a.c", 1, 2), ("a.c", 2, 1), ("b.c", 1, 1)].map {
      SourcePosition(path: $0.0, line: $0.1, column: $0.2)
    }
    #expect(sorted.reversed().sorted() == sorted)
  }
}
