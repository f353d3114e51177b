import Analysis
import ProgramModel

// Where the reference ends at the condition of an `if`.
extension VariableRepair {
  /// Where the ways out of a condition lead.
  private struct Way {
    var states: Set<ReferenceFlow.State> = []
    var isLive = false
    var isDead = false
    var isEnteredElsewhere = false
  }

  /// Releases where the condition of an `if` leads to where the reference is used no more.
  mutating func leave(_ statement: Int) throws(RepairRefusal) {
    let one = text.statements[statement]
    // By the branch that is entered; nil: neither.
    var ways: [Int?: Way] = [:]
    for block in text.flow.reversePostorder where isCondition(Int(block.index), of: statement) {
      let end = CodePoint(
        block: Int(block.index),
        index: text.model.blocks[Int(block.index)].instructions.count)
      guard text.statement(at: end) == statement else { continue }
      let states = flow.states(in: end.block)[end.index]
      for edge in text.flow.successors(of: block)
      where !isCondition(Int(edge.to.index), of: statement) {
        let refined = flow.refined(states, edge)
        if refined.isEmpty { continue }
        let side = one.children.first { child in
          firstStatement(of: Int(edge.to.index)).map { isIn($0, child) } ?? false
        }
        ways[side, default: Way()].states.formUnion(refined)
        let isLive = flow.live.isLive(atStartOf: Int(edge.to.index))
        if refined.contains(where: \.isOpen) {
          if isLive { ways[side]?.isLive = true } else { ways[side]?.isDead = true }
        }
        if side != nil,
          !text.flow.predecessors(of: edge.to).allSatisfy({
            isCondition(Int($0.from.index), of: statement)
          })
        {
          ways[side]?.isEnteredElsewhere = true
        }
      }
    }
    guard ways.values.contains(where: \.isDead) else { return }
    guard one.kind == .if, let first = one.children.first, !isEmpty(first),
      !ways.values.contains(where: { $0.isDead && $0.isLive })
    else { throw .pathNotUnderstood }
    for (side, way) in ways.sorted(by: { ($0.key ?? .max) < ($1.key ?? .max) }) where way.isDead {
      guard !way.isEnteredElsewhere else { throw .pathNotUnderstood }
      let line = try release(way.states)
      if let side {
        plan.insert(line, atStartOf: side)
      } else if one.children.count > 1 {
        throw .pathNotUnderstood
      } else if neverEnds(first), !isElse(statement) {
        plan.insert(line, behind: statement)
      } else {
        plan.insert(line, inElseOf: statement)
      }
    }
  }

  /// Whether a block holds a part of a statement's condition.
  private func isCondition(_ block: Int, of statement: Int) -> Bool {
    let points = text.statementOf[block]
    guard points.last == .some(statement) else { return false }
    if case .branch = text.model.blocks[block].terminator { return true }
    return false
  }

  /// Whether a statement is the `else` of another, where nothing can follow it.
  private func isElse(_ statement: Int) -> Bool {
    text.statements[statement].parent.map { parent in
      text.statements[parent].kind == .if && text.statements[parent].children.last == statement
        && text.statements[parent].children.count == 2
    } ?? false
  }

  private func isEmpty(_ statement: Int) -> Bool {
    let one = text.statements[statement]
    return one.kind == .compound ? one.children.isEmpty : one.range.count == 1
  }

  /// Whether what stands behind a statement is never reached from it.
  private func neverEnds(_ statement: Int) -> Bool {
    let one = text.statements[statement]
    switch one.kind {
    case .return, .goto, .break, .continue: return true
    case .compound: return one.children.last.map(neverEnds) ?? false
    case .if: return one.children.count == 2 && one.children.allSatisfy(neverEnds)
    default: return false
    }
  }

  private func isIn(_ statement: Int, _ outer: Int) -> Bool {
    text.statements.isWithin(statement, outer)
  }

  /// The statement with which a block, or one that it leads to alone, begins.
  private func firstStatement(of block: Int) -> Int? {
    var block = block
    for _ in 0..<16 {
      for index in 0...text.model.blocks[block].instructions.count {
        if let found = text.statement(at: CodePoint(block: block, index: index)) { return found }
      }
      guard case .jump(let next) = text.model.blocks[block].terminator else { return nil }
      block = Int(next.index)
    }
    return nil
  }
}
