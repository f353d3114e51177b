/// Finds words in bytes: the search of strings is many times slower.
enum ByteSearch {
  /// Whether `bytes` contain `word`.
  static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
    contains(bytes[...], Array(word.utf8))
  }

  /// Whether `bytes` contain `word`.
  static func contains(_ bytes: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return false }
    var index = bytes.startIndex
    while index <= bytes.endIndex - word.count {
      if bytes[index] == first {
        var offset = 1
        while offset < word.count, bytes[index + offset] == word[offset] { offset += 1 }
        if offset == word.count { return true }
      }
      index += 1
    }
    return false
  }
}

/// Words to look for all at once: one pass over the bytes, whatever their number.
struct WordTable {
  /// The words by their first byte; those that no word begins with are most bytes of a text.
  private var byFirst: [[[UInt8]]] = Array(repeating: [], count: 256)
  private var begins = [Bool](repeating: false, count: 256)

  /// Empty words are never found.
  init(_ words: [String]) {
    for word in words.map({ Array($0.utf8) }) {
      guard let first = word.first else { continue }
      byFirst[Int(first)].append(word)
      begins[Int(first)] = true
    }
  }

  /// Whether any of the words stands in `bytes`.
  func isFound(in bytes: ArraySlice<UInt8>) -> Bool {
    var index = bytes.startIndex
    let end = bytes.endIndex
    while index < end {
      let byte = bytes[index]
      if begins[Int(byte)] {
        for word in byFirst[Int(byte)] where end - index >= word.count {
          var offset = 1
          while offset < word.count, bytes[index + offset] == word[offset] { offset += 1 }
          if offset == word.count { return true }
        }
      }
      index += 1
    }
    return false
  }
}
