import ProgramModel

/// Identities of findings that survive edits elsewhere in the file.
package enum Fingerprints {
  /// The findings in report order, each once, with their fingerprints.
  ///
  /// A fingerprint is made of rule, path, function, symbol, the text of the finding's source line
  /// with insignificant blanks removed, and a number among findings that are equal in all these,
  /// counted in report order. It has no line number: code added above changes nothing. It is 32
  /// hexadecimal digits.
  ///
  /// - Parameter source: the bytes of a file given by its path relative to the audited root; nil
  ///   where it cannot be read, and then the line's text does not take part.
  package static func assign(
    to findings: [Finding], source: (_ path: String) -> [UInt8]?
  ) -> [Finding] {
    var files: [String: SourceLines?] = [:]
    var counts: [[UInt8]: Int] = [:]
    return findings.inReportOrder().map { finding in
      let path = finding.position.path
      let lines = files[path] ?? source(path).map(SourceLines.init)
      files[path] = .some(lines)
      let text = lines?.line(finding.position.line).map(normalised)
      let identity = encode([
        bytes("ftaudit fingerprint 1"), bytes(finding.rule), bytes(path), bytes(finding.function),
        bytes(finding.symbol), text,
      ])
      let ordinal = counts[identity, default: 0]
      counts[identity] = ordinal + 1
      var identified = finding
      let digest = SHA256.hex(identity + encode([bytes(String(ordinal))]))
      identified.fingerprint = String(digest.prefix(32))
      return identified
    }
  }

  /// The line with blanks kept only, as one space, where they part two words: reformatting
  /// `f( a )` to `f(a)` is no new finding.
  static func normalised(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var afterBlank = false
    for byte in line {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        afterBlank = true
        continue
      }
      if afterBlank, let last = result.last, isWord(last), isWord(byte) { result.append(0x20) }
      afterBlank = false
      result.append(byte)
    }
    return result
  }

  /// Letters, digits, `_` and every byte of a character beyond ASCII.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
    default: false
    }
  }

  private static func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }

  /// Each field with its length before it, so that no two lists of fields read the same.
  private static func encode(_ fields: [[UInt8]?]) -> [UInt8] {
    fields.flatMap { field in
      field.map { Array("\($0.count):".utf8) + $0 } ?? Array("-".utf8)
    }
  }
}
