import ProgramModel
import PythonAPI

/// Why a thread is detached at a point.
package enum DetachedWay: Hashable, Sendable {
  /// The function has detached it.
  case region
  /// The function has detached it, and a way leads here on which nothing attaches it again; other
  /// ways may.
  case leftOpen
  /// A caller has, and calls from here; nil where it is not known which.
  case caller(CodeSite?)
  /// The function runs in a thread of its own, which was never attached.
  case ownThread
}

/// Where a thread is certainly detached, if only on one of the ways that lead there.
struct DetachedPoints {
  let package: PackageModel
  let graph: CallGraph
  let threads: ThreadStates
  /// Functions that a detached thread calls, and where.
  private var entered: [FunctionID: CodeSite] = [:]
  private var known: [FunctionID: Asking] = [:]

  /// How a function learns in what state it is.
  private enum Asking {
    case never
    /// It asks.
    case state
    /// A number that it is given may tell it.
    case number
  }

  private var flows: [FunctionID: ControlFlow] = [:]

  init(_ package: PackageModel, _ graph: CallGraph, _ threads: ThreadStates) {
    self.package = package
    self.graph = graph
    self.threads = threads
    enter()
  }

  /// Functions in which a thread may be detached at all, in ascending order.
  var functions: [FunctionID] {
    package.functionIDs.filter {
      package[$0].definition != nil && (threads.changes($0) || threads.mayBeEnteredDetached($0))
    }
  }

  /// nil: attached, or not known.
  mutating func way(_ function: FunctionID, _ block: BlockID, _ instruction: Int) -> DetachedWay? {
    let possible = threads.possibilities(function, block, instruction)
    guard possible.contains(.detached) else { return nil }
    let relative = threads.relative(function, block, instruction)
    if relative == .entry {
      let asking = asking(function)
      // Where all callers are detached, a number cannot say anything else.
      if asking == .state || asking == .number && possible != .detached { return nil }
    }
    if possible == .detached {
      if relative == .detached { return .region }
      if threads.started.contains(function) { return .ownThread }
      return .caller(entered[function])
    }
    if relative == .entry { return entered[function].map { .caller($0) } }
    guard relative.contains(.detached) else { return nil }
    return isLeftOpen(function, block, instruction) ? .leftOpen : nil
  }

  /// The calls by which the thread comes to a function, from a detached region to the function's
  /// own caller.
  func calls(_ way: DetachedWay) -> [CodeSite] {
    guard case .caller(let first?) = way else { return [] }
    var found = [first]
    while let last = found.last, found.count < 8,
      threads.relative(last.function, last.block, last.instruction) == .entry,
      let next = entered[last.function], !found.contains(next)
    {
      found.append(next)
    }
    return found
  }

  // MARK: Callers

  private mutating func enter() {
    var work: [FunctionID] = []
    for caller in functions {
      for index in graph.outgoing[Int(caller.index)] {
        let edge = graph.edges[index]
        guard threads.possibilities(caller, edge.block, edge.instruction) == .detached else {
          continue
        }
        add(edge, &work)
      }
    }
    while let caller = work.popLast() {
      guard asking(caller) == .never else { continue }
      for index in graph.outgoing[Int(caller.index)] {
        let edge = graph.edges[index]
        if threads.relative(caller, edge.block, edge.instruction) == .entry { add(edge, &work) }
      }
    }
  }

  private mutating func add(_ edge: CallEdge, _ work: inout [FunctionID]) {
    guard edge.kind == .direct, package[edge.callee].definition != nil,
      entered[edge.callee] == nil
    else { return }
    entered[edge.callee] = edge.site
    work.append(edge.callee)
  }

  private mutating func asking(_ function: FunctionID) -> Asking {
    if let found = known[function] { return found }
    let found = findAsking(function)
    known[function] = found
    return found
  }

  private func findAsking(_ function: FunctionID) -> Asking {
    guard let (unit, model) = package.body(of: function) else { return .never }
    for index in graph.outgoing[Int(function.index)] {
      let callee = package[graph.edges[index].callee]
      if callee.definition == nil, PythonFacts.shared.lockFunctions[callee.name] == nil,
        PythonFacts.shared.detached[callee.name]?.why == .thread
      {
        return .state
      }
    }
    let types = package.units[unit]
    let values = FunctionValues(model)
    func isConstant(_ operand: Operand) -> Bool {
      if case .integer = operand { true } else { false }
    }
    func isTold(_ operand: Operand, _ depth: Int = 0) -> Bool {
      values.sources(of: operand).contains { source in
        switch source {
        case .local(let index) where index < model.parameterCount:
          switch types[model.locals[Int(index)].type].kind {
          case .integer, .boolean, .enumeration: return true
          default:
            return types.pointedRecord(model.locals[Int(index)].type).contains("ThreadState")
              || types.pointedRecord(model.locals[Int(index)].type) == "_ts"
          }
        case .temporary(let number):
          // A size that a loop counts up to says nothing.
          guard depth < 4, case .compute(_, let operands)? = values.definition(of: number),
            operands.count == 1 || operands.contains(where: isConstant)
          else { return false }
          return operands.contains { isTold($0, depth + 1) }
        default: return false
        }
      }
    }
    let isGiven = model.blocks.contains { block in
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _): isTold(operand)
      case .jump, .indirect, .return, .throw, .unreachable: false
      }
    }
    return isGiven ? .number : .never
  }

  // MARK: Regions that are left

  /// Whether a way leads to a point, without a decision, from code that is certainly detached.
  private mutating func isLeftOpen(
    _ function: FunctionID, _ block: BlockID, _ instruction: Int
  ) -> Bool {
    // Where statements were lost, so may be the one that returns.
    guard let (_, model) = package.body(of: function), model.gaps.isEmpty else { return false }
    let flow = flows[function] ?? ControlFlow(model)
    flows[function] = flow
    func isQuiet(_ block: BlockID, before end: Int) -> Bool {
      !(0..<end).contains { threads.isChange(function, block, $0) }
    }
    guard isQuiet(block, before: instruction) else { return false }
    var seen: Set<Int32> = [block.index]
    var work = [block]
    while let next = work.popLast() {
      for edge in flow.predecessors(of: next) {
        guard edge.kind != .handler, !threads.isTelling(function, edge.from) else { continue }
        let from = model.blocks[Int(edge.from.index)]
        let end = from.instructions.count
        if threads.possibilities(function, edge.from, end) == .detached { return true }
        if case .jump = from.terminator, isQuiet(edge.from, before: end),
          seen.insert(edge.from.index).inserted
        {
          work.append(edge.from)
        }
      }
    }
    return false
  }
}
