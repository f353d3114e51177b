package import ProgramModel

/// The functions of a package with callees before their callers, as far as that goes.
package struct CallOrder: Sendable {
  package fileprivate(set) var functions: [FunctionID] = []
  /// How many functions of the order there are up to the last one that a cycle leads back to:
  /// none after these is in a cycle.
  package fileprivate(set) var endOfCycles = 0
}

extension CallGraph {
  /// Callees first.
  package func bottomUp() -> CallOrder {
    var order = CallOrder()
    let count = outgoing.count
    // 0: not seen, 1: being visited, 2: done.
    var state = [UInt8](repeating: 0, count: count)
    var stack: [(function: Int, next: Int)] = []
    var heads = Set<Int>()
    for root in 0..<count where state[root] == 0 {
      state[root] = 1
      stack.append((root, 0))
      while let (function, next) = stack.last {
        if next < outgoing[function].count {
          stack[stack.count - 1].next += 1
          let callee = Int(edges[outgoing[function][next]].callee.index)
          switch state[callee] {
          case 0:
            state[callee] = 1
            stack.append((callee, 0))
          case 1: heads.insert(callee)
          default: break
          }
        } else {
          stack.removeLast()
          state[function] = 2
          order.functions.append(FunctionID(function))
          if heads.contains(function) { order.endOfCycles = order.functions.count }
        }
      }
    }
    return order
  }
}
