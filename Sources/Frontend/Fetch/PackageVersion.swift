/// A version of a Python project, as PEP 440 orders versions.
package struct PackageVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// As it was written.
  package let description: String
  private let epoch: Int
  /// The release numbers without zeros at the end.
  private let release: [Int]
  /// How many release numbers were written, which `~=` and `.*` go by.
  private let writtenNumbers: [Int]
  /// What follows the release: before a final release for `dev`, `a`, `b`, `rc`; after it for
  /// `post`.
  private let stage: [Int]
  private let local: String

  /// nil for text that is no version.
  package init?(_ text: some StringProtocol) {
    description = trimmed(text)
    var rest = description.lowercased()[...]
    if rest.first == "v" { rest.removeFirst() }
    let parts = rest.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    local = parts.count > 1 ? String(parts[1]) : ""
    rest = parts.first ?? ""
    if let mark = rest.firstIndex(of: "!") {
      guard let number = Int(rest[..<mark]) else { return nil }
      epoch = number
      rest = rest[rest.index(after: mark)...]
    } else {
      epoch = 0
    }
    var numbers: [Int] = []
    while let number = Self.takeNumber(&rest) {
      numbers.append(number)
      guard rest.first == ".", rest.dropFirst().first?.isNumber == true else { break }
      rest.removeFirst()
    }
    guard !numbers.isEmpty else { return nil }
    writtenNumbers = numbers
    release = Array(numbers.reversed().drop { $0 == 0 }.reversed())
    var pre: (kind: Int, number: Int)?
    var post: Int?
    var dev: Int?
    while !rest.isEmpty {
      while let first = rest.first, ".-_".contains(first) { rest.removeFirst() }
      let word = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(word.count)
      while let first = rest.first, ".-_".contains(first), rest.dropFirst().first?.isNumber == true
      {
        rest.removeFirst()
      }
      let number = Self.takeNumber(&rest)
      switch word {
      case "a", "alpha": pre = (1, number ?? 0)
      case "b", "beta": pre = (2, number ?? 0)
      case "rc", "c", "pre", "preview": pre = (3, number ?? 0)
      case "post", "rev", "r": post = number ?? 0
      case "dev": dev = number ?? 0
      case "" where number != nil: post = number
      default: return nil
      }
    }
    // Bare development versions come before the first 'a'; a final release after every 'rc'.
    let isBareDev = dev != nil && pre == nil && post == nil
    stage = [
      isBareDev ? 0 : pre?.kind ?? 4, pre?.number ?? 0, post.map { $0 + 1 } ?? 0, dev ?? Int.max,
    ]
  }

  private static func takeNumber(_ text: inout Substring) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let number = Int(digits) else { return nil }
    text = text.dropFirst(digits.count)
    return number
  }

  /// Whether it is a release, with or without a post-release number.
  package var isFinal: Bool { stage[0] == 4 && stage[3] == Int.max }

  package static func == (left: Self, right: Self) -> Bool {
    left.key == right.key && left.local == right.local
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(local)
  }

  package static func < (left: Self, right: Self) -> Bool {
    if left.key != right.key { return left.key.lexicographicallyPrecedes(right.key) }
    return left.local < right.local
  }

  /// Numbers that compare as versions do: the release is filled up with zeros.
  private var key: [Int] {
    let filled = release.prefix(16) + Array(repeating: 0, count: max(0, 16 - release.count))
    return [epoch] + filled + stage
  }

  /// Whether the written release numbers of `other` begin this version's.
  func begins(with other: [Int]) -> Bool {
    let filled =
      writtenNumbers + Array(repeating: 0, count: max(0, other.count - writtenNumbers.count))
    return filled.starts(with: other)
  }

  /// The release numbers as written.
  var numbers: [Int] { writtenNumbers }

  /// The version without its local part.
  func withoutLocal() -> PackageVersion {
    PackageVersion(description.prefix { $0 != "+" }) ?? self
  }
}

/// Which versions a requirement allows, such as `>=2.12,<3`.
package struct VersionSpecifier: Sendable, Hashable, CustomStringConvertible {
  private struct Clause: Sendable, Hashable, Comparable {
    let comparison: String
    let text: String

    static func < (left: Clause, right: Clause) -> Bool {
      (left.comparison, left.text) < (right.comparison, right.text)
    }
  }

  private var clauses: [Clause]

  /// Every version.
  package static let any = VersionSpecifier(clauses: [])

  private init(clauses: [Clause]) { self.clauses = clauses }

  /// nil for text that is no specifier.
  package init?(_ text: some StringProtocol) {
    var found: Set<Clause> = []
    for part in text.split(separator: ",") {
      let clause = trimmed(part)
      guard
        let comparison = ["===", "~=", "==", "!=", "<=", ">=", "<", ">"].first(
          where: clause.hasPrefix)
      else { return nil }
      let version = trimmed(clause.dropFirst(comparison.count))
      let plain = version.hasSuffix(".*") ? version.dropLast(2) : version[...]
      guard PackageVersion(plain) != nil else { return nil }
      guard plain.count == version.count || comparison == "==" || comparison == "!=" else {
        return nil
      }
      found.insert(Clause(comparison: comparison, text: version))
    }
    clauses = found.sorted()
  }

  /// In a form that is the same for the same clauses; empty for every version.
  package var description: String {
    clauses.map { $0.comparison + $0.text }.joined(separator: ",")
  }

  /// Both.
  func and(_ other: VersionSpecifier) -> VersionSpecifier {
    VersionSpecifier(clauses: Set(clauses + other.clauses).sorted())
  }

  /// Whether it names one version, so that a withdrawn file may be taken.
  var isExact: Bool {
    clauses.contains { ["==", "==="].contains($0.comparison) && !$0.text.hasSuffix(".*") }
  }

  /// Whether it allows a version.
  package func allows(_ version: PackageVersion) -> Bool {
    clauses.allSatisfy { clause in
      let isPrefix = clause.text.hasSuffix(".*")
      guard let other = PackageVersion(isPrefix ? clause.text.dropLast(2) : clause.text[...]) else {
        return false
      }
      // A local part counts only where the specifier has one.
      let own = other.description.contains("+") ? version : version.withoutLocal()
      switch clause.comparison {
      case "==": return isPrefix ? own.begins(with: other.numbers) : own == other
      case "!=": return isPrefix ? !own.begins(with: other.numbers) : own != other
      case ">=": return own >= other
      case "<=": return own <= other
      case ">": return own > other && (!own.begins(with: other.numbers) || !isPost(own, of: other))
      case "<": return own < other
      case "~=": return own >= other && own.begins(with: Array(other.numbers.dropLast()))
      default: return version.description == clause.text
      }
    }
  }

  /// `>1.7` does not allow `1.7.post1`.
  private func isPost(_ version: PackageVersion, of other: PackageVersion) -> Bool {
    version.isFinal && version.numbers == other.numbers
  }
}
