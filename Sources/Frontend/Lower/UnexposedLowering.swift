internal import ClangKit
internal import ProgramModel

// Expressions that libclang does not name.
extension FunctionLowering {
  func unexposed(_ node: Node) -> Operand {
    // Most of them are implicit conversions: what they convert is the value.
    if let inner = onlyExpression(node) {
      let operand = value(inner)
      if mayBeVariadicList(operand), firstToken(node).hasPrefix("__builtin_va_arg") {
        return opaque("va_arg", node)
      }
      return operand
    }
    if let place = recoveredPlace(node) { return load(place, at: node) }
    if let function = recoveredFunction(node) { return .function(builder.symbol(function)) }
    let parts = expressions(node)
    if parts.count == 1, recovery(node, of: parts[0]) != nil {
      // What became of the part is not known, but it is not known to be written either.
      gap("expression", at: node)
      let result = newTemporary()
      emit(.opaque(result, name: builder.name("expression"), [value(parts[0])]), at: node)
      return .temporary(result)
    }
    if parts.isEmpty {
      // Else an implicit zero, a default argument, a default member initialiser.
      return tree.cursor(node).integerValue.map { .integer($0) } ?? .unknown
    }
    if namesTemplate(node) { return value(parts[parts.count - 1]) }
    let token = firstToken(node)
    if token.hasPrefix("__c11_atomic_") || token.hasPrefix("__atomic_")
      || token.hasPrefix("__scoped_atomic_")
    {
      return atomicBuiltin(token, parts, node)
    }
    if token == "__builtin_choose_expr", parts.count == 3, let test = constant(parts[0]) {
      return value(parts[test != 0 ? 1 : 2])
    }
    if tree.kind(node) == .unexposedExpr, parts.count == 2 || parts.count == 4, isElvis(parts, node)
    {
      return elvis(parts, node)
    }
    return notUnderstood(token.hasPrefix("__builtin") ? token : "expression", node)
  }

  /// Whether a value is that of some `va_list`, by what it was read from.
  private func mayBeVariadicList(_ operand: Operand) -> Bool {
    switch operand {
    case .local(let local): builder.isVariadicList(function.locals[Int(local)].type)
    case .address(let place): builder.isVariadicList(function.places[Int(place.index)].type)
    default: false
    }
  }

  /// `a ?: b`: the text between the first and the last part holds `?`.
  private func isElvis(_ parts: [Node], _ node: Node) -> Bool {
    let first = tree.cursor(parts[0]).extent
    let last = tree.cursor(parts[parts.count - 1]).extent
    guard let file = first.file, !first.isInMacro, file == last.file, first.end <= last.start else {
      return tree.cursor(node).extent.isInMacro
    }
    return builder.text(of: file)[first.end..<last.start].contains(UInt8(ascii: "?"))
  }

  /// `a ?: b`, whose first part libclang shows more than once.
  private func elvis(_ parts: [Node], _ node: Node) -> Operand {
    let (then, otherwise, join) = (newBlock(), newBlock(), newBlock())
    let first = value(parts[0])
    end(.branch(first, then: then, otherwise: otherwise), range(node), next: then)
    let result = newTemporary()
    emit(.copy(result, first), at: parts[0])
    end(.jump(join), next: otherwise)
    let second = value(parts[parts.count - 1])
    emit(.copy(result, second), at: node)
    end(.jump(join), next: join)
    return .temporary(result)
  }
}
