package import Findings

/// The edits of one file that go together, and what they make of it.
package struct FileEdits: Sendable {
  /// Relative to the audited root, with `/`.
  package let path: String
  /// The file before the edits.
  package let original: [UInt8]
  /// Sorted by place; none overlap. Insertions at one place stand in the order of their fixes.
  package let edits: [SourceEdit]

  init(path: String, original: [UInt8], edits: [SourceEdit]) {
    self.path = path
    self.original = original
    self.edits = edits
  }

  /// The file after the edits.
  package var edited: [UInt8] { applied(to: 0..<original.count, edits[...]) }

  /// A part of the file with the edits that lie in it.
  func applied(to range: Range<Int>, _ edits: ArraySlice<SourceEdit>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var done = range.lowerBound
    for edit in edits {
      result += original[done..<edit.range.lowerBound]
      result += edit.replacement.utf8
      done = edit.range.upperBound
    }
    return result + original[done..<range.upperBound]
  }
}

/// Puts the fixes of many findings together: for each file one list of edits.
package struct FixComposition: Sendable {
  /// Sorted by path; a file without edits is not among them.
  package private(set) var files: [FileEdits] = []
  /// For each fix given, in their order, whether its edits are among those of `files`.
  package private(set) var isTaken: [Bool] = []
  /// For each fix that is left out, why.
  package private(set) var refusals: [Int: RepairRefusal] = [:]

  /// Takes the fixes in their order. A fix that overlaps with one taken before is left out whole;
  /// one whose edits are all
  /// among those of one taken before is taken with it.
  ///
  /// - Parameter source: the bytes of a file by its path relative to the audited root; nil where
  ///   it may not be edited.
  package init(_ fixes: [FindingFix], source: (_ path: String) -> [UInt8]?) {
    var files: [String: [UInt8]?] = [:]
    var taken: [String: [SourceEdit]] = [:]
    var known: [Set<SourceEdit>] = []
    for (index, fix) in fixes.enumerated() {
      let edits = Set(fix.edits)
      // A fix of several functions can hold another one whole.
      if known.contains(where: edits.isSubset) {
        isTaken.append(true)
        continue
      }
      let held = known.filter(edits.isSuperset).reduce(into: Set()) { $0.formUnion($1) }
      let new = fix.edits.filter { !held.contains($0) }
      for path in Set(new.map(\.path)) where files[path] == nil {
        files[path] = .some(source(path))
      }
      if let refusal = Self.refusal(of: new, files, taken) {
        refusals[index] = refusal
        isTaken.append(false)
        continue
      }
      for edit in new {
        var list = taken[edit.path] ?? []
        let place = list.firstIndex { edit.isBefore($0) } ?? list.endIndex
        list.insert(edit, at: place)
        taken[edit.path] = list
      }
      known.append(edits)
      isTaken.append(true)
    }
    self.files = taken.sorted { $0.key < $1.key }.compactMap { path, list in
      guard let original = files[path] ?? nil else { return nil }
      return FileEdits(path: path, original: original, edits: list)
    }
  }

  private static func refusal(
    of edits: [SourceEdit], _ files: [String: [UInt8]?], _ taken: [String: [SourceEdit]]
  ) -> RepairRefusal? {
    for (index, edit) in edits.enumerated() {
      guard let bytes = files[edit.path] ?? nil else { return .fileNotEditable }
      guard edit.range.lowerBound >= 0, edit.range.upperBound <= bytes.count else {
        return .placeNotFound
      }
      if edits[..<index].contains(where: { edit.overlaps($0) }) { return .overlap }
      if taken[edit.path, default: []].contains(where: { edit.overlaps($0) }) {
        return .overlap
      }
    }
    return nil
  }
}

extension SourceEdit {
  /// Whether both cannot be made: they replace a common byte, or one inserts within what the other
  /// replaces.
  func overlaps(_ other: SourceEdit) -> Bool {
    guard path == other.path else { return false }
    if range.isEmpty || other.range.isEmpty {
      let (inner, outer) = range.isEmpty ? (range, other.range) : (other.range, range)
      return outer.lowerBound < inner.lowerBound && inner.lowerBound < outer.upperBound
    }
    return range.overlaps(other.range)
  }

  /// Whether it stands before an edit that was taken before it. Of insertions at one place the
  /// older stays first; an insertion stands before the replacement that begins there.
  fileprivate func isBefore(_ other: SourceEdit) -> Bool {
    if range.lowerBound != other.range.lowerBound {
      return range.lowerBound < other.range.lowerBound
    }
    return range.isEmpty && !other.range.isEmpty
  }
}
