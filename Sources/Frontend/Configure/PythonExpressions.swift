/// Evaluates expressions of build scripts in the view of the audit: CPython 3.14, free-threaded,
/// on Linux, nothing in the environment and no arguments. Nothing is run; what is not understood
/// is unknown.
struct PythonExpressions {
  /// The script's variables by (dotted) name.
  var variables: [String: PythonValue] = [:]
  /// Calls of a function whose name ends with `Extension`, and dictionaries with `define_macros`.
  var extensions: [SetupExtension] = []
  /// The files of the tree, for `glob`.
  let files: [String]
  /// The line of the expression that is evaluated.
  var line = 1

  var tokens: [PythonToken] = []
  var index = 0
  private var depth = 0

  init(files: [String]) { self.files = files }

  /// The value of the expression that `tokens` begin with.
  mutating func evaluate(_ tokens: some Sequence<PythonToken>) -> PythonValue {
    self.tokens = Array(tokens)
    index = 0
    depth = 0
    return tuple()
  }

  // MARK: Tokens

  func at(_ symbol: String) -> Bool {
    index < tokens.count && tokens[index] == .symbol(symbol)
  }

  func atName(_ name: String) -> Bool {
    index < tokens.count && tokens[index] == .name(name)
  }

  mutating func takeName(_ name: String) -> Bool {
    guard atName(name) else { return false }
    index += 1
    return true
  }

  /// Moves behind the bracket that closes the present level.
  mutating func skipToClose() {
    var open = 1
    while index < tokens.count, open > 0 {
      if case .symbol(let symbol) = tokens[index] {
        if "([{".contains(symbol) { open += 1 }
        if ")]}".contains(symbol) { open -= 1 }
      }
      index += 1
    }
  }

  // MARK: Operators, loosest first

  private mutating func tuple() -> PythonValue {
    let first = expression()
    guard at(",") else { return first }
    var items = [first]
    while at(",") {
      index += 1
      guard index < tokens.count else { break }
      items.append(expression())
    }
    return .list(items, isComplete: true)
  }

  mutating func expression() -> PythonValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else {
      index = tokens.count
      return .unknown
    }
    let value = disjunction()
    guard takeName("if") else { return value }
    let condition = disjunction().truth
    guard takeName("else") else { return .unknown }
    let other = expression()
    return condition == false ? other : value
  }

  private mutating func disjunction() -> PythonValue {
    var value = conjunction()
    while takeName("or") {
      let other = conjunction()
      switch value.truth {
      case false: value = other
      case nil where other.truth == true: value = .bool(true)
      case nil: value = .unknown
      default: break
      }
    }
    return value
  }

  private mutating func conjunction() -> PythonValue {
    var value = negation()
    while takeName("and") {
      let other = negation()
      switch value.truth {
      case true: value = other
      case nil where other.truth == false: value = .bool(false)
      case nil: value = .unknown
      default: break
      }
    }
    return value
  }

  private mutating func negation() -> PythonValue {
    var isNegated = false
    var isPlain = true
    while takeName("not") {
      isNegated.toggle()
      isPlain = false
    }
    let value = comparison()
    if isPlain { return value }
    return value.truth.map { .bool($0 != isNegated) } ?? .unknown
  }

  private mutating func comparison() -> PythonValue {
    let left = sum()
    var result: Bool? = true
    var isCompared = false
    var value = left
    while let test = comparisonOperator() {
      isCompared = true
      let right = sum()
      let holds = test(value, right)
      result =
        result == false || holds == false ? false : result == nil || holds == nil ? nil : true
      value = right
    }
    return isCompared ? result.map { .bool($0) } ?? .unknown : left
  }

  private mutating func comparisonOperator() -> ((PythonValue, PythonValue) -> Bool?)? {
    guard index < tokens.count else { return nil }
    let token = tokens[index]
    index += 1
    switch token {
    case .symbol("=="): return { $0.equals($1) }
    case .symbol("!="): return { $0.equals($1).map { !$0 } }
    case .symbol("<"): return { $0.precedes($1) }
    case .symbol(">"): return { $1.precedes($0) }
    case .symbol("<="): return { $1.precedes($0).map { !$0 } }
    case .symbol(">="): return { $0.precedes($1).map { !$0 } }
    case .name("is"):
      return takeName("not") ? { $0.equals($1).map { !$0 } } : { $0.equals($1) }
    case .name("in"): return { Self.contains($0, in: $1) }
    case .name("not") where atName("in"):
      index += 1
      return { Self.contains($0, in: $1).map { !$0 } }
    default:
      index -= 1
      return nil
    }
  }

  private static func contains(_ value: PythonValue, in container: PythonValue) -> Bool? {
    if case .string(let text) = container { return value.text.map { text.contains($0) } }
    let (items, isComplete) = container.items
    if value != .unknown, items.contains(value) { return true }
    return isComplete && value != .unknown && !items.contains(.unknown) ? false : nil
  }

  private mutating func sum() -> PythonValue {
    var value = postfix()
    while index < tokens.count, case .symbol(let symbol) = tokens[index],
      ["+", "-", "*", "/", "//", "%", "|", "&", "^", "**", "@"].contains(symbol)
    {
      index += 1
      let other = postfix()
      value = symbol == "+" ? value.adding(other) : .unknown
    }
    return value
  }

  // MARK: Operands

  private mutating func postfix() -> PythonValue {
    depth += 1
    defer { depth -= 1 }
    guard index < tokens.count, depth < 200 else {
      index = tokens.count
      return .unknown
    }
    let token = tokens[index]
    index += 1
    var name = ""
    var value: PythonValue
    switch token {
    case .number(let digits): value = Self.number(digits)
    case .string(let text, let isFormatted):
      var joined = isFormatted ? format(text) : text
      while index < tokens.count, case .string(let next, let isFormatted) = tokens[index] {
        joined += isFormatted ? format(next) : next
        index += 1
      }
      value = .string(joined)
    case .name("True"): value = .bool(true)
    case .name("False"): value = .bool(false)
    case .name("None"): value = .none
    case .name("lambda"):
      index = tokens.count
      return .unknown
    case .name("await"), .name("yield"): return postfix()
    case .name(let first):
      name = first
      value = lookUp(first)
    case .symbol("("): value = sequence(")", isTuple: true)
    case .symbol("["): value = sequence("]", isTuple: false)
    case .symbol("{"): value = braces()
    case .symbol("-"), .symbol("+"), .symbol("~"), .symbol("*"), .symbol("**"):
      let operand = postfix()
      return token == .symbol("*") ? operand : .unknown
    default:
      return .unknown
    }
    while index < tokens.count {
      if at(".") {
        index += 1
        guard index < tokens.count, case .name(let member) = tokens[index] else { return .unknown }
        index += 1
        if at("("), let result = method(member, of: value) {
          value = result
          name = ""
          continue
        }
        name = name.isEmpty ? "." + member : name + "." + member
        value = lookUp(name)
      } else if at("(") {
        index += 1
        value = call(name)
        name = ""
      } else if at("[") {
        index += 1
        let key = expression()
        let isSlice = at(":")
        skipToClose()
        value =
          isSlice ? (name == "sys.version_info" ? value : .unknown) : Self.item(key, of: value)
        name = ""
      } else {
        break
      }
    }
    return value
  }

  private static func number(_ digits: String) -> PythonValue {
    let plain = digits.filter { $0 != "_" }.lowercased()
    let value = plain.hasPrefix("0x") ? Int(plain.dropFirst(2), radix: 16) : Int(plain)
    return value.map { .int($0) } ?? .unknown
  }

  /// An f-string; a part that is not known becomes "0", which fits most versions and sizes.
  private func format(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      let close = rest.firstIndex(of: "}") ?? rest.endIndex
      let name = String(rest[..<close].prefix { $0 != ":" && $0 != "!" })
      switch variables[name] {
      case .string(let value): result += value
      case .int(let value): result += String(value)
      default: result += "0"
      }
      rest = close < rest.endIndex ? rest[rest.index(after: close)...] : ""
    }
    return result + rest
  }

  private static func item(_ key: PythonValue, of value: PythonValue) -> PythonValue {
    switch (value, key) {
    case (.dictionary(let pairs), .string(let name)):
      return pairs.last { $0.key == name }?.value ?? .unknown
    case (.list(let items, true), .int(let index)) where items.indices.contains(index):
      return items[index]
    default: return .unknown
    }
  }

  /// What stands between brackets: a list, a tuple, a value in parentheses or a comprehension.
  private mutating func sequence(_ close: String, isTuple: Bool) -> PythonValue {
    var items: [PythonValue] = []
    var isComplete = true
    var hasComma = false
    while index < tokens.count, !at(close) {
      let isSpread = at("*")
      let before = index
      let value = expression()
      if isSpread {
        items += value.items.items
        isComplete = isComplete && value.items.isComplete
      } else {
        items.append(value)
      }
      if atName("for") || atName("async") {
        skipToClose()
        return .list([], isComplete: false)
      }
      if at(",") {
        index += 1
        hasComma = true
      } else if index == before {
        index += 1
      } else if !at(close) {
        skipToClose()
        return .unknown
      }
    }
    index += 1
    if isTuple, !hasComma, items.count == 1 { return items[0] }
    return .list(items, isComplete: isComplete)
  }

  private mutating func braces() -> PythonValue {
    var pairs: [PythonValue.Pair] = []
    while index < tokens.count, !at("}") {
      let before = index
      let isSpread = at("**")
      let key = tomlKey() ?? expression()
      if isSpread, case .dictionary(let inner) = key { pairs += inner }
      if at(":") || at("=") {
        index += 1
        let value = expression()
        if let name = key.text { pairs.append(PythonValue.Pair(key: name, value: value)) }
      }
      if atName("for") {
        skipToClose()
        return .unknown
      }
      if at(",") || index == before {
        index += 1
      } else if !at("}") {
        skipToClose()
        return .unknown
      }
    }
    index += 1
    noteExtension(pairs)
    return .dictionary(pairs)
  }

  /// The key of an inline table of TOML, which is written `{key = value}`.
  private mutating func tomlKey() -> PythonValue? {
    var end = index
    var key = ""
    while end < tokens.count {
      switch tokens[end] {
      case .name(let part): key += part
      case .symbol("-"): key += "_"
      case .symbol("=") where !key.isEmpty:
        index = end
        return .string(key)
      default: return nil
      }
      end += 1
    }
    return nil
  }
}
