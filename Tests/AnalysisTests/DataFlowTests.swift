import ProgramModel
import Testing

@testable import Analysis

/// Locals, joined by intersection or by union.
private struct Locals: JoinSemilattice, Equatable {
  var names: Set<Int32> = []
  var isUnion = false

  mutating func join(_ other: Self) -> Bool {
    let before = names
    names = isUnion ? names.union(other.names) : names.intersection(other.names)
    return names != before
  }
}

/// Locals that are certainly assigned.
private struct Assigned: DataFlowProblem {
  /// Branches on a local say on their first side that it is assigned.
  var refines = false
  let model: FunctionModel
  var boundary: Locals { Locals() }
  var safe: Locals { Locals() }

  func transfer(_ instruction: Instruction, at point: ProgramPoint, _ state: inout Locals) {
    if case .store(let place, _) = instruction.operation,
      case .local(let local) = model.places[Int(place.index)].base
    {
      state.names.insert(local)
    }
  }

  func transfer(along edge: FlowEdge, _ state: inout Locals) {
    guard refines, edge.kind == .then,
      case .branch(.local(let local), _, _) = model.blocks[Int(edge.from.index)].terminator
    else { return }
    state.names.insert(local)
  }
}

/// Locals whose value is read later.
private struct Live: DataFlowProblem {
  let model: FunctionModel
  var direction: FlowDirection { .backward }
  var boundary: Locals { Locals(isUnion: true) }
  var safe: Locals { Locals(names: [0, 1, 2], isUnion: true) }

  func transfer(_ instruction: Instruction, at point: ProgramPoint, _ state: inout Locals) {
    switch instruction.operation {
    case .store(let place, let value):
      if case .local(let local) = model.places[Int(place.index)].base { state.names.remove(local) }
      if case .local(let local) = value { state.names.insert(local) }
    case .call(_, _, let arguments):
      for case .local(let local) in arguments { state.names.insert(local) }
    default: break
    }
  }

  func transfer(_ terminator: Terminator, at point: ProgramPoint, _ state: inout Locals) {
    if case .branch(.local(let local), _, _) = terminator { state.names.insert(local) }
  }
}

/// A number that never stops to grow.
private struct Growing: DataFlowProblem {
  struct Number: JoinSemilattice, Equatable {
    var value = 0
    mutating func join(_ other: Self) -> Bool {
      if other.value <= value { return false }
      value = other.value
      return true
    }
  }
  var boundary: Number { Number() }
  var safe: Number { Number(value: -1) }

  func transfer(_ instruction: Instruction, at point: ProgramPoint, _ state: inout Number) {
    state.value += 1
  }
}

@Suite struct DataFlowTests {
  /// Three locals, with a place each, and the blocks given.
  private func function(_ blocks: [Block]) -> FunctionModel {
    let local = LocalModel(name: .empty, type: .unknown, kind: .automatic, range: .none)
    return FunctionModel(
      symbol: SymbolID(0), kind: .function, linkage: .external,
      locals: Array(repeating: local, count: 3),
      places: (0..<3).map { Place(base: .local($0), path: [], type: .unknown) }, blocks: blocks,
      range: .none, nameRange: .none)
  }

  private func store(_ local: Int32, _ value: Operand = .integer(1)) -> Instruction {
    Instruction(.store(PlaceID(local), value), .none)
  }

  private func call(_ arguments: Operand...) -> Instruction {
    Instruction(.call(nil, .indirect(.unknown), arguments), .none)
  }

  private func branch(_ local: Int32, _ then: Int32, _ otherwise: Int32) -> Terminator {
    .branch(.local(local), then: BlockID(then), otherwise: BlockID(otherwise))
  }

  private func assigned(_ model: FunctionModel, refines: Bool = false) -> [Set<Int32>?] {
    Assigned(refines: refines, model: model).solve(model, ControlFlow(model)).states
      .map { $0?.names }
  }

  @Test func waysMeetAndLoopsSettle() {
    // 0: a = 1; if a {1: b = 1} else {2: b = 1; c = 1}; 3: while c {4: c = 1}; 5; 6 is dead.
    let model = function([
      Block(instructions: [store(0)], terminator: branch(0, 1, 2)),
      Block(instructions: [store(1)], terminator: .jump(BlockID(3))),
      Block(instructions: [store(1), store(2)], terminator: .jump(BlockID(3))),
      Block(terminator: branch(2, 4, 5)),
      Block(instructions: [store(2)], terminator: .jump(BlockID(3))),
      Block(terminator: .return(nil)),
      Block(instructions: [store(2)], terminator: .jump(BlockID(5))),
    ])
    #expect(assigned(model) == [[], [0], [0], [0, 1], [0, 1], [0, 1], nil])
  }

  @Test func edgesRefine() {
    let model = function([
      Block(terminator: branch(0, 1, 2)), Block(terminator: .jump(BlockID(2))),
      Block(terminator: .return(nil)),
    ])
    #expect(assigned(model, refines: true) == [[], [0], []])
  }

  @Test func handlersSeeEachCallBeforeAndAfter() {
    let model = function([
      Block(
        instructions: [store(0), call(), store(1), call(), store(2)],
        terminator: .return(nil), handler: BlockID(1)),
      Block(terminator: .return(nil)),
    ])
    #expect(assigned(model) == [[], [0]])
    // Without a call nothing is raised.
    let quiet = function([
      Block(instructions: [store(0)], terminator: .return(nil), handler: BlockID(1)),
      Block(terminator: .return(nil)),
    ])
    #expect(assigned(quiet) == [[], nil])
  }

  @Test func backwardFollowsReadsAndHandlers() {
    // 0: c = a; while b {1: f(c)} with handler 3; 2: return; 3: f(a).
    let model = function([
      Block(instructions: [store(2, .local(0))], terminator: .jump(BlockID(1))),
      Block(terminator: branch(1, 2, 3)),
      Block(
        instructions: [call(.local(2))], terminator: .jump(BlockID(1)), handler: BlockID(4)),
      Block(terminator: .return(nil)),
      Block(instructions: [call(.local(0))], terminator: .return(nil)),
    ])
    let problem = Live(model: model)
    let solution = problem.solve(model, ControlFlow(model))
    #expect(solution.isComplete)
    #expect(
      solution.states.map { $0?.names } == [[0, 1, 2], [0, 1, 2], [0, 1, 2], [], []])
    let end = solution.states[2] ?? Locals()
    let start = problem.state(
      at: ProgramPoint(block: BlockID(4), instruction: 0), of: model, from: Locals(isUnion: true))
    #expect(start.names == [0])
    #expect(end.isUnion)
  }

  @Test func stateBeforeAnInstruction() {
    let model = function([
      Block(instructions: [store(0), store(1)], terminator: .return(nil))
    ])
    let problem = Assigned(model: model)
    let states = (0...2).map {
      problem.state(
        at: ProgramPoint(block: BlockID(0), instruction: $0), of: model, from: Locals()
      ).names
    }
    #expect(states == [[], [0], [0, 1]])
  }

  @Test func workIsBoundedAndThenTheAnswerIsSafe() {
    let model = function([
      Block(terminator: .jump(BlockID(1))),
      Block(instructions: [store(0)], terminator: branch(0, 1, 2)),
      Block(terminator: .return(nil)), Block(terminator: .return(nil)),
    ])
    let solution = Growing().solve(model, ControlFlow(model))
    #expect(!solution.isComplete)
    #expect(solution.states.map { $0?.value } == [-1, -1, -1, nil])
  }

  @Test func largeFunctionsTakeFewVisits() {
    // A chain of 5,000 blocks in the worst order of numbers, each with a loop around itself.
    let count: Int32 = 5000
    var blocks = [Block(terminator: .jump(BlockID(count - 1)))]
    for index in 1..<count {
      blocks.append(
        Block(
          instructions: [store(0)],
          terminator: index == 1 ? .return(nil) : branch(0, index, index - 1)))
    }
    let model = function(blocks)
    let solution = Assigned(model: model).solve(model, ControlFlow(model))
    #expect(solution.isComplete)
    #expect(solution.visits <= 3 * Int(count))
    #expect(solution.states[1]?.names == [0])
  }

  @Test func orderAndDominators() {
    // A loop with two entries behind a branch.
    let model = function([
      Block(terminator: branch(0, 1, 2)), Block(terminator: .jump(BlockID(2))),
      Block(terminator: branch(0, 1, 3)), Block(terminator: .return(nil)),
      Block(terminator: .return(nil)),
    ])
    let flow = ControlFlow(model)
    #expect(flow.reversePostorder.first == BlockID(0))
    #expect(flow.position[4] == -1)
    #expect(Set(flow.predecessors(of: BlockID(2)).map(\.from.index)) == [0, 1])
    #expect(flow.predecessorCount(of: BlockID(1)) == 2)
    let dominators = Dominators(flow)
    #expect(dominators.dominates(BlockID(0), BlockID(3)))
    #expect(dominators.dominates(BlockID(2), BlockID(3)))
    #expect(!dominators.dominates(BlockID(1), BlockID(2)))
    #expect(!dominators.dominates(BlockID(0), BlockID(4)))
  }
}
