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
    case .declRefExpr, .memberRefExpr, .arraySubscriptExpr:
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

  // MARK: Operators

  private func unary(_ node: Node) -> Operand {
    guard let inner = onlyExpression(node) else { return notUnderstood("unary operator", node) }
    switch tree.cursor(node).unaryOperator {
    case .addressOf:
      let target = peeled(inner)
      if tree.kind(target) == .declRefExpr, let declaration = tree.cursor(target).referenced,
        declaration.kind.isFunction
      {
        return .function(builder.symbol(declaration))
      }
      if let place = place(of: inner) { return address(of: place) }
      return value(inner)
    case .dereference:
      if let result = itemValue(inner) { return result }
      guard let place = place(of: node) else { return calleeValue(node) }
      return load(place, at: node)
    case .postIncrement, .postDecrement, .preIncrement, .preDecrement:
      return increment(node, used: true)
    case .plus, .extension, .real, .imaginary: return value(inner)
    case .minus:
      let operand = value(inner)
      if case .integer(let constant) = operand { return .integer(0 &- constant) }
      return compute(.negate, [operand], node)
    case .complement:
      let operand = value(inner)
      if case .integer(let constant) = operand { return .integer(~constant) }
      return compute(.complement, [operand], node)
    case .logicalNot:
      let operand = value(inner)
      if case .integer(let constant) = operand { return .integer(constant == 0 ? 1 : 0) }
      return compute(.not, [operand], node)
    case .coawait, .invalid: return notUnderstood("unary operator", node)
    }
  }

  func compute(_ operation: Operator, _ operands: [Operand], _ node: Node) -> Operand {
    let result = newTemporary()
    emit(.compute(result, operation, operands), at: node)
    return .temporary(result)
  }

  @discardableResult
  private func increment(_ node: Node, used: Bool) -> Operand {
    guard let inner = onlyExpression(node), let target = place(of: inner) else {
      return notUnderstood("increment", node)
    }
    let operation = tree.cursor(node).unaryOperator
    let isPost = operation == .postIncrement || operation == .postDecrement
    let isAdd = operation == .postIncrement || operation == .preIncrement
    return modify(
      target, isAdd ? .add : .subtract, .integer(1), yieldsOld: isPost, used: used, node)
  }

  private func modify(
    _ target: PlaceID, _ operation: Operator, _ value: Operand, yieldsOld: Bool, used: Bool,
    _ node: Node
  ) -> Operand {
    let result = used ? newTemporary() : nil
    if type(of: target).isAtomic {
      emit(.atomic(result, .modify, target, name: builder.name("_Atomic"), [value]), at: node)
    } else {
      emit(.modify(result, target, operation, value, yieldsOld: yieldsOld && used), at: node)
    }
    return result.map { .temporary($0) } ?? .unknown
  }

  @discardableResult
  func compoundAssign(_ node: Node, used: Bool) -> Operand {
    let parts = expressions(node)
    guard parts.count == 2, let operation = tree.cursor(node).binaryOperator.modelOperator else {
      return notUnderstood("compound assignment", node)
    }
    let right = value(parts[1])
    guard let target = place(of: parts[0]) else { return notUnderstood("assignment", node) }
    return modify(target, operation, right, yieldsOld: false, used: used, node)
  }

  private func binary(_ node: Node) -> Operand {
    let parts = expressions(node)
    let operation = tree.cursor(node).binaryOperator
    guard parts.count == 2 else { return notUnderstood("binary operator", node) }
    switch operation {
    case .assign: return assign(parts[0], parts[1], node)
    case .comma:
      effect(parts[0])
      return value(parts[1])
    case .logicalAnd, .logicalOr: return truth(node)
    case .pointerToMemberDirect, .pointerToMemberIndirect:
      return compute(.other, parts.map(addressOrValue), node)
    default:
      guard let operation = operation.modelOperator else {
        return notUnderstood("binary operator", node)
      }
      let (left, right) = (value(parts[0]), value(parts[1]))
      return compute(operation, [left, right], node)
    }
  }

  /// The address of a place: of what a pointer points to, the pointer.
  func address(of id: PlaceID) -> Operand {
    let place = function.places[Int(id.index)]
    guard place.path == [.dereference] else { return .address(id) }
    switch place.base {
    case .temporary(let temporary): return .temporary(temporary)
    case .local(let local):
      let isPointer = builder.typeModel(function.locals[Int(local)].type).kind == .pointer
      return isPointer ? .local(local) : .address(id)
    default: return .address(id)
    }
  }

  private func assign(_ left: Node, _ right: Node, _ node: Node) -> Operand {
    // C leaves the order open; the value first reads like the source of a store.
    let source = peeled(right)
    if tree.kind(source) == .initListExpr, let target = place(of: left) {
      initialise(target, with: source)
      return .address(target)
    }
    let stored = value(right)
    guard let target = place(of: left) else { return notUnderstood("assignment", node) }
    store(stored, to: target, at: node)
    return stored
  }

  /// A truth value that short circuits: 0 or 1 joined in a temporary.
  private func truth(_ node: Node) -> Operand {
    let (then, otherwise, join) = (newBlock(), newBlock(), newBlock())
    condition(node, then: then, otherwise: otherwise)
    let result = newTemporary()
    current = then
    emit(.copy(result, .integer(1)), at: node)
    end(.jump(join), next: otherwise)
    emit(.copy(result, .integer(0)), at: node)
    end(.jump(join), next: join)
    return .temporary(result)
  }

  private func conditional(_ node: Node) -> Operand {
    let parts = expressions(node)
    guard parts.count == 3 else { return notUnderstood("conditional", node) }
    let isVoid = builder.typeModel(type(node)).kind == .void
    let (then, otherwise, join) = (newBlock(), newBlock(), newBlock())
    condition(parts[0], then: then, otherwise: otherwise)
    let result = newTemporary()
    let isRecord = builder.typeModel(type(node)).kind == .record
    current = then
    for (part, next) in [(parts[1], otherwise), (parts[2], join)] {
      fullExpression(part) {
        // A record that an arm makes is the result's own.
        keptTemporaries += isRecord ? 1 : 0
        let arm = value(part)
        keptTemporaries -= isRecord ? 1 : 0
        if !isVoid { emit(.copy(result, arm), at: part) }
      }
      end(.jump(join), next: next)
    }
    return .temporary(result)
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

  // MARK: What libclang does not name

  private func unexposed(_ node: Node) -> Operand {
    let parts = expressions(node)
    if parts.count == 1 {
      if isVariadicArgument(node, of: parts[0]) { return opaque("va_arg", node) }
      return value(parts[0])
    }
    if parts.isEmpty {
      if let constant = tree.cursor(node).integerValue { return .integer(constant) }
      switch builder.typeModel(type(node)).kind {
      // An implicit zero, a default argument, a default member initialiser.
      case .record, .array, .integer, .pointer, .floating, .boolean, .enumeration, .void:
        return .unknown
      default: return .unknown
      }
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

  private func isVariadicArgument(_ node: Node, of inner: Node) -> Bool {
    guard tree.kind(inner) == .declRefExpr || tree.kind(inner) == .unexposedExpr else {
      return false
    }
    guard builder.isVariadicList(type(peeled(inner))) else { return false }
    return firstToken(node).hasPrefix("__builtin_va_arg")
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
}

extension BinaryOperatorKind {
  /// The operator that an expression computes, for compound assignments too; nil for the others.
  var modelOperator: Operator? {
    switch self {
    case .multiply, .multiplyAssign: .multiply
    case .divide, .divideAssign: .divide
    case .remainder, .remainderAssign: .remainder
    case .add, .addAssign: .add
    case .subtract, .subtractAssign: .subtract
    case .shiftLeft, .shiftLeftAssign: .shiftLeft
    case .shiftRight, .shiftRightAssign: .shiftRight
    case .and, .andAssign: .and
    case .or, .orAssign: .or
    case .xor, .xorAssign: .xor
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .equal: .equal
    case .notEqual: .notEqual
    case .threeWay: .threeWay
    default: nil
    }
  }
}
