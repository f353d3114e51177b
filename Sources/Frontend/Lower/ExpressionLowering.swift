internal import ClangKit
internal import ProgramModel

// Expressions as values.
extension FunctionLowering {
  /// Evaluates for its effects alone.
  func effect(_ node: Node) {
    switch tree.kind(node) {
    case .parenExpr, .cStyleCastExpr, .unexposedExpr:
      if let inner = onlyExpression(node) { return effect(inner) }
      _ = value(node)
    case .unaryOperator:
      switch tree.cursor(node).unaryOperator {
      case .postIncrement, .postDecrement, .preIncrement, .preDecrement:
        increment(node, used: false)
      case .dereference:
        // A discarded lvalue reads nothing, but computing it may call.
        _ = valueOrPlace(node)
      default: _ = value(node)
      }
    case .compoundAssignOperator: compoundAssign(node, used: false)
    case .callExpr: call(node, used: false)
    case .declRefExpr: break
    case .conditionalOperator:
      let parts = expressions(node)
      guard parts.count == 3 else { return _ = value(node) }
      let (then, otherwise, join) = (newBlock(), newBlock(), newBlock())
      condition(parts[0], then: then, otherwise: otherwise)
      current = then
      fullExpression(parts[1]) { effect(parts[1]) }
      end(.jump(join), next: otherwise)
      fullExpression(parts[2]) { effect(parts[2]) }
      end(.jump(join), next: join)
    case .binaryOperator:
      let parts = expressions(node)
      let operation = tree.cursor(node).binaryOperator
      if parts.count == 2, operation == .comma {
        effect(parts[0])
        effect(parts[1])
      } else if parts.count == 2, operation == .logicalAnd || operation == .logicalOr {
        let (right, join) = (newBlock(), newBlock())
        if operation == .logicalAnd {
          condition(parts[0], then: right, otherwise: join)
        } else {
          condition(parts[0], then: join, otherwise: right)
        }
        current = right
        fullExpression(parts[1]) { effect(parts[1]) }
        end(.jump(join), next: join)
      } else {
        _ = value(node)
      }
    default: _ = value(node)
    }
  }

  private func valueOrPlace(_ node: Node) -> Operand {
    place(of: node).map { .address($0) } ?? value(node)
  }

  /// The value of an expression.
  func value(_ node: Node) -> Operand {
    switch tree.kind(node) {
    case .parenExpr, .cStyleCastExpr, .cxxStaticCastExpr, .cxxReinterpretCastExpr,
      .cxxConstCastExpr, .packExpansionExpr:
      guard let inner = onlyExpression(node) else { return unexposed(node) }
      return value(inner)
    case .cxxDynamicCastExpr:
      return onlyExpression(node).map(value) ?? .unknown
    case .cxxFunctionalCastExpr, .unexposedExpr: return unexposed(node)
    case .integerLiteral: return literal(node).map { .integer($0) } ?? .unknown
    case .characterLiteral, .cxxBoolLiteralExpr:
      return tree.cursor(node).integerValue.map { .integer($0) } ?? .unknown
    case .gnuNullExpr, .cxxNullPtrLiteralExpr: return .integer(0)
    case .floatingLiteral, .imaginaryLiteral: return .floating
    case .stringLiteral: return .string(builder.name(tree.cursor(node).spelling))
    case .declRefExpr: return reference(node)
    case .memberRefExpr: return member(node)
    case .arraySubscriptExpr:
      guard let place = place(of: node) else { return notUnderstood("subscript", node) }
      return load(place, at: node)
    case .unaryOperator: return unary(node)
    case .binaryOperator: return binary(node)
    case .compoundAssignOperator: return compoundAssign(node, used: true)
    case .conditionalOperator: return conditional(node)
    case .callExpr:
      let result = call(node, used: true)
      guard case .temporary = result, yieldsReference(node) else { return result }
      let type = type(node)
      // A record is read by what is done with it; its reference stands for it.
      if builder.typeModel(type).kind == .record { return result }
      return load(dereference(result, type: type), at: node)
    case .compoundLiteralExpr, .initListExpr:
      guard let place = place(of: node) else { return .unknown }
      return load(place, at: node)
    case .stmtExpr: return statementExpression(node)
    case .unaryExpr, .sizeOfPackExpr:
      return tree.cursor(node).integerValue.map { .integer($0) } ?? .unknown
    case .addrLabelExpr: return labelAddress(node)
    case .genericSelectionExpr: return selection(node)
    case .cxxThisExpr: return thisLocal.map { .local($0) } ?? .unknown
    case .cxxNewExpr: return newExpression(node)
    case .cxxDeleteExpr: return deleteExpression(node)
    case .cxxThrowExpr:
      keptTemporaries += 1
      expressions(node).forEach { _ = value($0) }
      keptTemporaries -= 1
      throwOn(at: range(node))
      return .unknown
    case .lambdaExpr: return lambda(node)
    case .cxxTypeidExpr: return .unknown
    case .overloadedDeclRef, .blockExpr: return .unknown
    default:
      if tree.kind(node).isExpression {
        return notUnderstood("expression of kind \(tree.kind(node).rawValue)", node)
      }
      return .unknown
    }
  }

  /// Evaluates the parts of something that is not understood and counts it.
  func notUnderstood(_ what: String, _ node: Node) -> Operand {
    gap(what, at: node)
    return opaque(what, node)
  }

  /// An instruction of its own that may read and write what its parts reach.
  func opaque(_ what: String, _ node: Node) -> Operand {
    let parts = expressions(node).map(addressOrValue)
    let result = newTemporary()
    emit(.opaque(result, name: builder.name(what), parts), at: node)
    return .temporary(result)
  }

  /// The address of what has a place, the value of what has none.
  func addressOrValue(_ node: Node) -> Operand {
    let inner = peeled(node)
    switch tree.kind(inner) {
    case .declRefExpr, .memberRefExpr, .arraySubscriptExpr, .unexposedExpr:
      if let place = place(of: inner) { return .address(place) }
    case .unaryOperator where tree.cursor(inner).unaryOperator == .dereference:
      if let place = place(of: inner) { return .address(place) }
    case .callExpr where yieldsReference(inner): return call(inner, used: true)
    case .callExpr where tree.cursor(inner).referenced?.kind == .constructor:
      // The object that a constructor makes has an address.
      let result = call(inner, used: true)
      guard case .local(let local) = result else { return result }
      return .address(place(.local(local), type: type(inner)))
    case .binaryOperator, .compoundAssignOperator, .conditionalOperator:
      // Lvalues in C++ alone, where an operand of the same type is no conversion's.
      guard builder.model.isCxx, inner == node || tree.kind(node) == .parenExpr else { break }
      if isAssignment(inner) || tree.kind(inner) == .conditionalOperator && isPlaces(inner),
        let place = place(of: inner)
      {
        return .address(place)
      }
    default: break
    }
    return value(node)
  }

  private func isAssignment(_ node: Node) -> Bool {
    tree.kind(node) == .compoundAssignOperator
      || tree.kind(node) == .binaryOperator && tree.cursor(node).binaryOperator == .assign
  }

  /// Whether both results of a conditional are names of objects.
  private func isPlaces(_ node: Node) -> Bool {
    expressions(node).dropFirst().allSatisfy {
      let kind = tree.kind($0)
      return kind == .declRefExpr || kind == .memberRefExpr || kind == .arraySubscriptExpr
        || kind == .parenExpr
    }
  }

  /// An integer constant, by its text where that is plain.
  func constant(_ node: Node) -> Int64? {
    let inner = peeled(node)
    if tree.kind(inner) == .integerLiteral { return literal(inner) }
    return tree.cursor(node).integerValue
  }

  private func literal(_ node: Node) -> Int64? {
    let cursor = tree.cursor(node)
    let start = cursor.spellingStart
    if let file = start.file, let value = Self.integer(in: builder.text(of: file), at: start.offset)
    {
      return value
    }
    return cursor.integerValue
  }

  /// Reads a decimal literal without suffix that is followed by no further digit or letter.
  private static func integer(in text: [UInt8], at offset: Int) -> Int64? {
    var value: Int64 = 0
    var index = offset
    while index < text.count, (0x30...0x39).contains(text[index]), index - offset < 18 {
      value = value * 10 + Int64(text[index] - 0x30)
      index += 1
    }
    guard index > offset, text[offset] != 0x30 || index == offset + 1 else { return nil }
    if index < text.count, text[index].isIdentifierByte || text[index] == 0x27 { return nil }
    return value
  }

  // MARK: Names

  private func reference(_ node: Node) -> Operand {
    guard let declaration = tree.cursor(node).referenced else { return .unknown }
    switch declaration.kind {
    case .enumConstantDecl: return .integer(declaration.enumConstantValue)
    case let kind where kind.isFunction || kind == .functionTemplate:
      return .function(builder.symbol(declaration))
    // An instance of a constant template, such as a trait: nothing that could change.
    case .unexposedDecl where declaration.hasGlobalStorage && declaration.type.isConst:
      return .unknown
    default: break
    }
    guard let place = place(of: node) else { return notUnderstood("name", node) }
    return load(place, at: node)
  }

  private func member(_ node: Node) -> Operand {
    if let declaration = tree.cursor(node).referenced {
      if declaration.kind.isFunction { return .function(builder.symbol(declaration)) }
      if declaration.kind == .enumConstantDecl { return .integer(declaration.enumConstantValue) }
    }
    guard let place = place(of: node) else { return notUnderstood("member", node) }
    return load(place, at: node)
  }

  private func statementExpression(_ node: Node) -> Operand {
    guard let body = tree.children(node).first else { return .unknown }
    openScope()
    var result: Operand = .unknown
    var child = tree.firstChild(body)
    while child >= 0 {
      if tree.next(child) < 0, tree.kind(child).isExpression,
        builder.typeModel(type(child)).kind != .void
      {
        let last = value(child)
        // The scope's end may change what the value was read from.
        let kept = newTemporary()
        emit(.copy(kept, last), at: child)
        result = .temporary(kept)
      } else {
        statement(child)
      }
      child = tree.next(child)
    }
    endScope(at: body)
    return result
  }

  private func labelAddress(_ node: Node) -> Operand {
    let spelling =
      tree.children(node).first { tree.kind($0) == .labelRef }.map { tree.cursor($0).spelling }
      ?? ""
    let block = labelBlock(labelIdentity(named: spelling))
    if !addressTaken.contains(block) { addressTaken.append(block) }
    return .unknown
  }

  /// `_Generic`: the association whose type is the expression's own.
  private func selection(_ node: Node) -> Operand {
    let parts = expressions(node).dropFirst()
    let wanted = type(node)
    if let chosen = parts.first(where: { type($0) == wanted }) { return value(chosen) }
    guard parts.count == 1, let only = parts.first else { return notUnderstood("_Generic", node) }
    return value(only)
  }
}
