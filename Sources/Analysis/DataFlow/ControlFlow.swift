package import ProgramModel

/// One way from a block to the next.
package struct FlowEdge: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case jump
    /// The condition of the branch is not zero, or is zero.
    case then, otherwise
    /// The value switched on lies in the range.
    case switchCase(low: Int64, high: Int64)
    case switchDefault
    /// One of the targets of a computed `goto`.
    case indirect
    /// A call of the block raised a C++ exception.
    case handler
  }

  package var from: BlockID
  package var to: BlockID
  package var kind: Kind
}

/// The edges of a function's blocks in both directions, and an order to visit them in.
package struct ControlFlow: Sendable {
  /// Sorted by the block that they leave, then in the order of its terminator, the handler last.
  package let edges: [FlowEdge]
  /// The blocks that the entry reaches, each before those behind it but for loops.
  package let reversePostorder: [BlockID]
  /// Where each block stands in `reversePostorder`; -1 for blocks that nothing reaches.
  package let position: [Int32]
  private let firstEdge: [Int32]
  /// Indices of edges by the block that they enter.
  private let incoming: [Int32]
  private let firstIncoming: [Int32]

  package init(_ model: FunctionModel) {
    let count = model.blocks.count
    var edges: [FlowEdge] = []
    edges.reserveCapacity(count * 2)
    var firstEdge: [Int32] = []
    firstEdge.reserveCapacity(count + 1)
    for (index, block) in model.blocks.enumerated() {
      firstEdge.append(Int32(truncatingIfNeeded: edges.count))
      let from = BlockID(Int32(truncatingIfNeeded: index))
      func add(_ to: BlockID, _ kind: FlowEdge.Kind) {
        guard to.index >= 0, Int(to.index) < count else { return }
        edges.append(FlowEdge(from: from, to: to, kind: kind))
      }
      switch block.terminator {
      case .jump(let target): add(target, .jump)
      case .branch(_, let then, let otherwise):
        add(then, .then)
        add(otherwise, .otherwise)
      case .switch(_, let cases, let otherwise):
        for entry in cases { add(entry.target, .switchCase(low: entry.low, high: entry.high)) }
        add(otherwise, .switchDefault)
      case .indirect(_, let targets): targets.forEach { add($0, .indirect) }
      case .return, .throw, .unreachable: break
      }
      if let handler = block.handler { add(handler, .handler) }
    }
    firstEdge.append(Int32(truncatingIfNeeded: edges.count))

    var starts = [Int32](repeating: 0, count: count + 1)
    for edge in edges { starts[Int(edge.to.index) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var incoming = [Int32](repeating: 0, count: edges.count)
    for (index, edge) in edges.enumerated() {
      incoming[Int(next[Int(edge.to.index)])] = Int32(truncatingIfNeeded: index)
      next[Int(edge.to.index)] += 1
    }
    self.edges = edges
    self.firstEdge = firstEdge
    self.incoming = incoming
    firstIncoming = starts
    reversePostorder = Self.order(count, edges, firstEdge)
    var position = [Int32](repeating: -1, count: count)
    for (index, block) in reversePostorder.enumerated() {
      position[Int(block.index)] = Int32(truncatingIfNeeded: index)
    }
    self.position = position
  }

  /// The edges that leave a block.
  package func successors(of block: BlockID) -> ArraySlice<FlowEdge> {
    edges[Int(firstEdge[Int(block.index)])..<Int(firstEdge[Int(block.index) + 1])]
  }

  /// The edges that enter a block.
  package func predecessors(of block: BlockID) -> some Sequence<FlowEdge> {
    incoming[Int(firstIncoming[Int(block.index)])..<Int(firstIncoming[Int(block.index) + 1])]
      .lazy.map { edges[Int($0)] }
  }

  /// How many edges enter a block.
  package func predecessorCount(of block: BlockID) -> Int {
    Int(firstIncoming[Int(block.index) + 1] - firstIncoming[Int(block.index)])
  }

  /// Depth first without recursion: real functions are deeper than a stack.
  private static func order(
    _ count: Int, _ edges: [FlowEdge], _ firstEdge: [Int32]
  ) -> [BlockID] {
    guard count > 0 else { return [] }
    var postorder: [BlockID] = []
    postorder.reserveCapacity(count)
    var seen = [Bool](repeating: false, count: count)
    var stack: [(block: Int32, edge: Int32)] = [(0, firstEdge[0])]
    seen[0] = true
    while let (block, edge) = stack.last {
      if edge < firstEdge[Int(block) + 1] {
        stack[stack.count - 1].edge += 1
        let target = edges[Int(edge)].to.index
        if !seen[Int(target)] {
          seen[Int(target)] = true
          stack.append((target, firstEdge[Int(target)]))
        }
      } else {
        postorder.append(BlockID(block))
        stack.removeLast()
      }
    }
    return postorder.reversed()
  }
}

/// Which blocks stand on every way to which.
package struct Dominators: Sendable {
  /// The closest dominator of each block; -1 for the entry and for what nothing reaches.
  private var immediate: [Int32]
  private let position: [Int32]

  package init(_ flow: ControlFlow) {
    position = flow.position
    immediate = [Int32](repeating: -1, count: flow.position.count)
    var changed = true
    while changed {
      changed = false
      for block in flow.reversePostorder.dropFirst() {
        var new: Int32 = -1
        for edge in flow.predecessors(of: block) where position[Int(edge.from.index)] >= 0 {
          let from = edge.from.index
          if immediate[Int(from)] < 0 && position[Int(from)] != 0 { continue }
          new = new < 0 ? from : common(new, from)
        }
        if immediate[Int(block.index)] != new {
          immediate[Int(block.index)] = new
          changed = true
        }
      }
    }
  }

  private func common(_ first: Int32, _ second: Int32) -> Int32 {
    var first = first
    var second = second
    while first != second {
      if position[Int(first)] > position[Int(second)] {
        first = immediate[Int(first)]
      } else {
        second = immediate[Int(second)]
      }
    }
    return first
  }

  /// The closest block that stands on every way to a block; nil for the entry and for what
  /// nothing reaches.
  package func immediateDominator(of block: BlockID) -> BlockID? {
    let above = immediate[Int(block.index)]
    return above < 0 ? nil : BlockID(above)
  }

  /// Whether every way from the entry to `block` leads through `dominator`; a block dominates
  /// itself. False where nothing reaches `block`.
  package func dominates(_ dominator: BlockID, _ block: BlockID) -> Bool {
    guard position[Int(block.index)] >= 0 else { return false }
    var current = block.index
    while current >= 0 {
      if current == dominator.index { return true }
      current = immediate[Int(current)]
    }
    return false
  }
}

extension FunctionModel {
  /// The blocks that can run after a block, which is among them only inside a loop.
  func blocks(after block: BlockID) -> Set<BlockID> {
    var seen = Set<BlockID>()
    var work = [block]
    while let next = work.popLast() {
      for successor in blocks[Int(next.index)].successors where seen.insert(successor).inserted {
        work.append(successor)
      }
    }
    return seen
  }
}
