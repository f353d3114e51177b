import Analysis
import Findings
import ProgramModel
import SourceModels
import Testing

@testable import Rules

@Suite struct GILCommentTests {
  private struct Text: SourceProvider {
    let text: String
    func bytes(of path: String) -> [UInt8]? { path == "unit.c" ? Array(text.utf8) : nil }
  }

  /// The finding at a line of a source, as it is when the comments have been read.
  private func annotated(
    _ source: String, line: Int, function: String? = nil, confidence: Confidence = .medium,
    category: Findings.Category = .staticState
  ) throws -> Finding {
    var rule = try #require(RuleCatalogue.all.first { $0.category == category })
    rule.category = category
    let finding = Finding(
      rule: rule, confidence: confidence, message: "A race.",
      position: SourcePosition(path: "unit.c", line: line, column: 1), function: function)
    let units = try SourceModels.units([("unit.c", source)])
    let analyses = analyse(Linker.link(units: units))
    return try #require(
      GILComments(analyses, sources: Text(text: source)).annotate([finding]).first)
  }

  @Test func aCommentBesideTheFindingIsQuoted() throws {
    let finding = try annotated("/* protected by the GIL */\nstatic int count;\n", line: 2)
    #expect(finding.confidence == .high)
    #expect(finding.message == "A race. A comment in line 1 says: \"protected by the GIL\".")
  }

  @Test func oneStepOnly() throws {
    let source = "// not thread safe\nstatic int count;\n"
    #expect(try annotated(source, line: 2, confidence: .low).confidence == .medium)
    #expect(try annotated(source, line: 2, confidence: .high).confidence == .high)
  }

  @Test func farAwayIsNothingButInTheFunction() throws {
    let gap = String(repeating: "  x++;\n", count: 9)
    let source = "int f(int x) {\n  // The GIL is held, so this is atomic.\n\(gap)  return x;\n}\n"
    #expect(try annotated(source, line: 12).message == "A race.")
    #expect(
      try annotated(source, line: 12, function: "f").message
        == "A race. A comment in line 2 says: \"The GIL is held, so this is atomic.\".")
  }

  @Test func declarationsOfModulesAreNotTouched() throws {
    let finding = try annotated(
      "// guarded by the GIL\nint x;\n", line: 2, category: .moduleDeclaration)
    #expect(finding.message == "A race.")
  }

  @Test(arguments: [
    "protected by the GIL", "Safe: GIL is held here.", "this is NOT thread-safe",
    "holding the GIL makes this atomic", "thread safe because of the interpreter lock: guarded",
    "serialised by the\n * global interpreter lock, which protects it",
  ])
  func tellingWords(text: String) { #expect(TellingWords.quote(text) != nil) }

  @Test(arguments: [
    "safe without the GIL", "release the GIL here, it is held", "gilded and safe", "the GIL",
    "free-threaded builds have no GIL to protect this", "thread safe", "holds the lock",
    "the agile guard is safe", "We are *NOT* holding the GIL", "may or may not be holding the GIL",
  ])
  func otherWords(text: String) { #expect(TellingWords.quote(text) == nil) }

  @Test func aLongCommentIsCut() throws {
    let filler = Array(repeating: "word", count: 40).joined(separator: " ")
    let quote = try #require(TellingWords.quote("\(filler) protected by the GIL \(filler)"))
    #expect(quote.count < 110)
    #expect(quote.hasPrefix("…"))
    #expect(quote.hasSuffix("…"))
    #expect(quote.contains("protected by the GIL"))
  }

  @Test func commentsAreFoundAndTextsAreNot() {
    let source = """
      char *a = "// not one"; // one
      // goes on
      /* two
       * lines */ char b = '"'; /* three */
      """
    let found = CommentScanner(Array(source.utf8)).comments()
    #expect(found.map(\.lines) == [1...2, 3...4, 4...4])
    #expect(found.map(\.text) == ["one\ngoes on", "two\nlines ", "three "])
  }
}
