internal import ClangKit
internal import ProgramModel

// Exceptions: what is thrown and what catches it.
extension FunctionLowering {
  func tryStatement(_ node: Node) {
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
