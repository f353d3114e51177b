package import ProgramModel

/// What is known at a point of a function, to be joined where ways meet.
package protocol JoinSemilattice {
  /// Takes in what holds on another way. True when that changed this state.
  mutating func join(_ other: Self) -> Bool
}

package enum FlowDirection: Sendable {
  case forward, backward
}

/// A place in a function between two instructions.
package struct ProgramPoint: Hashable, Sendable {
  package var block: BlockID
  /// The instruction behind the point; the number of the block's instructions for its terminator.
  package var instruction: Int

  package init(block: BlockID, instruction: Int) {
    self.block = block
    self.instruction = instruction
  }
}

/// A question about each point of a function, answered by following its blocks.
package protocol DataFlowProblem {
  associatedtype State: JoinSemilattice

  var direction: FlowDirection { get }
  /// What holds at the function's entry; backward: at each of its ends.
  var boundary: State { get }
  /// What can be said without looking: the answer when the function was too large to finish.
  var safe: State { get }

  /// The effect of one instruction.
  func transfer(_ instruction: Instruction, at point: ProgramPoint, _ state: inout State)
  /// The effect of a block's end, before its edges part.
  func transfer(_ terminator: Terminator, at point: ProgramPoint, _ state: inout State)
  /// What taking an edge adds: a branch knows its condition.
  func transfer(along edge: FlowEdge, _ state: inout State)
  /// The effect of all of a block. `exceptional`, for blocks with a handler, collects forward the
  /// states in which a call can raise an exception; backward it is the state at the handler.
  func transfer(
    block: BlockID, of model: FunctionModel, _ state: inout State, exceptional: inout State?)
}

extension DataFlowProblem {
  package var direction: FlowDirection { .forward }
  package func transfer(
    _ instruction: Instruction, at point: ProgramPoint, _ state: inout State
  ) {}
  package func transfer(
    _ terminator: Terminator, at point: ProgramPoint, _ state: inout State
  ) {}
  package func transfer(along edge: FlowEdge, _ state: inout State) {}

  package func transfer(
    block id: BlockID, of model: FunctionModel, _ state: inout State, exceptional: inout State?
  ) {
    let block = model.blocks[Int(id.index)]
    let count = block.instructions.count
    if direction == .backward {
      transfer(block.terminator, at: ProgramPoint(block: id, instruction: count), &state)
    }
    for step in 0..<count {
      let index = direction == .forward ? step : count - 1 - step
      let instruction = block.instructions[index]
      // An exception can come before or after the effect of the call that raises it.
      let raises = block.handler != nil && instruction.operation.canRaise
      if raises { exchange(&state, &exceptional) }
      transfer(instruction, at: ProgramPoint(block: id, instruction: index), &state)
      if raises { exchange(&state, &exceptional) }
    }
    if direction == .forward {
      transfer(block.terminator, at: ProgramPoint(block: id, instruction: count), &state)
      if case .throw = block.terminator, block.handler != nil { exchange(&state, &exceptional) }
    }
  }

  private func exchange(_ state: inout State, _ exceptional: inout State?) {
    switch direction {
    case .forward:
      if exceptional == nil { exceptional = state } else { _ = exceptional?.join(state) }
    case .backward:
      if let exceptional { _ = state.join(exceptional) }
    }
  }

  /// What holds before an instruction, from what holds where its block begins (backward: ends).
  package func state(
    at point: ProgramPoint, of model: FunctionModel, from boundary: State
  ) -> State {
    var state = boundary
    let block = model.blocks[Int(point.block.index)]
    switch direction {
    case .forward:
      for index in 0..<min(point.instruction, block.instructions.count) {
        transfer(
          block.instructions[index], at: ProgramPoint(block: point.block, instruction: index),
          &state)
      }
    case .backward:
      let count = block.instructions.count
      transfer(block.terminator, at: ProgramPoint(block: point.block, instruction: count), &state)
      for index in stride(from: count - 1, through: point.instruction, by: -1) {
        transfer(
          block.instructions[index], at: ProgramPoint(block: point.block, instruction: index),
          &state)
      }
    }
    return state
  }
}

extension Operation {
  /// Whether a C++ exception can come out of it.
  package var canRaise: Bool {
    switch self {
    case .call, .opaque: true
    case .load, .store, .modify, .atomic, .compute, .copy: false
    }
  }
}

/// The answer to a data-flow problem.
package struct DataFlowSolution<State> {
  /// What holds where each block begins; backward: where it ends. nil for blocks that no way
  /// from the entry (backward: from an end of the function) reaches.
  package var states: [State?]
  /// False where the bound on the work was hit: then all states are the safe one.
  package var isComplete: Bool
  /// How many blocks were gone through, repeats counted.
  package var visits: Int
}

extension DataFlowSolution: Sendable where State: Sendable {}

extension DataFlowProblem {
  /// Solves the problem for a function. Real code settles within a few visits of each block;
  /// with more than `visitsPerBlock` on average the answer is the safe state everywhere.
  package func solve(
    _ model: FunctionModel, _ flow: ControlFlow, visitsPerBlock: Int = 40
  ) -> DataFlowSolution<State> {
    let order = flow.reversePostorder
    let count = order.count
    var states = [State?](repeating: nil, count: model.blocks.count)
    var dirty = [Bool](repeating: false, count: count)
    /// Position in the direction's order, and back.
    func rank(_ block: BlockID) -> Int {
      let position = Int(flow.position[Int(block.index)])
      return direction == .forward ? position : count - 1 - position
    }
    func block(_ rank: Int) -> BlockID {
      order[direction == .forward ? rank : count - 1 - rank]
    }
    var pending = 0
    func mark(_ rank: Int, _ lowest: inout Int) {
      lowest = min(lowest, rank)
      if !dirty[rank] {
        dirty[rank] = true
        pending += 1
      }
    }

    var start = count
    switch direction {
    case .forward:
      if count > 0 {
        states[Int(order[0].index)] = boundary
        mark(0, &start)
      }
    case .backward:
      for id in order where model.blocks[Int(id.index)].terminator.isEnd {
        states[Int(id.index)] = boundary
        mark(rank(id), &start)
      }
    }

    var visits = 0
    let bound = max(visitsPerBlock, 1) * max(count, 1)
    while pending > 0 {
      var next = count
      for rank in start..<count where dirty[rank] {
        dirty[rank] = false
        pending -= 1
        visits += 1
        if visits > bound {
          return DataFlowSolution(
            states: flow.position.map { $0 < 0 ? nil : safe }, isComplete: false, visits: visits)
        }
        for changed in visit(block(rank), model, flow, &states) {
          // What lies behind comes in this sweep, what lies before in the next.
          let other = self.rank(of: changed, flow, count)
          if other > rank {
            var ignored = 0
            mark(other, &ignored)
          } else {
            mark(other, &next)
          }
        }
      }
      start = next
    }
    return DataFlowSolution(states: states, isComplete: true, visits: visits)
  }

  private func rank(of block: BlockID, _ flow: ControlFlow, _ count: Int) -> Int {
    let position = Int(flow.position[Int(block.index)])
    return direction == .forward ? position : count - 1 - position
  }

  /// Goes through one block and hands its result on; gives the blocks whose states changed.
  private func visit(
    _ id: BlockID, _ model: FunctionModel, _ flow: ControlFlow, _ states: inout [State?]
  ) -> [BlockID] {
    guard var state = states[Int(id.index)] else { return [] }
    var changed: [BlockID] = []
    func merge(_ new: State, into block: BlockID) {
      let index = Int(block.index)
      if states[index] == nil {
        states[index] = new
      } else if states[index]?.join(new) != true {
        return
      }
      if !changed.contains(block) { changed.append(block) }
    }
    switch direction {
    case .forward:
      var exceptional: State?
      transfer(block: id, of: model, &state, exceptional: &exceptional)
      for edge in flow.successors(of: id) {
        if edge.kind == .handler {
          if var raised = exceptional {
            transfer(along: edge, &raised)
            merge(raised, into: edge.to)
          }
        } else {
          var along = state
          transfer(along: edge, &along)
          merge(along, into: edge.to)
        }
      }
    case .backward:
      var exceptional: State?
      if let handler = model.blocks[Int(id.index)].handler {
        exceptional = states[Int(handler.index)].map { atStart(of: handler, model, $0, states) }
      }
      transfer(block: id, of: model, &state, exceptional: &exceptional)
      for edge in flow.predecessors(of: id) where flow.position[Int(edge.from.index)] >= 0 {
        if edge.kind == .handler {
          // Its state is asked for when the block before is gone through.
          if states[Int(edge.from.index)] == nil { merge(state, into: edge.from) }
          if !changed.contains(edge.from) { changed.append(edge.from) }
        } else {
          var along = state
          transfer(along: edge, &along)
          merge(along, into: edge.from)
        }
      }
    }
    return changed
  }

  /// Backward: the state where a block begins, from that where it ends.
  private func atStart(
    of id: BlockID, _ model: FunctionModel, _ end: State, _ states: [State?]
  ) -> State {
    var state = end
    var none: State?
    transfer(block: id, of: model, &state, exceptional: &none)
    return state
  }
}

extension Terminator {
  /// Control leaves the function here.
  fileprivate var isEnd: Bool {
    switch self {
    case .return, .throw, .unreachable: true
    case .jump, .branch, .switch, .indirect: false
    }
  }
}
