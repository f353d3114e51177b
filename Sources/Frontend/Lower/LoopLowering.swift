internal import ClangKit
internal import ProgramModel

// Loops.
extension FunctionLowering {
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

  func whileStatement(_ node: Node) {
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

  func doStatement(_ node: Node) {
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

  func forStatement(_ node: Node) {
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

  func rangeFor(_ node: Node) {
    // Children: the range's expression and the loop variable in either order, then the body.
    let parts = tree.children(node)
    openScope()
    var element: Node?
    var source: Operand = .unknown
    for part in parts.dropLast() {
      let kind = tree.kind(part)
      if kind == .varDecl || kind == .unexposedDecl {
        element = part
      } else if kind == .declStmt {
        element =
          tree.children(part).first {
            tree.kind($0) == .varDecl || tree.kind($0) == .unexposedDecl
          } ?? element
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
      // A structured binding names the parts of an object that has no name itself.
      let isBinding = tree.kind(element) == .unexposedDecl
      let variable = addLocal(
        isBinding ? .empty : builder.name(cursor.spelling), type: builder.type(cursor.type),
        kind: .automatic, range: builder.nameRange(of: cursor))
      localIndex[cursor.identity] = variable
      let value = newTemporary()
      emit(.opaque(value, name: builder.name("range-for element"), [source]), at: element)
      emit(
        .store(
          place(.local(variable), type: function.locals[Int(variable)].type), .temporary(value)),
        at: element)
      scheduleDestruction(of: variable, cursor, element)
      if isBinding {
        bind(
          tree.children(element).filter { tree.kind($0) == .unexposedDecl },
          to: place(.local(variable), type: function.locals[Int(variable)].type), cursor)
      }
    }
    loop(breakTo: exit, continueTo: head, depth: depth) {
      if let body = parts.last { statement(body) }
    }
    endScope(at: node)
    end(.jump(head), next: exit)
    endScope(at: node)
  }
}
