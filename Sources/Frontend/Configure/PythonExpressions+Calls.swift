/// Calls and names in build scripts' expressions.
extension PythonExpressions {
  /// Reads the arguments up to the closing parenthesis.
  private mutating func arguments() -> (positional: [PythonValue], named: [PythonValue.Pair]) {
    var positional: [PythonValue] = []
    var named: [PythonValue.Pair] = []
    while index < tokens.count, !at(")") {
      let before = index
      if index + 1 < tokens.count, case .name(let name) = tokens[index],
        tokens[index + 1] == .symbol("=")
      {
        index += 2
        named.append(PythonValue.Pair(key: name, value: expression()))
      } else {
        let isSpread = at("**")
        let isStar = at("*")
        let value = expression()
        if isSpread, case .dictionary(let pairs) = value {
          named += pairs
        } else if isStar {
          positional += value.items.items
        } else if !isSpread {
          positional.append(value)
        }
      }
      if atName("for") {
        skipToClose()
        return (positional.isEmpty ? [] : [.list([], isComplete: false)], named)
      }
      if at(",") || index == before {
        index += 1
      } else if !at(")") {
        skipToClose()
        return (positional, named)
      }
    }
    index += 1
    return (positional, named)
  }

  mutating func method(_ member: String, of value: PythonValue) -> PythonValue? {
    switch value {
    case .unknown: return nil
    default: break
    }
    let start = index
    index += 1
    let (positional, _) = arguments()
    if let result = PythonLibrary.method(member, of: value, positional) { return result }
    index = start
    return nil
  }

  mutating func call(_ name: String) -> PythonValue {
    let (positional, named) = arguments()
    let last = name.split(separator: ".").last.map(String.init) ?? ""
    if last.hasSuffix("Extension") {
      var pairs = named
      if positional.count > 1, !named.contains(where: { $0.key == "sources" }) {
        pairs.append(PythonValue.Pair(key: "sources", value: positional[1]))
      }
      extensions.append(SetupExtension(pairs, line: line))
      return .unknown
    }
    noteExtension(named)
    return PythonLibrary.call(name, positional, named, files: files) ?? .unknown
  }

  /// Dictionaries and calls with `define_macros` describe an extension too.
  mutating func noteExtension(_ pairs: [PythonValue.Pair]) {
    if pairs.contains(where: { $0.key == "define_macros" }) {
      extensions.append(SetupExtension(pairs, line: line))
    }
  }

  func lookUp(_ name: String) -> PythonValue {
    variables[name] ?? PythonLibrary.constant(name) ?? .unknown
  }
}
