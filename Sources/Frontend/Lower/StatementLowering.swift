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

  private func jump(to target: (block: BlockID, depth: Int)?, _ node: Node) {
    guard let target else { return gap("jump out of nothing", at: node) }
    leaveScopes(downTo: target.depth, at: range(node))
    end(.jump(target.block), range(node))
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

  // MARK: Loops

  /// Jumps out of the body leave the scopes above `depth`, by default those of the body.
  private func loop(
    breakTo: BlockID, continueTo: BlockID, depth: Int? = nil, _ body: () -> Void
  ) {
    jumps.append(
      JumpTarget(
        breakTo: breakTo, continueTo: continueTo, scopeDepth: depth ?? scopes.count))
    body()
    jumps.removeLast()
  }

  private func whileStatement(_ node: Node) {
    var parts = tree.children(node).filter { !tree.kind($0).isReference }
    guard let body = parts.popLast() else { return }
    let (head, inside, exit) = (newBlock(), newBlock(), newBlock())
    let declares = parts.contains { !tree.kind($0).isExpression }
    let after = declares ? newBlock() : exit
    end(.jump(head), next: head)
    let depth = scopes.count
    openScope()
    if let test = parts.last {
      if parts.count > 1 { statement(parts[0]) }
      condition(test, then: inside, otherwise: exit)
    } else {
      end(.jump(inside), next: inside)
    }
    current = inside
    loop(breakTo: after, continueTo: head, depth: depth) { statement(body) }
    let condition = scopes[scopes.count - 1]
    endScope(at: node)
    end(.jump(head), next: exit)
    // The condition's variable is destroyed also where the condition fails.
    destroy(condition, range(node))
    if after != exit { end(.jump(after), next: after) }
  }

  private func doStatement(_ node: Node) {
    let parts = tree.children(node)
    guard let body = parts.first else { return }
    let (inside, test, exit) = (newBlock(), newBlock(), newBlock())
    end(.jump(inside), next: inside)
    loop(breakTo: exit, continueTo: test) { statement(body) }
    end(.jump(test), next: test)
    if parts.count > 1 {
      condition(parts[1], then: inside, otherwise: exit)
    } else {
      end(.jump(exit))
    }
    current = exit
  }

  private func forStatement(_ node: Node) {
    let parts = forParts(node)
    openScope()
    if let start = parts.start { statement(start) }
    let (head, inside, step, exit) = (newBlock(), newBlock(), newBlock(), newBlock())
    end(.jump(head), next: head)
    if let test = parts.test {
      condition(test, then: inside, otherwise: exit)
    } else {
      end(.jump(inside), next: inside)
    }
    current = inside
    loop(breakTo: exit, continueTo: step) {
      if let body = parts.body { statement(body) }
    }
    end(.jump(step), next: step)
    if let advance = parts.step { fullExpression(advance) { effect(advance) } }
    end(.jump(head), next: exit)
    endScope(at: node)
  }

  private func rangeFor(_ node: Node) {
    // Children: the range's expression and the loop variable in either order, then the body.
    let parts = tree.children(node)
    openScope()
    var element: Node?
    var source: Operand = .unknown
    for part in parts.dropLast() {
      let kind = tree.kind(part)
      if kind == .varDecl {
        element = part
      } else if kind == .declStmt {
        element = tree.children(part).first { tree.kind($0) == .varDecl } ?? element
      } else if kind.isExpression {
        source = addressOrValue(part)
      }
    }
    let (head, inside, exit) = (newBlock(), newBlock(), newBlock())
    end(.jump(head), next: head)
    let more = newTemporary()
    emit(.opaque(more, name: builder.name("range-for"), [source]), at: node)
    end(.branch(.temporary(more), then: inside, otherwise: exit), range(node), next: inside)
    let depth = scopes.count
    openScope()
    if let element {
      let cursor = tree.cursor(element)
      let variable = addLocal(
        builder.name(cursor.spelling), type: builder.type(cursor.type), kind: .automatic,
        range: builder.nameRange(of: cursor))
      localIndex[cursor.identity] = variable
      let value = newTemporary()
      emit(.opaque(value, name: builder.name("range-for element"), [source]), at: element)
      emit(
        .store(
          place(.local(variable), type: function.locals[Int(variable)].type), .temporary(value)),
        at: element)
      scheduleDestruction(of: variable, cursor, element)
    }
    loop(breakTo: exit, continueTo: head, depth: depth) {
      if let body = parts.last { statement(body) }
    }
    endScope(at: node)
    end(.jump(head), next: exit)
    endScope(at: node)
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

  // MARK: Jumps

  private func returnStatement(_ node: Node) {
    var result: Operand?
    if let expression = expressions(node).first {
      let type = builder.model[function.resultType]
      if type.kind == .reference {
        result = addressOrValue(expression)
      } else if type.kind == .void {
        effect(expression)
      } else {
        // The record that is returned is the caller's to destroy.
        let isRecord = type.kind == .record
        result = fullExpression(expression) {
          keptTemporaries += isRecord ? 1 : 0
          defer { keptTemporaries -= isRecord ? 1 : 0 }
          return value(expression)
        }
      }
    }
    leaveScopes(downTo: 0, at: range(node))
    end(.return(result), range(node))
  }

  private func label(_ declaration: Cursor?) -> UInt { declaration?.identity ?? 0 }

  func labelBlock(_ identity: UInt) -> BlockID {
    if let known = labels[identity] { return known.block }
    let block = newBlock()
    labels[identity] = Label(block: block)
    return block
  }

  private func labelStatement(_ node: Node) {
    // A label statement refers to its own label declaration.
    let identity = labelIdentity(node)
    let block = labelBlock(identity)
    function.blocks[Int(block.index)].handler = handlers.last
    end(.jump(block), next: block)
    labels[identity]?.scopes = scopes
    tree.children(node).forEach(statement)
  }

  /// A label by its spelling: libclang does not give a label statement's declaration.
  private func labelIdentity(_ node: Node) -> UInt {
    UInt(bitPattern: Int(builder.name("label \(tree.cursor(node).spelling)").index))
  }

  func labelIdentity(named spelling: String) -> UInt {
    UInt(bitPattern: Int(builder.name("label \(spelling)").index))
  }

  private func gotoStatement(_ node: Node) {
    let spelling =
      tree.children(node).first { tree.kind($0) == .labelRef }.map { tree.cursor($0).spelling }
      ?? ""
    let identity = labelIdentity(named: spelling)
    _ = labelBlock(identity)
    // The scopes that the jump leaves are known when the label is; until then the destructors wait.
    let edge = newBlock()
    end(.jump(edge), range(node))
    labels[identity]?.waiting.append((edge, scopes, range(node)))
  }

  func resolveWaitingGotos() {
    for label in labels.values.sorted(by: { $0.block.index < $1.block.index }) {
      for jump in label.waiting {
        current = jump.block
        destroy(leaving: jump.scopes, for: label.scopes ?? [], jump.range)
        end(.jump(label.block), jump.range)
      }
    }
  }

  /// Destroys what a jump from one stack of scopes to another leaves, also what the common scope
  /// made after the label.
  private func destroy(leaving from: [Scope], for to: [Scope], _ range: SourceRange) {
    var common = 0
    while common < from.count, common < to.count, from[common].number == to[common].number {
      common += 1
    }
    for scope in from[common...].reversed() { destroy(scope, range) }
    guard common > 0 else { return }
    var last = from[common - 1]
    last.destroyed.removeFirst(min(to[common - 1].destroyed.count, last.destroyed.count))
    destroy(last, range)
  }

  private func indirectGoto(_ node: Node) {
    let target = expressions(node).first.map(value) ?? .unknown
    indirectGotos.append(current)
    end(.indirect(target, []), range(node))
  }

  private func assembly(_ node: Node) {
    let operands = expressions(node).map(addressOrValue)
    emit(.opaque(nil, name: builder.name("asm"), operands), at: node)
  }

  // MARK: Exceptions

  private func tryStatement(_ node: Node) {
    let parts = tree.children(node)
    guard let body = parts.first else { return }
    let (landing, exit) = (newBlock(), newBlock())
    handlers.append(landing)
    handlerDepths.append(scopes.count)
    let inside = newBlock()
    end(.jump(inside), next: inside)
    statement(body)
    handlers.removeLast()
    handlerDepths.removeLast()
    function.blocks[Int(exit.index)].handler = handlers.last
    end(.jump(exit), next: landing)
    let clauses = parts.dropFirst().filter { tree.kind($0) == .cxxCatchStmt }
    for clause in clauses {
      let (inside, next) = (newBlock(), newBlock())
      if tree.children(clause).contains(where: { tree.kind($0) == .varDecl }) {
        let matches = newTemporary()
        emit(.opaque(matches, name: builder.name("catch"), []), at: clause)
        let branch = Terminator.branch(.temporary(matches), then: inside, otherwise: next)
        end(branch, range(clause), next: inside)
      } else {
        // '...' catches all.
        end(.jump(inside), range(clause), next: inside)
      }
      openScope()
      for part in tree.children(clause) {
        if tree.kind(part) == .varDecl { addCaught(part) } else { statement(part) }
      }
      endScope(at: clause)
      end(.jump(exit), next: next)
    }
    throwOn(at: range(node))
    current = exit
  }

  /// An exception leaves the scopes up to the handler's.
  func throwOn(at range: SourceRange) {
    leaveScopes(downTo: handlerDepths.last ?? 0, at: range)
    end(.throw, range)
  }

  private func addCaught(_ node: Node) {
    let cursor = tree.cursor(node)
    localIndex[cursor.identity] = addLocal(
      builder.name(cursor.spelling), type: builder.type(cursor.type), kind: .automatic,
      range: builder.nameRange(of: cursor))
  }
}
