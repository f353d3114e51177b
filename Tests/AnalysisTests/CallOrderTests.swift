import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

@Suite struct CallOrderTests {
  /// A graph with the calls `caller -> callees`, by number.
  private func graph(_ calls: [[Int]]) -> CallGraph {
    var graph = CallGraph()
    graph.outgoing = Array(repeating: [], count: calls.count)
    graph.incoming = Array(repeating: [], count: calls.count)
    for (caller, callees) in calls.enumerated() {
      for callee in callees {
        graph.outgoing[caller].append(graph.edges.count)
        graph.incoming[callee].append(graph.edges.count)
        graph.edges.append(
          CallEdge(
            caller: FunctionID(caller), callee: FunctionID(callee), kind: .direct, unit: 0,
            block: BlockID(0), instruction: graph.edges.count, range: .none))
      }
    }
    return graph
  }

  private func order(_ calls: [[Int]]) -> (order: [Int], cyclic: [Int]) {
    let order = graph(calls).bottomUp()
    let cyclic = calls.indices.filter { order.isCyclic(FunctionID($0)) }
    return (order.functions.map { Int($0.index) }, cyclic)
  }

  @Test func calleesComeFirst() {
    let (found, cyclic) = order([[1, 2], [3], [3], []])
    #expect(found == [3, 1, 2, 0])
    #expect(cyclic == [])
    #expect(order([[], [0], [1]]).order == [0, 1, 2])
    #expect(order([]).order == [])
  }

  @Test func recursionIsMarkedAndEnds() {
    #expect(order([[0]]).cyclic == [0])
    let (found, cyclic) = order([[1], [2], [0, 3], []])
    #expect(found == [3, 2, 1, 0])
    // Only the function whose call leads back to one that is not done yet.
    #expect(cyclic == [2])
    #expect(order([[1], [0], [1]]).order == [1, 0, 2])
  }

  @Test func everyFunctionOnceEvenInALongChain() {
    let count = 50_000
    let (found, cyclic) = order((0..<count).map { $0 + 1 < count ? [$0 + 1, $0 + 1] : [] })
    #expect(found == Array((0..<count).reversed()))
    #expect(cyclic == [])
  }
}
