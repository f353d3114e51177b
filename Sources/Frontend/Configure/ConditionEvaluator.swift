/// Decides a preprocessor condition in three values, knowing only the macros that the platform and
/// the free-threaded view fix.
struct ConditionEvaluator {
  /// Macros that are defined in every unit we read: Linux, GCC-like compiler, free-threaded.
  static let defined: Set<String> = [
    "Py_GIL_DISABLED", "NDEBUG", "__linux__", "__linux", "__unix__", "__GNUC__", "__clang__",
  ]
  /// Macros that are never defined there.
  static let undefined: Set<String> = [
    "_WIN32", "_WIN64", "WIN32", "WIN64", "_MSC_VER", "MS_WINDOWS", "MS_WIN32", "MS_WIN64",
    "__MINGW32__", "__MINGW64__", "__CYGWIN__", "__BORLANDC__", "__APPLE__", "__MACH__",
    "__FreeBSD__", "__OpenBSD__", "__NetBSD__", "__DragonFly__", "__sun", "__sun__", "_AIX",
    "__hpux", "__HAIKU__", "__EMSCRIPTEN__", "PYPY_VERSION", "PYPY_VERSION_NUM",
    "GRAALVM_PYTHON",
  ]

  private let tokens: [Substring]
  private var index = 0

  /// The value of the condition of an `#if` or `#elif`; `nil` when unknown.
  static func evaluate(_ text: String) -> Bool? {
    var evaluator = ConditionEvaluator(tokens: tokenise(text))
    let value = evaluator.disjunction()
    return evaluator.index == evaluator.tokens.count ? value : nil
  }

  /// Whether `name` is defined; `nil` when unknown.
  static func isDefined(_ name: some StringProtocol) -> Bool? {
    let name = String(name)
    return defined.contains(name) ? true : undefined.contains(name) ? false : nil
  }

  private init(tokens: [Substring]) { self.tokens = tokens }

  private static func tokenise(_ text: String) -> [Substring] {
    var tokens: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isLetter || first.isNumber || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(word)
        rest = rest.dropFirst(word.count)
      } else {
        let length = rest.hasPrefix("&&") || rest.hasPrefix("||") ? 2 : 1
        tokens.append(rest.prefix(length))
        rest = rest.dropFirst(length)
      }
      if tokens.count > 200 { break }
    }
    return tokens
  }

  private mutating func take(_ token: String) -> Bool {
    guard index < tokens.count, tokens[index] == token else { return false }
    index += 1
    return true
  }

  private mutating func disjunction() -> Bool? {
    var value = conjunction()
    while take("||") {
      let other = conjunction()
      value = value == true || other == true ? true : value == false ? other : nil
    }
    return value
  }

  private mutating func conjunction() -> Bool? {
    var value = negation()
    while take("&&") {
      let other = negation()
      value = value == false || other == false ? false : value == true ? other : nil
    }
    return value
  }

  private mutating func negation() -> Bool? {
    var isNegated = false
    while take("!") { isNegated.toggle() }
    guard let value = primary() else { return nil }
    return value != isNegated
  }

  /// One operand. An operand that is compared or calculated with is unknown as a whole.
  private mutating func primary() -> Bool? {
    guard index < tokens.count else { return nil }
    var value: Bool?
    if take("(") {
      value = disjunction()
      if !take(")") {
        skipOperand()
        return nil
      }
    } else if take("defined") {
      let isParenthesised = take("(")
      guard index < tokens.count else { return nil }
      value = Self.isDefined(tokens[index])
      index += 1
      if isParenthesised, !take(")") { return nil }
    } else {
      let token = tokens[index]
      index += 1
      if token.allSatisfy(\.isNumber) {
        value = token != "0"
      } else if Self.undefined.contains(String(token)) {
        value = false
      } else if token == "Py_GIL_DISABLED" {
        value = true
      }
    }
    if index < tokens.count, !["&&", "||", ")"].contains(tokens[index]) {
      skipOperand()
      return nil
    }
    return value
  }

  /// Moves to the next `&&`, `||` or closing parenthesis of this level.
  private mutating func skipOperand() {
    var depth = 0
    while index < tokens.count {
      let token = tokens[index]
      if depth == 0, token == "&&" || token == "||" || token == ")" { return }
      if token == "(" { depth += 1 }
      if token == ")" { depth -= 1 }
      index += 1
    }
  }
}
