import ProgramModel

/// The functions of a call graph in groups that call each other, callees before their callers.
struct BottomUp {
  private(set) var groups: [[FunctionID]] = []

  /// Tarjan's algorithm, without recursion, as real call graphs are deeper than a stack.
  init(_ graph: CallGraph) {
    let count = graph.outgoing.count
    var number = [Int32](repeating: -1, count: count)
    var low = [Int32](repeating: 0, count: count)
    var isOpen = [Bool](repeating: false, count: count)
    var open: [Int32] = []
    var next: Int32 = 0
    var stack: [(node: Int32, edge: Int)] = []
    func enter(_ node: Int32) {
      number[Int(node)] = next
      low[Int(node)] = next
      next += 1
      open.append(node)
      isOpen[Int(node)] = true
      stack.append((node, 0))
    }
    for root in 0..<count where number[root] < 0 {
      enter(Int32(truncatingIfNeeded: root))
      while let (node, edge) = stack.last {
        let edges = graph.outgoing[Int(node)]
        if edge < edges.count {
          stack[stack.count - 1].edge += 1
          let callee = graph.edges[edges[edge]].callee.index
          if number[Int(callee)] < 0 {
            enter(callee)
          } else if isOpen[Int(callee)] {
            low[Int(node)] = min(low[Int(node)], number[Int(callee)])
          }
          continue
        }
        stack.removeLast()
        if let parent = stack.last?.node {
          low[Int(parent)] = min(low[Int(parent)], low[Int(node)])
        }
        guard low[Int(node)] == number[Int(node)] else { continue }
        var group: [FunctionID] = []
        while let last = open.popLast() {
          isOpen[Int(last)] = false
          group.append(FunctionID(Int(last)))
          if last == node { break }
        }
        groups.append(group.sorted())
      }
    }
  }
}
