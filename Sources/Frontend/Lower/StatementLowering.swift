internal import ClangKit
internal import ProgramModel

// Statements: blocks, branches, loops, jumps.
extension FunctionLowering {
  func statement(_ node: Node) {
    switch tree.kind(node) {
    case .compoundStmt: compound(node)
    case .declStmt: tree.children(node).forEach(declaration)
    case .nullStmt: break
    case .ifStmt: ifStatement(node)
    case .whileStmt: whileStatement(node)
    case .doStmt: doStatement(node)
    case .forStmt: forStatement(node)
    case .cxxForRangeStmt: rangeFor(node)
    case .switchStmt: switchStatement(node)
    case .caseStmt: caseStatement(node)
    case .defaultStmt: defaultStatement(node)
    case .breakStmt: jump(to: jumps.last.map { ($0.breakTo, $0.scopeDepth) }, node)
    case .continueStmt:
      let target = jumps.last { $0.continueTo != nil }
      jump(to: target.flatMap { loop in loop.continueTo.map { ($0, loop.scopeDepth) } }, node)
    case .returnStmt: returnStatement(node)
    case .labelStmt: labelStatement(node)
    case .gotoStmt: gotoStatement(node)
    case .indirectGotoStmt: indirectGoto(node)
    case .gccAsmStmt, .msAsmStmt: assembly(node)
    case .cxxTryStmt: tryStatement(node)
    case .unexposedStmt: unexposedStatement(node)
    case let kind where kind.isExpression: fullExpression(node) { effect(node) }
    case let kind where kind.isDeclaration: declaration(node)
    case let kind where kind.isReference || kind.isAttribute: break
    default:
      gap("statement of kind \(tree.kind(node).rawValue)", at: node)
      children(of: node)
    }
  }

  /// Lowers what can be of a statement that is not understood.
  private func children(of node: Node) {
    tree.children(node).forEach(statement)
  }

  /// Attributed statements and the like: what they wrap.
  private func unexposedStatement(_ node: Node) { children(of: node) }

  func compound(_ node: Node) {
    openScope()
    var child = tree.firstChild(node)
    while child >= 0 {
      statement(child)
      child = tree.next(child)
    }
    endScope(at: node)
  }

  /// Destroys the objects of the innermost scope and leaves it.
  func endScope(at node: Node) {
    guard let scope = scopes.popLast(), !scope.destroyed.isEmpty else { return }
    var end = range(node)
    end.start = end.end > 0 ? end.end - 1 : 0
    destroy(scope, end)
  }

  func destroy(_ scope: Scope, _ range: SourceRange) {
    for object in scope.destroyed.reversed() {
      let type = function.locals[Int(object.local)].type
      let place = place(.local(object.local), type: type)
      emit(.call(nil, .direct(object.destructor), [.address(place)]), range)
    }
  }

  /// Destroys what a jump out of scopes leaves behind, without leaving them.
  func leaveScopes(downTo depth: Int, at range: SourceRange) {
    for scope in scopes[min(depth, scopes.count)...].reversed() where !scope.destroyed.isEmpty {
      destroy(scope, range)
    }
  }

  // MARK: Branches

  private func ifStatement(_ node: Node) {
    openScope()
    var parts = tree.children(node).filter { !tree.kind($0).isReference }
    // C++: an initialiser or a condition that declares.
    while let first = parts.first, tree.kind(first) == .declStmt || tree.kind(first) == .varDecl,
      parts.count > 2 || (parts.count == 2 && tree.kind(first) == .varDecl)
    {
      statement(first)
      if tree.kind(first) == .varDecl, parts.count == 2 || !tree.kind(parts[1]).isExpression {
        break
      }
      parts.removeFirst()
    }
    guard let test = parts.first else { return endScope(at: node) }
    let (then, join) = (newBlock(), newBlock())
    let otherwise = parts.count > 2 ? newBlock() : join
    condition(test, then: then, otherwise: otherwise)
    current = then
    if parts.count > 1 { statement(parts[1]) }
    end(.jump(join), next: otherwise)
    if parts.count > 2 {
      statement(parts[2])
      end(.jump(join), next: join)
    }
    endScope(at: node)
  }

  /// Branches on a condition; short circuits become edges.
  func condition(_ node: Node, then: BlockID, otherwise: BlockID) {
    let node = peeledForCondition(node)
    switch tree.kind(node) {
    case .binaryOperator:
      let parts = expressions(node)
      let operation = tree.cursor(node).binaryOperator
      if parts.count == 2, operation == .logicalAnd || operation == .logicalOr {
        let right = newBlock()
        if operation == .logicalAnd {
          condition(parts[0], then: right, otherwise: otherwise)
        } else {
          condition(parts[0], then: then, otherwise: right)
        }
        current = right
        return condition(parts[1], then: then, otherwise: otherwise)
      }
    case .unaryOperator:
      if tree.cursor(node).unaryOperator == .logicalNot, let inner = onlyExpression(node) {
        return condition(inner, then: otherwise, otherwise: then)
      }
    case .varDecl:
      declaration(node)
      let value = localIndex[tree.cursor(node).identity].map { Operand.local($0) } ?? .unknown
      return end(.branch(value, then: then, otherwise: otherwise), range(node), next: then)
    case .declStmt:
      if let inner = tree.children(node).last {
        return condition(inner, then: then, otherwise: otherwise)
      }
    default: break
    }
    let value = fullExpression(node) { self.value(node) }
    switch value {
    case .integer(let constant):
      end(.jump(constant != 0 ? then : otherwise), range(node), next: then)
    case .function, .string, .address:
      end(.jump(then), range(node), next: then)
    default:
      end(.branch(value, then: then, otherwise: otherwise), range(node), next: then)
    }
  }

  private func peeledForCondition(_ node: Node) -> Node {
    var node = node
    while true {
      let kind = tree.kind(node)
      if kind == .parenExpr || kind == .unexposedExpr, let inner = onlyExpression(node) {
        node = inner
      } else if kind == .callExpr, let hinted = hinted(node) {
        node = hinted
      } else {
        return node
      }
    }
  }

  /// The condition in '__builtin_expect(condition, 1)', which may short circuit.
  private func hinted(_ node: Node) -> Node? {
    let parts = expressions(node)
    guard parts.count > 2, tree.cursor(node).spelling.hasPrefix("__builtin_expect") else {
      return nil
    }
    return parts[1]
  }

  // MARK: Switch

  private func switchStatement(_ node: Node) {
    var parts = tree.children(node).filter { !tree.kind($0).isReference }
    guard let body = parts.popLast() else { return }
    openScope()
    while parts.count > 1 { statement(parts.removeFirst()) }
    var selector: Operand = .unknown
    if let test = parts.first {
      if tree.kind(test) == .varDecl {
        declaration(test)
        selector = localIndex[tree.cursor(test).identity].map { .local($0) } ?? .unknown
      } else {
        selector = fullExpression(test) { value(test) }
      }
    }
    let head = current
    let exit = newBlock()
    current = newBlock()
    switches.append(SwitchState())
    jumps.append(JumpTarget(breakTo: exit, continueTo: nil, scopeDepth: scopes.count))
    statement(body)
    jumps.removeLast()
    let state = switches.removeLast()
    end(.jump(exit), next: exit)
    function.blocks[Int(head.index)].terminator = .switch(
      selector, state.cases, otherwise: state.otherwise ?? exit)
    function.blocks[Int(head.index)].range = range(node)
    endScope(at: node)
  }

  private func caseStatement(_ node: Node) {
    let parts = tree.children(node)
    let block = newBlock()
    end(.jump(block), next: block)
    guard parts.count >= 2, !switches.isEmpty else { return gap("case without a switch", at: node) }
    let low = constant(parts[0])
    let high = parts.count > 2 ? constant(parts[1]) : low
    if let low, let high {
      switches[switches.count - 1].cases.append(SwitchCase(low: low, high: high, target: block))
    } else {
      gap("case of unknown value", at: node)
      switches[switches.count - 1].cases.append(SwitchCase(low: 0, high: 0, target: block))
    }
    statement(parts[parts.count - 1])
  }

  private func defaultStatement(_ node: Node) {
    let block = newBlock()
    end(.jump(block), next: block)
    if !switches.isEmpty { switches[switches.count - 1].otherwise = block }
    tree.children(node).forEach(statement)
  }

  private func assembly(_ node: Node) {
    let operands = expressions(node).map(addressOrValue)
    emit(.opaque(nil, name: builder.name("asm"), operands), at: node)
  }
}
