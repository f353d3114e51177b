import Testing

@testable import Findings

struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func standardVectors(message: String, digest: String) {
    #expect(SHA256.hex(Array(message.utf8)) == digest)
  }

  /// Lengths around the ends of blocks, where the padding changes.
  @Test(arguments: [
    (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    (10000, "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711"),
  ])
  func lengthsAroundBlocks(count: Int, digest: String) {
    #expect(SHA256.hex(Array(repeating: UInt8(ascii: "a"), count: count)) == digest)
  }
}

struct FingerprintTests {
  /// Fingerprints of one finding on the given line of the text.
  private func fingerprint(of finding: Finding, in text: String?) -> String {
    Fingerprints.assign(to: [finding]) { _ in text.map { Array($0.utf8) } }[0].fingerprint
  }

  @Test func areThirtyTwoHexadecimalDigits() {
    let print = fingerprint(of: sample(), in: "x")
    #expect(print.count == 32)
    #expect(print.allSatisfy { $0.isHexDigit && !$0.isUppercase })
  }

  /// A published baseline breaks when this changes.
  @Test func stayAsPublished() {
    let print = fingerprint(of: sample(), in: "static PyObject *cache;\n")
    #expect(print == "4235de103e188d1be965346cded25d87")
  }

  @Test func doNotKnowLineNumbers() {
    let before = fingerprint(of: sample(line: 1), in: "static int n;\n")
    let after = fingerprint(of: sample(line: 3), in: "/* new */\n\nstatic int n;\n")
    #expect(before == after)
  }

  @Test(arguments: [
    "f(a, b);", "  f( a,\tb ) ;", "f(a, b);\r", "f (a,b);",
  ])
  func doNotKnowBlanks(line: String) {
    #expect(fingerprint(of: sample(), in: line) == fingerprint(of: sample(), in: "f(a,b);"))
  }

  @Test func knowBlanksBetweenWords() {
    #expect(fingerprint(of: sample(), in: "int n") != fingerprint(of: sample(), in: "intn"))
    #expect(Fingerprints.normalised(Array("\t int   n = 1 ;".utf8)[...]) == Array("int n=1;".utf8))
  }

  @Test func differWithEachField() {
    let variants = [
      sample(), sample(rule: "other"), sample(path: "b.c"), sample(function: "put"),
      sample(function: nil), sample(function: ""), sample(symbol: "other"), sample(symbol: nil),
      // Fields must not run into each other.
      sample(function: "getc", symbol: "ache"),
    ]
    let prints = Set(variants.map { fingerprint(of: $0, in: "x") })
    #expect(prints.count == variants.count)
    #expect(!prints.contains(fingerprint(of: sample(), in: "y")))
    #expect(!prints.contains(fingerprint(of: sample(), in: nil)))
  }

  @Test func doNotKnowSeverityOrMessage() {
    #expect(
      fingerprint(of: sample(severity: .low, message: "new words"), in: "x")
        == fingerprint(of: sample(), in: "x"))
  }

  @Test func numberEqualOnesInTheOrderOfTheirPlaces() {
    let text = Array("n++;\nn++;\n".utf8)
    let first = sample(line: 1)
    let second = sample(line: 2)
    let forward = Fingerprints.assign(to: [first, second]) { _ in text }
    let backward = Fingerprints.assign(to: [second, first]) { _ in text }
    #expect(forward == backward)
    #expect(forward[0].fingerprint != forward[1].fingerprint)
    #expect(forward[0].fingerprint == fingerprint(of: first, in: "n++;"))
  }

  @Test func doNotKnowUnrelatedFindings() {
    let text = Array("a\nb\nc\n".utf8)
    let alone = Fingerprints.assign(to: [sample(line: 2)]) { _ in text }
    let among = Fingerprints.assign(
      to: [sample(line: 3), sample(severity: .critical, line: 1), sample(line: 2)]
    ) { _ in text }
    #expect(among.filter { $0.line == 2 } == alone)
  }

  @Test func readEachFileOnce() {
    var reads: [String] = []
    let findings = [
      sample(line: 1), sample(line: 2), sample(path: "gone.c"), sample(path: "gone.c", line: 2),
    ]
    _ = Fingerprints.assign(to: findings) { path in
      reads.append(path)
      return path == "gone.c" ? nil : Array("x\ny".utf8)
    }
    #expect(reads == ["a.c", "gone.c"])
  }
}

struct SourceLinesTests {
  @Test func numberLinesFromOneWithoutTheirEnds() {
    let lines = SourceLines(Array("one\r\ntwo\n\nlast".utf8))
    #expect(
      (0...5).map { lines.line($0).map { String(decoding: $0, as: UTF8.self) } }
        == [nil, "one", "two", "", "last", nil])
    #expect(lines.all.count == 4)
  }

  @Test func anEmptyFileHasOneEmptyLine() {
    let lines = SourceLines([])
    #expect(lines.line(1)?.isEmpty == true)
    #expect(lines.line(2) == nil)
    #expect(lines.all.isEmpty)
  }
}
