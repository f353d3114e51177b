/// A requirement such as `numpy>=2.0; python_version>="3.9"`, as PEP 508 writes it.
package struct Requirement: Sendable, Hashable {
  /// The project's name, normalised.
  package let project: String
  /// The versions that are allowed.
  package let specifier: VersionSpecifier
  /// The condition after the semicolon; empty without one.
  private let marker: String

  /// nil for text that is no requirement.
  package init?(_ text: String) {
    let halves = text.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
    marker = halves.count > 1 ? trimmed(halves[1]) : ""
    var rest = trimmed(halves.first ?? "")[...]
    let name = rest.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    guard ProjectName.isValid(name) else { return nil }
    project = ProjectName.normalised(name)
    rest = trimmed(rest.dropFirst(name.count))[...]
    if rest.first == "[", let end = rest.firstIndex(of: "]") {
      rest = trimmed(rest[rest.index(after: end)...])[...]
    }
    if rest.first == "(", rest.last == ")" { rest = rest.dropFirst().dropLast() }
    // A requirement by address has no version to go by.
    specifier = rest.first == "@" ? .any : VersionSpecifier(rest) ?? .any
  }

  /// Whether the condition holds for CPython `version`, such as "3.14", on Linux. What cannot be
  /// told counts as holding.
  package func applies(to version: String) -> Bool {
    guard !marker.isEmpty else { return true }
    var reader = MarkerReader(marker, version: version)
    return reader.evaluate() ?? true
  }
}

/// Decides an environment marker in three values.
private struct MarkerReader {
  private enum Token: Hashable {
    case text(String)
    case variable(String)
    case symbol(String)
  }

  private var tokens: [Token] = []
  private var index = 0
  private let values: [String: String]

  init(_ marker: String, version: String) {
    values = [
      "python_version": version, "python_full_version": version + ".0",
      "platform_python_implementation": "CPython", "implementation_name": "cpython",
      "implementation_version": version + ".0", "sys_platform": "linux",
      "platform_system": "Linux", "os_name": "posix",
    ]
    // Markers are spelled like Python's conditions.
    for token in PythonReader.lines(of: marker).flatMap(\.tokens) {
      switch token {
      case .string(let text, _): tokens.append(.text(text))
      case .name(let name), .number(let name): tokens.append(.variable(name))
      case .symbol(let symbol):
        if case .symbol(let before)? = tokens.last, "<>=!~".contains(symbol.first ?? " "),
          before != "(", before != ")"
        {
          tokens[tokens.count - 1] = .symbol(before + symbol)
        } else {
          tokens.append(.symbol(symbol))
        }
      }
    }
  }

  mutating func evaluate() -> Bool? {
    guard tokens.count < 200 else { return nil }
    let value = disjunction(0)
    return index == tokens.count ? value : nil
  }

  private mutating func take(_ token: Token) -> Bool {
    guard index < tokens.count, tokens[index] == token else { return false }
    index += 1
    return true
  }

  private mutating func disjunction(_ depth: Int) -> Bool? {
    var value = conjunction(depth)
    while take(.variable("or")) {
      let other = conjunction(depth)
      value = value == true || other == true ? true : value == false ? other : nil
    }
    return value
  }

  private mutating func conjunction(_ depth: Int) -> Bool? {
    var value = comparison(depth)
    while take(.variable("and")) {
      let other = comparison(depth)
      value = value == false || other == false ? false : value == true ? other : nil
    }
    return value
  }

  private mutating func comparison(_ depth: Int) -> Bool? {
    if take(.symbol("(")) {
      guard depth < 50 else { return nil }
      let value = disjunction(depth + 1)
      return take(.symbol(")")) ? value : nil
    }
    guard let left = operand(), index < tokens.count, case .symbol(let comparison) = tokens[index]
    else { return nil }
    index += 1
    guard let right = operand() else { return nil }
    guard let left = left.value, let right = right.value else { return nil }
    if let version = PackageVersion(left), PackageVersion(right) != nil,
      let specifier = VersionSpecifier(comparison + right)
    {
      return specifier.allows(version)
    }
    switch comparison {
    case "==": return left == right
    case "!=": return left != right
    default: return nil
    }
  }

  /// A value that may be unknown; nil where there is no operand.
  private mutating func operand() -> (value: String?, Void)? {
    guard index < tokens.count else { return nil }
    defer { index += 1 }
    switch tokens[index] {
    case .text(let text): return (text, ())
    case .variable(let name): return (values[name], ())
    case .symbol: return nil
    }
  }
}

/// What `[build-system] requires` of a `pyproject.toml` names.
enum BuildRequirements {
  /// The versions allowed of each project, by its normalised name, for CPython `version`.
  static func read(_ toml: String, version: String) -> [String: VersionSpecifier] {
    var found: [String: VersionSpecifier] = [:]
    var expressions = PythonExpressions(files: [])
    var table = ""
    // Lists, strings and comments of TOML read like Python's.
    for line in PythonReader.lines(of: toml) {
      if line.tokens[0] == .symbol("[") {
        table = line.tokens.map(text).joined()
        continue
      }
      guard table == "[build-system]", line.tokens.first.map(text) == "requires",
        line.tokens.dropFirst().first == .symbol("=")
      else { continue }
      expressions.line = line.line
      for case .string(let text) in expressions.evaluate(line.tokens.dropFirst(2)).items.items {
        guard let requirement = Requirement(text), requirement.applies(to: version) else {
          continue
        }
        found[requirement.project] =
          found[requirement.project, default: .any].and(requirement.specifier)
      }
    }
    return found
  }

  private static func text(_ token: PythonToken) -> String {
    switch token {
    case .name(let text), .number(let text), .symbol(let text), .string(let text, _): return text
    }
  }
}
