internal import ClangKit
internal import ProgramModel

// Jumps: return, break, continue, labels and goto.
extension FunctionLowering {
  func jump(to target: (block: BlockID, depth: Int)?, _ node: Node) {
    guard let target else { return gap("jump out of nothing", at: node) }
    leaveScopes(downTo: target.depth, at: range(node))
    end(.jump(target.block), range(node))
  }

  func returnStatement(_ node: Node) {
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

  func labelStatement(_ node: Node) {
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

  func gotoStatement(_ node: Node) {
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

  func indirectGoto(_ node: Node) {
    let target = expressions(node).first.map(value) ?? .unknown
    indirectGotos.append(current)
    end(.indirect(target, []), range(node))
  }
}
