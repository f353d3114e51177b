/// An extension module as a build script describes it.
struct SetupExtension: Hashable {
  /// Sources as written, and whether all of them are known.
  let sources: [String]
  let areSourcesComplete: Bool
  /// Macros by name; a `nil` value is a definition without one.
  let macros: [Macro]
  /// Folders as written.
  let includeFolders: [String]
  /// Compiler arguments as written.
  let arguments: [String]
  /// Line of the description.
  let line: Int

  struct Macro: Hashable {
    let name: String
    let value: String?
  }

  init(_ pairs: [PythonValue.Pair], line: Int) {
    func value(_ key: String) -> PythonValue? { pairs.last { $0.key == key }?.value }
    let sources = value("sources") ?? .list([], isComplete: false)
    self.sources = sources.items.items.compactMap(\.text)
    areSourcesComplete =
      sources.items.isComplete && self.sources.count == sources.items.items.count
    macros = Self.macros(value("define_macros"))
    includeFolders = (value("include_dirs")?.items.items ?? []).compactMap(\.text)
    arguments = (value("extra_compile_args")?.items.items ?? []).compactMap(\.text)
    self.line = line
  }

  /// The macros of a list of pairs. A value that is not known becomes 1.
  static func macros(_ value: PythonValue?) -> [Macro] {
    guard let value else { return [] }
    return value.items.items.compactMap { item in
      guard let name = item.items.items.first?.text else { return nil }
      switch item.items.items.dropFirst().first {
      case PythonValue.none?: return Macro(name: name, value: nil)
      case .string(let text)?: return Macro(name: name, value: text)
      case .int(let number)?: return Macro(name: name, value: String(number))
      case nil: return Macro(name: name, value: nil)
      default: return Macro(name: name, value: "1")
      }
    }
  }
}

/// Reads a build script in Python as far as it can be understood without running it: assignments,
/// `append`, `extend` and the like, and branches whose condition is known in the view of the audit.
/// Of a condition that is not known all branches count.
///
/// Limits: functions are read where they are defined, loops once, other files not at all.
struct SetupScript {
  private var expressions: PythonExpressions
  private let lines: [PythonLine]
  private var index = 0
  /// Number of branches around the present line whose condition is not known.
  private var uncertain = 0
  /// Strings in branches that do not run, and in lines that do.
  private var skippedStrings: Set<String> = []
  private var readStrings: Set<String> = []

  /// What a script says.
  struct Reading {
    /// The extensions that it describes for this platform.
    let extensions: [SetupExtension]
    /// Strings that stand only in branches for other platforms.
    let skippedStrings: Set<String>
  }

  /// Reads a script. `files` are the paths of the tree, for `glob`.
  static func read(_ text: String, files: [String]) -> Reading {
    var script = SetupScript(
      expressions: PythonExpressions(files: files), lines: PythonReader.lines(of: text))
    if let first = script.lines.first { script.block(indent: first.indent, depth: 0) }
    return Reading(
      extensions: script.expressions.extensions,
      skippedStrings: script.skippedStrings.subtracting(script.readStrings))
  }

  private init(expressions: PythonExpressions, lines: [PythonLine]) {
    self.expressions = expressions
    self.lines = lines
  }

  /// Executes the lines from here that are indented by at least `indent`.
  private mutating func block(indent: Int, depth: Int) {
    /// Whether a branch of the present `if` chain was taken.
    var isTaken = false
    /// Whether one of its conditions was about the platform.
    var chainAsksForPlatform = false
    while index < lines.count, lines[index].indent >= indent {
      let line = lines[index]
      index += 1
      guard case .name(let keyword) = line.tokens[0] else { continue }
      switch keyword {
      case "if", "elif", "else", "except":
        if keyword == "if" {
          isTaken = false
          chainAsksForPlatform = false
        }
        let colon = Self.colon(line.tokens)
        var truth: Bool? = keyword != "except" && !isTaken
        if truth == true, keyword == "if" || keyword == "elif" {
          expressions.line = line.line
          truth = expressions.evaluate(line.tokens[1..<colon]).truth
        }
        if truth == true { isTaken = true }
        if Self.asksForPlatform(line.tokens) { chainAsksForPlatform = true }
        if keyword != "except", truth == false, chainAsksForPlatform { noteSkipped(line) }
        // After 'try' an 'else' block runs: nothing is expected to fail.
        uncertain += truth == nil ? 1 : 0
        body(of: line, after: colon, runs: truth != false, depth)
        uncertain -= truth == nil ? 1 : 0
      case "for", "while", "with", "try", "finally", "def", "class", "async":
        if keyword == "try" || keyword == "for" || keyword == "while" { isTaken = false }
        let colon = Self.colon(line.tokens)
        body(of: line, after: colon, runs: true, depth)
      case "import", "from", "return", "raise", "pass", "global", "nonlocal", "del", "assert":
        if keyword == "return" {
          expressions.line = line.line
          _ = expressions.evaluate(line.tokens.dropFirst())
        }
      default:
        expressions.line = line.line
        statement(line.tokens)
      }
    }
  }

  /// Position of the colon that ends a compound statement's head.
  private static func colon(_ tokens: [PythonToken]) -> Int {
    var depth = 0
    for (position, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token else { continue }
      if "([{".contains(symbol) { depth += 1 }
      if ")]}".contains(symbol) { depth -= 1 }
      if symbol == ":", depth == 0 { return position }
    }
    return tokens.count
  }

  /// Executes or skips what follows a compound statement's colon.
  private mutating func body(of line: PythonLine, after colon: Int, runs: Bool, _ depth: Int) {
    if colon + 1 < line.tokens.count {
      if runs { statement(Array(line.tokens[(colon + 1)...])) }
      return
    }
    guard index < lines.count, lines[index].indent > line.indent else { return }
    let inner = lines[index].indent
    if runs, depth < 50 {
      block(indent: inner, depth: depth + 1)
    }
    // A block that is skipped, or lines that are indented oddly.
    while index < lines.count, lines[index].indent > line.indent { index += 1 }
  }

  /// Whether a condition is about the platform. Only then the strings of the branch that does not
  /// run are for other platforms.
  private static func asksForPlatform(_ tokens: [PythonToken]) -> Bool {
    let names: Set = ["platform", "WINDOWS", "MACOS", "OSX", "DARWIN", "LINUX", "POSIX", "BSD"]
    for (position, token) in tokens.enumerated() {
      guard case .name(let name) = token else { continue }
      if names.contains(name) {
        return position + 2 >= tokens.count
          || tokens[position + 2] != .name("python_implementation")
      }
      if name == "os", position + 2 < tokens.count, tokens[position + 2] == .name("name") {
        return true
      }
    }
    return false
  }

  /// Notes the strings of a branch that does not run, which begins at `index`.
  private mutating func noteSkipped(_ head: PythonLine) {
    var position = index
    while position < lines.count, lines[position].indent > head.indent {
      skippedStrings.formUnion(Self.strings(lines[position].tokens))
      position += 1
    }
  }

  private static func strings(_ tokens: [PythonToken]) -> [String] {
    tokens.compactMap {
      if case .string(let text, _) = $0 { return text }
      return nil
    }
  }

  private mutating func statement(_ tokens: [PythonToken]) {
    let strings = Self.strings(tokens)
    readStrings.formUnion(strings)
    // The limited API excludes most of free threading; a script that can choose will not take it.
    if uncertain > 0, strings.contains("Py_LIMITED_API") { return }
    var depth = 0
    for (position, token) in tokens.enumerated() {
      guard case .symbol(let symbol) = token else { continue }
      if "([{".contains(symbol) { depth += 1 }
      if ")]}".contains(symbol) { depth -= 1 }
      guard depth == 0, symbol == "=" || symbol == "+=" else { continue }
      assign(Array(tokens[..<position]), symbol, Array(tokens[(position + 1)...]))
      return
    }
    if !change(tokens) { _ = expressions.evaluate(tokens) }
  }

  private mutating func assign(
    _ target: [PythonToken], _ symbol: String, _ value: [PythonToken]
  ) {
    let value = expressions.evaluate(value)
    let (name, key) = Self.target(target)
    guard let name else { return }
    if let key {
      guard symbol == "=", let key = expressions.evaluate(key).text else { return }
      var pairs: [PythonValue.Pair] = []
      if case .dictionary(let known) = expressions.variables[name] { pairs = known }
      pairs.removeAll { $0.key == key }
      expressions.variables[name] = .dictionary(
        pairs + [PythonValue.Pair(key: key, value: value)])
    } else if symbol == "=" {
      expressions.variables[name] = value
    } else {
      expressions.variables[name] = (expressions.variables[name] ?? .unknown).adding(value)
    }
  }

  /// The dotted name that is assigned to, and the tokens of a subscript behind it.
  private static func target(_ tokens: [PythonToken]) -> (String?, [PythonToken]?) {
    var name = ""
    for (position, token) in tokens.enumerated() {
      switch token {
      case .name(let part): name += part
      case .symbol("."): name += "."
      case .symbol(":"): return (name.isEmpty ? nil : name, nil)
      case .symbol("[") where tokens.last == .symbol("]"):
        return (name.isEmpty ? nil : name, Array(tokens[(position + 1)...].dropLast()))
      default: return (nil, nil)
      }
    }
    return (name.isEmpty ? nil : name, nil)
  }

  /// `name.append(…)` and its like change the variable; `false` for any other statement.
  private mutating func change(_ tokens: [PythonToken]) -> Bool {
    guard let open = tokens.firstIndex(of: .symbol("(")), open >= 3, tokens.last == .symbol(")"),
      case .name(let method) = tokens[open - 1], tokens[open - 2] == .symbol("."),
      let name = Self.target(Array(tokens[..<(open - 2)])).0,
      ["append", "extend", "update", "insert", "add"].contains(method)
    else { return false }
    var content = Array(tokens[(open + 1)...].dropLast())
    if method == "insert", let comma = content.firstIndex(of: .symbol(",")) {
      content.removeFirst(comma + 1)
    }
    // 'evaluate' reads a comma at the end as a tuple.
    if content.last == .symbol(",") { content.removeLast() }
    let value = expressions.evaluate(content)
    let old = expressions.variables[name] ?? .list([], isComplete: false)
    switch method {
    case "append", "insert", "add":
      expressions.variables[name] = old.adding(.list([value], isComplete: true))
    case "update":
      if case .dictionary(let pairs) = old, case .dictionary(let more) = value {
        expressions.variables[name] = .dictionary(
          pairs.filter { pair in !more.contains { $0.key == pair.key } } + more)
      }
    default:
      expressions.variables[name] = old.adding(value)
    }
    return true
  }
}
