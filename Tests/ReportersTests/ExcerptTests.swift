import Testing

@testable import Reporters

struct ExcerptTests {
  /// The excerpt and its marker as two lines.
  private func show(_ line: String, column: Int, width: Int = 80) -> [String] {
    show(Array(line.utf8), column: column, width: width)
  }

  private func show(_ line: [UInt8], column: Int, width: Int = 80) -> [String] {
    let excerpt = Excerpt(line: line[...], column: column, width: width)
    let marker = excerpt.markerStart.map {
      String(repeating: " ", count: $0) + String(repeating: "^", count: excerpt.markerLength)
    }
    return [excerpt.text, marker].compactMap(\.self)
  }

  @Test func marksTheIdentifier() {
    #expect(show("static int n_1 = 0;", column: 12) == ["static int n_1 = 0;", "           ^^^"])
    #expect(show("a += 1;", column: 3) == ["a += 1;", "  ^"])
  }

  @Test func expandsTabs() {
    #expect(show("\t a\tb = c;", column: 5) == ["     a  b = c;", "        ^"])
  }

  @Test func countsWideCharactersTwiceAndMarksNotAtAll() {
    #expect(show("日本 x", column: 8) == ["日本 x", "     ^"])
    #expect(show("e\u{301} x", column: 5) == ["e\u{301} x", "  ^"])
    #expect(show("int größe;", column: 5) == ["int größe;", "    ^^^^^"])
  }

  @Test func escapesAndStaysAligned() {
    #expect(show("\u{202E} x", column: 5) == ["\\u{202E} x", "         ^"])
    #expect(show([0xFF, 0x20, 0x78], column: 3) == ["\\u{FFFD} x", "         ^"])
    // A cut character before the marker is one error, whatever its length.
    #expect(show([0xE2, 0x82, 0x20, 0x78], column: 4) == ["\\u{FFFD} x", "         ^"])
  }

  @Test func standsJustBehindTheLineAtMost() {
    #expect(show("ab", column: 3) == ["ab", "  ^"])
    #expect(show("ab", column: 99) == ["ab", "  ^"])
    #expect(show("", column: 1) == ["", "^"])
  }

  @Test func marksNothingWithoutAColumn() {
    #expect(show("ab", column: 0) == ["ab"])
  }

  @Test func cutsLongLinesAroundTheMarker() {
    let line = String(repeating: "x ", count: 100) + "needle" + String(repeating: " y", count: 100)
    for width in [20, 40, 79] {
      let shown = show(line, column: 201, width: width)
      #expect(shown[0].count <= width)
      #expect(shown[0].hasPrefix("...") && shown[0].hasSuffix("..."))
      let start = shown[1].firstIndex(of: "^").map {
        shown[1].distance(from: shown[1].startIndex, to: $0)
      }
      #expect(shown[0].dropFirst(start ?? 0).prefix(6) == "needle")
      #expect(shown[1].count { $0 == "^" } == 6)
    }
    #expect(show(line, column: 1, width: 20)[0].hasPrefix("x x"))
    #expect(show(line, column: 405, width: 20)[0].hasSuffix("y y"))
  }

  @Test func cutsAnIdentifierLongerThanTheWidth() {
    let shown = show(String(repeating: "n", count: 500), column: 1, width: 20)
    #expect(shown[0].count <= 20)
    #expect(shown[1].count <= 20)
  }

  @Test func looksOnlyAroundTheMarkerInEndlessLines() {
    let line = Array(repeating: Array("日".utf8), count: 2_000_000).flatMap(\.self) + Array("x".utf8)
    let time = ContinuousClock().measure {
      for column in stride(from: 1, to: line.count, by: 1_000_001) {
        let shown = show(line, column: column, width: 40)
        #expect(displayColumns(shown[0]) <= 40)
        #expect(!shown[0].contains("FFFD"))
      }
    }
    #expect(time < .seconds(10))
  }
}
