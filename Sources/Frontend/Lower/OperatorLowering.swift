internal import ClangKit
internal import ProgramModel

// Operators as values: unary, binary, assignments, the conditional.
extension FunctionLowering {
  func unary(_ node: Node) -> Operand {
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
  func increment(_ node: Node, used: Bool) -> Operand {
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

  func binary(_ node: Node) -> Operand {
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

  func conditional(_ node: Node) -> Operand {
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
