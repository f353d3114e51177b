/// The format of `PyArg_ParseTuple` and its relatives, unit by unit.
package enum ArgumentFormat {
  /// What one argument behind the format is for.
  package enum Slot: Hashable, Sendable {
    /// The address of a variable that receives a borrowed reference to any object.
    case object
    /// A type, for the object that the next argument receives.
    case type
    /// The address of a variable that receives a borrowed reference to an object of a type.
    case typedObject
    /// A converter function, a number, a string, a buffer.
    case other
  }

  /// The arguments that a format asks for, in order. The format's text is without quotes.
  package static func slots(of format: String) -> [Slot] {
    var found: [Slot] = []
    let characters = Array(format)
    var index = 0
    /// Takes the mark if it follows.
    func follows(_ marks: Set<Character>) -> Character? {
      guard index + 1 < characters.count, marks.contains(characters[index + 1]) else { return nil }
      index += 1
      return characters[index]
    }
    while index < characters.count {
      switch characters[index] {
      case ":", ";": return found
      case "O":
        switch follows(["!", "&"]) {
        case "!"?: found += [.type, .typedObject]
        case "&"?: found += [.other, .other]
        default: found.append(.object)
        }
      case "S", "U", "Y": found.append(.object)
      case "s", "z", "y", "w":
        let mark = follows(["#", "*"])
        found.append(.other)
        if mark == "#" { found.append(.other) }
      case "u":
        found.append(.other)
        if follows(["#"]) != nil { found.append(.other) }
      case "e":
        // "es", "et": the encoding and the buffer; with '#' the length.
        index += 1
        found += [.other, .other]
        if follows(["#"]) != nil { found.append(.other) }
      case "b", "B", "h", "H", "i", "I", "l", "k", "L", "K", "n", "c", "C", "f", "d", "D", "p":
        found.append(.other)
      default: break
      }
      index += 1
    }
    return found
  }
}
