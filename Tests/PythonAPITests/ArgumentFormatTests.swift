import Testing

@testable import PythonAPI

@Suite struct ArgumentFormatTests {
  /// One letter for each slot: `O` any object, `!` one of a type, `T` the type, `-` other.
  private func letters(_ format: String) -> String {
    ArgumentFormat.slots(of: format).map { slot in
      switch slot {
      case .object: "O"
      case .type: "T"
      case .typedObject: "!"
      case .other: "-"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", ""), ("O", "O"), ("OOO", "OOO"),
    ("O!O|O:f", "T!OO"), ("O&", "--"), ("O&O", "--O"), ("OO&O!", "O--T!"),
    ("SUY", "OOO"),
    // A number of bytes follows '#', a 'Py_buffer' takes both.
    ("s", "-"), ("s#", "--"), ("s*", "-"), ("s#y*", "---"), ("z#O", "--O"), ("y#O", "--O"),
    ("w*O", "-O"), ("u#O", "--O"), ("uO", "-O"),
    // The encoding comes before the buffer.
    ("es", "--"), ("et", "--"), ("es#", "---"), ("et#O", "---O"), ("esO", "--O"),
    ("bBhHiIlkLKn", "-----------"), ("cCfdDp", "------"),
    // The items of a nested tuple are arguments like others.
    ("(OO)i", "OO-"), ("O(iO!)O", "O-T!O"), ("((O))", "O"),
    ("|$O", "O"), ("O|O$O", "OOO"), ("i|i$p:name", "---"),
    // What follows is the name or the message.
    (":OO", ""), ("O:OO", "O"), ("O;takes an Object", "O"), (";OO", ""),
    ("O O", "OO"),
  ])
  func slots(_ format: String, _ expected: String) {
    #expect(letters(format) == expected, "\(format)")
  }

  @Test func formatsThatEndTooEarlyAreNoHarm() {
    #expect(letters("O!O&") == "T!--")
    #expect(letters("e") == "--")
    #expect(letters("|") == "")
    #expect(letters("O?O") == "OO")
  }
}
