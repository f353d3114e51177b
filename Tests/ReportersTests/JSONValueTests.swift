import Foundation
import Testing

@testable import Reporters

struct JSONValueTests {
  @Test func keepsTheOrderOfKeys() {
    let value = JSONValue.object([
      ("zebra", .integer(1)), ("ant", .array([.bool(true), .null])), ("mole", .array([])),
      ("cat", .object([])),
    ])
    #expect(
      value.rendered() == """
        {
          "zebra": 1,
          "ant": [
            true,
            null
          ],
          "mole": [],
          "cat": {}
        }

        """)
  }

  @Test(arguments: [
    ("plain", "plain"), ("\"\\/", "\\\"\\\\/"), ("\n\r\t", "\\n\\r\\t"), ("\r\n", "\\r\\n"),
    ("\u{0}\u{1B}\u{7F}\u{9B}", "\\u0000\\u001b\\u007f\\u009b"),
    ("\u{2028}\u{2029}", "\\u2028\\u2029"), ("\u{202E}\u{200B}", "\\u202e\\u200b"),
    ("\u{E0041}", "\\udb40\\udc41"), ("é 日本 🦊 e\u{301}", "é 日本 🦊 e\u{301}"),
  ])
  func escapes(text: String, written: String) {
    #expect(JSONValue.string(text).rendered() == "\"\(written)\"\n")
  }

  /// Every scalar comes back as it went in, and the text is free of what terminals act on.
  @Test func everyCharacterSurvives() throws {
    let all = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }
    for start in stride(from: 0, to: all.count, by: 0x4000) {
      var text = ""
      for scalar in all[start..<min(start + 0x4000, all.count)] {
        text.unicodeScalars.append(scalar)
      }
      let json = JSONValue.array([.string(text)]).rendered()
      let read = try JSONDecoder().decode([String].self, from: Data(json.utf8))
      #expect(read.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
      #expect(!json.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
    }
  }

  @Test func writesNumbersShort() {
    let numbers = [22.5, 40, 0.1, -3, .nan, .infinity]
    let texts = numbers.map { JSONValue.number($0).rendered() }
    #expect(texts == ["22.5\n", "40\n", "0.1\n", "-3\n", "null\n", "null\n"])
    #expect(JSONValue.optional(nil as Int?).rendered() == "null\n")
    #expect(JSONValue.optional(nil as String?).rendered() == "null\n")
  }
}
