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

  private func order(_ calls: [[Int]]) -> (order: [Int], endOfCycles: Int) {
    let order = graph(calls).bottomUp()
    return (order.functions.map { Int($0.index) }, order.endOfCycles)
  }

  @Test func calleesComeFirst() {
    let (found, end) = order([[1, 2], [3], [3], []])
    #expect(found == [3, 1, 2, 0])
    #expect(end == 0)
    #expect(order([[], [0], [1]]).order == [0, 1, 2])
    #expect(order([]).order == [])
  }

  @Test func recursionEnds() {
    #expect(order([[0]]) == ([0], 1))
    #expect(order([[1], [2], [0, 3], []]) == ([3, 2, 1, 0], 4))
    #expect(order([[1], [0], [1]]) == ([1, 0, 2], 2))
  }

  @Test func endOfCyclesIsTheLastHead() {
    #expect(order([[1], [2], []]).endOfCycles == 0)
    // 2, 1, 0 are a cycle, 3 calls into it.
    #expect(order([[1], [2], [0], [2]]).endOfCycles == 3)
    // The cycle of 1 and 2 alone, below 0.
    #expect(order([[1], [2], [1]]).endOfCycles == 2)
  }

  @Test func everyFunctionOnceEvenInALongChain() {
    let count = 50_000
    let (found, end) = order((0..<count).map { $0 + 1 < count ? [$0 + 1, $0 + 1] : [] })
    #expect(found == Array((0..<count).reversed()))
    #expect(end == 0)
  }
}
