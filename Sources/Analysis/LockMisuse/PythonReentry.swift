import ProgramModel
import PythonAPI

/// Finds the calls that let arbitrary Python code run in the middle of a function.
final class PythonReentry {
  /// One call that does so, seen from a function that leads to it.
  struct Cause: Hashable {
    enum Kind: Hashable {
      /// The named function runs Python code.
      case python
      /// Detaches or attaches.
      case thread
    }

    var kind: Kind
    /// The innermost call in the package.
    var site: CodeSite
    var name: String
    /// Only if what the caller passes as this parameter can run code.
    var parameter: Int?
    var isDrop = false
    /// Locks of the caller that may have been let go before.
    var released: Set<LockRelease> = []
  }

  let context: ReferenceContext
  let locks: Locks
  private let manners: ObjectManners
  private var known: [FunctionID: [Cause]] = [:]
  /// More causes are not kept of one function.
  private static let limit = 8

  init(_ context: ReferenceContext, _ locks: Locks) {
    self.context = context
    self.locks = locks
    manners = ObjectManners(context)
  }

  /// What a function can come to, in terms of its parameters.
  func causes(in function: FunctionID, depth: Int = 0) -> [Cause] {
    if let found = known[function] { return found }
    guard depth < 12, let flow = context.flow(of: function) else { return [] }
    // Recursion adds nothing.
    known[function] = []
    // What only reports an error comes to little but errors.
    if raises(flow) { return [] }
    var found: [Cause] = []
    let own = locks.functionLocks(function)
    for id in flow.flow.reversePostorder where flow.liveBlocks.contains(id.index) {
      for index in flow.model.blocks[Int(id.index)].instructions.indices {
        guard found.count < Self.limit else { break }
        let point = ProgramPoint(block: id, instruction: index)
        for var cause in causes(at: point, in: flow, depth: depth + 1) {
          if let own, let state = own.state(block: id, instruction: index) {
            cause.released.formUnion(state.released.map { own.releases[Int($0)] })
          }
          if !found.contains(where: {
            $0.kind == cause.kind && $0.name == cause.name && $0.parameter == cause.parameter
              && $0.released == cause.released
          }) {
            found.append(cause)
          }
        }
      }
    }
    known[function] = found
    return found
  }

  /// A function that sets an exception whichever way it takes.
  private func raises(_ flow: ValueFlow) -> Bool {
    var setters = Set<Int32>()
    for (number, block) in flow.model.blocks.enumerated() {
      for index in block.instructions.indices {
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        if flow.name(ofCallAt: point).map(ReentryEffects.setsException) ?? false {
          setters.insert(Int32(truncatingIfNeeded: number))
          break
        }
      }
    }
    guard !setters.isEmpty else { return false }
    // Whether a way to a return passes none of them.
    var seen = Set<Int32>()
    var work: [Int32] = [0]
    while let next = work.popLast() {
      guard seen.insert(next).inserted, !setters.contains(next) else { continue }
      if case .return = flow.model.blocks[Int(next)].terminator { return false }
      work += flow.flow.successors(of: BlockID(next)).map(\.to.index)
    }
    return true
  }

  /// What one call can come to.
  func causes(at point: ProgramPoint, in flow: ValueFlow, depth: Int = 0) -> [Cause] {
    guard case .call(_, _, let arguments)? = flow.operation(at: point) else { return [] }
    var found: [Cause] = []
    var seen = Set<FunctionID>()
    let here = context.site(point, in: flow)
    for index in context.graph.outgoing[Int(flow.function.index)] {
      let edge = context.graph.edges[index]
      guard edge.block == point.block, edge.instruction == point.instruction,
        seen.insert(edge.callee).inserted
      else { continue }
      if let cause = thread(edge.callee, here) {
        found.append(cause)
      } else if context.package[edge.callee].definition == nil {
        if edge.kind == .direct { found += direct(edge.callee, arguments, point, flow, here) }
      } else {
        for cause in causes(in: edge.callee, depth: depth) {
          if let cause = handOn(cause, edge, arguments, point, flow) { found.append(cause) }
        }
      }
    }
    return found
  }

  private func thread(_ callee: FunctionID, _ here: CodeSite) -> Cause? {
    switch LockOperation.of(context.package[callee]) {
    case .thread, .threadEnd:
      Cause(kind: .thread, site: here, name: context.name(callee))
    default: nil
    }
  }

  private func direct(
    _ callee: FunctionID, _ arguments: [Operand], _ point: ProgramPoint, _ flow: ValueFlow,
    _ here: CodeSite
  ) -> [Cause] {
    let name = context.name(callee)
    guard let effect = ReentryEffects.effect(of: name) else { return [] }
    func cause(_ answer: ObjectManners.Answer, isDrop: Bool) -> [Cause] {
      switch answer {
      case .harmless: []
      case .arbitrary: [Cause(kind: .python, site: here, name: name)]
      case .parameter(let index):
        [Cause(kind: .python, site: here, name: name, parameter: index, isDrop: isDrop)]
      }
    }
    switch effect {
    case .always: return [Cause(kind: .python, site: here, name: name)]
    case .objects(let indices):
      return indices.filter { $0 < arguments.count }.flatMap {
        cause(manners.answer(.methods, arguments[$0], at: point, in: flow), isDrop: false)
      }
    case .drops(let index):
      guard index < arguments.count else { return [] }
      return cause(manners.answer(.drop, arguments[index], at: point, in: flow), isDrop: true)
    case .replaces(let index):
      guard index < arguments.count, case .address(let id) = arguments[index] else { return [] }
      let place = flow.model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty {
        return cause(manners.answer(.drop, .local(local), at: point, in: flow), isDrop: true)
      }
      return cause(manners.held(in: id, flow), isDrop: true)
    }
  }

  /// What a callee comes to, seen by its caller; nil: it does not, with these arguments.
  private func handOn(
    _ cause: Cause, _ edge: CallEdge, _ arguments: [Operand], _ point: ProgramPoint,
    _ flow: ValueFlow
  ) -> Cause? {
    var cause = cause
    if let index = cause.parameter {
      guard edge.kind != .callback, index < arguments.count else { return nil }
      let question: ObjectManners.Question = cause.isDrop ? .drop : .methods
      switch manners.answer(question, arguments[index], at: point, in: flow) {
      case .harmless: return nil
      case .arbitrary: cause.parameter = nil
      case .parameter(let outer): cause.parameter = outer
      }
    }
    cause.released = Set(
      cause.released.compactMap { release in
        guard let key = release.key else { return release }
        guard edge.kind != .callback,
          let here = locks.translate(key, arguments: arguments, in: flow.function)
        else { return nil }
        var release = release
        release.key = here
        return release
      })
    return cause
  }
}
