import Findings
import Foundation
import Repair
import Testing

/// A file's text with one edit per marked range: `«old→new»`.
struct Marked {
  var original: [UInt8] = []
  var edits: [(range: Range<Int>, replacement: String)] = []

  init(_ text: String) {
    for (index, part) in text.components(separatedBy: "«").enumerated() {
      guard index > 0 else {
        original += part.utf8
        continue
      }
      let halves = part.components(separatedBy: "»")
      let change = halves[0].components(separatedBy: "→")
      let start = original.count
      original += change[0].utf8
      edits.append((start..<original.count, change[1]))
      original += halves[1].utf8
    }
  }

  func edit(_ index: Int, _ path: String) -> SourceEdit {
    func place(_ offset: Int) -> SourceEdit.Place {
      let before = original[..<offset]
      let line = before.count { $0 == 0x0A }
      let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      return SourceEdit.Place(offset: offset, line: line + 1, column: offset - start + 1)
    }
    let (range, replacement) = edits[index]
    return SourceEdit(
      path: path, start: place(range.lowerBound), end: place(range.upperBound),
      replacement: replacement)
  }

  /// One fix of all edits, or one for each.
  func fixes(_ path: String = "a.c", apart: Bool = false) -> [FindingFix] {
    let all = edits.indices.map { edit($0, path) }
    return apart
      ? all.map { FindingFix(description: "", edits: [$0]) }
      : [FindingFix(description: "", edits: all)]
  }
}

struct CompositionTests {
  private func edited(_ fixes: [FindingFix], _ bytes: [UInt8]) -> (String, [RepairRefusal]) {
    let composition = FixComposition(fixes) { _ in bytes }
    return (
      String(decoding: composition.files.first?.edited ?? bytes, as: UTF8.self),
      composition.refusals.sorted { $0.key < $1.key }.map(\.value)
    )
  }

  @Test func editsOfOneFile() {
    let marked = Marked("one «two→2» three«→, four»\n«five\n→»six\n")
    let (text, refusals) = edited(marked.fixes(), marked.original)
    #expect(text == "one 2 three, four\nsix\n")
    #expect(refusals.isEmpty)
  }

  @Test func insertionsAtOnePlaceKeepTheirOrder() {
    let marked = Marked("a«→1»«→2»«b→B»\n")
    let (text, _) = edited(marked.fixes(apart: true), marked.original)
    #expect(text == "a12B\n")
    let (turned, _) = edited(marked.fixes(apart: true).reversed(), marked.original)
    #expect(turned == "a21B\n")
  }

  @Test func overlappingFixIsLeftOutWhole() throws {
    let first = Marked("a «bcd→X» e f\n")
    let second = Marked("a b«c→Y»d e «f→F»\n")
    let (text, refusals) = edited(first.fixes() + second.fixes(), first.original)
    #expect(text == "a X e f\n")
    #expect(refusals == [.overlap])
    let inside = Marked("a b«→Y»cd e f\n")
    #expect(edited(first.fixes() + inside.fixes(), first.original).1 == [.overlap])
    let beside = Marked("a bcd«→Y» e f\n")
    #expect(edited(first.fixes() + beside.fixes(), first.original).0 == "a XY e f\n")
  }

  @Test func sameFixTwiceIsDoneOnce() {
    let marked = Marked("a «b→»c\n")
    let composition = FixComposition(marked.fixes() + marked.fixes()) { _ in marked.original }
    #expect(composition.isTaken == [true, true])
    #expect(composition.files.map(\.edited) == [Array("a c\n".utf8)])
  }

  @Test func filesThatMayNotBeEdited() {
    let marked = Marked("a «b→»c\n")
    let composition = FixComposition(marked.fixes()) { _ in nil }
    #expect(composition.files.isEmpty)
    #expect(composition.refusals == [0: .fileNotEditable])
    let short = FixComposition(marked.fixes()) { _ in [0x61] }
    #expect(short.refusals == [0: .placeNotFound])
  }

  private func diff(_ text: String, _ path: String = "a.c") -> String {
    let marked = Marked(text)
    let files = FixComposition(marked.fixes(path)) { _ in marked.original }.files
    return String(decoding: UnifiedDiff.text(files), as: UTF8.self)
  }

  @Test func diffText() {
    #expect(
      diff("1\n2\n3\n4\n«5→five»\n6\n7\n8\n9\n") == """
        diff --git a/a.c b/a.c
        --- a/a.c
        +++ b/a.c
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """)
    #expect(diff("1\n«2→2»\n").isEmpty)
    #expect(diff("«1→one»", "x y.c").hasPrefix("diff --git a/x y.c b/x y.c\n--- a/x y.c\t\n"))
    #expect(diff("«1→one»", "ä.c").contains("--- \"a/\\303\\244.c\"\n"))
  }

  @Test func nearChangesShareAHunk() {
    func hunks(_ gap: Int) -> Int {
      let between = (0..<gap).map { "\($0)\n" }.joined()
      return diff("«a→A»\n\(between)«b→B»\n").components(separatedBy: "\n@@ ").count - 1
    }
    #expect(hunks(6) == 1)
    #expect(hunks(7) == 2)
  }
}

/// The patches, taken by git itself.
struct GitApplyTests {
  private static let texts = [
    "1\n2\n3\n4\n«5→five»\n6\n7\n8\n9\n",
    "«→zero\n»1\n2\n",
    "1\n2\n«→three\n»",
    "1\n2«→ and more»",
    "1\n«2→»",
    "1\n2«\n→»",
    "1\n2«→\n»",
    "«1\n2\n→»",
    "«1→one»",
    "«→one\n»",
    "a\r\n«b→B;\r\n\tC»\r\nc\r\n",
    "\tif (x)«→ {»\n\t\treturn «v→w»;«→\n\t}»\n\treturn 0;\n",
    "1«\n→ »2«\n→ »3\n4\n5\n",
    "1\n2\n3\n«4\n→»5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n«15→»\n16\n17\n",
    "\n\n«→\n»\n\n\n\n\n\n\n\n\n«→x»\n\n",
  ]
  private static let names = ["a.c", "src dir/a b.c", "src/\u{E4}\"\\.c", "tab\there.c"]

  @Test(arguments: texts, names)
  func patchGivesWhatIsWritten(text: String, name: String) throws {
    let marked = Marked(text)
    // Bytes that are no UTF-8 must come through as they are.
    let noise: [UInt8] = [0xFF, 0xC3, 0x0A]
    let file = try #require(
      FixComposition(
        marked.fixes(name).map { fix in
          FindingFix(
            description: "",
            edits: fix.edits.map { edit in
              var edit = edit
              edit.start.offset += noise.count
              edit.end.offset += noise.count
              return edit
            })
        }
      ) { _ in noise + marked.original }.files.first)
    let folder = FileManager.default.temporaryDirectory.appending(path: "ftaudit-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(file.original).write(to: target)
    let patch = folder.appending(path: "fix.patch")
    try Data(UnifiedDiff.text([file])).write(to: patch)

    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "apply", "--whitespace=nowarn", "fix.patch"]
    process.currentDirectoryURL = folder
    // A repository around the temporary folder must not matter.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["GIT_CEILING_DIRECTORIES": folder.deletingLastPathComponent().path()]) { $1 }
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: complaint, as: UTF8.self))")
    // git removes a file that becomes empty only where the patch says so; ours never does.
    let result = [UInt8](try Data(contentsOf: target))
    #expect(result == file.edited)
  }
}
