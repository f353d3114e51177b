import ProgramModel

/// Finds tests and writes of one field that are locked each for itself, so that what was found
/// can have changed by the time of the write.
struct SplitCheckFinder {
  let package: PackageModel
  let graph: CallGraph
  let locks: Locks
  let accesses: [[InstanceAccess]]
  let guards: InstanceGuards

  /// One for each field, in their order.
  func find() -> [InstanceHazard] {
    var found: [InstanceHazard] = []
    for index in accesses.indices where !accesses[index].isEmpty {
      let id = InstanceFieldID(index)
      if let pair = inOneFunction(id) ?? overCalls(id) {
        found.append(
          InstanceHazard(
            pattern: .checkThenAct, fields: [id], write: pair.write, other: pair.test,
            isSplit: true))
      }
    }
    return found
  }

  private typealias Check = (write: InstanceAccess, test: InstanceAccess)

  private func isLocked(_ access: InstanceAccess) -> Bool {
    !access.locks.isEmpty && !access.isReinitialisation && !access.isAtomic
  }

  // MARK: One function

  private func inOneFunction(_ id: InstanceFieldID) -> Check? {
    let own = accesses[Int(id.index)]
    for write in own where write.use.writes && isLocked(write) {
      // What the function itself has taken: a lock of all callers has no gap here.
      guard isTakenHere(write), guards.tested(at: write.site).contains(id) else { continue }
      let reads = own.filter {
        !$0.use.writes && $0.site.function == write.site.function && $0.part == write.part
          && isLocked($0) && $0.object == write.object
      }
      guard let test = reads.first, !reads.contains(where: { isHeld(from: $0, to: write) }) else {
        continue
      }
      return (write, test)
    }
    return nil
  }

  private func isTakenHere(_ access: InstanceAccess) -> Bool {
    !locks.acquiredLocally(
      in: access.site.function, block: access.site.block, instruction: access.site.instruction
    ).isEmpty
  }

  /// Whether a lock is held on every way from a read to a write of one function.
  private func isHeld(from read: InstanceAccess, to write: InstanceAccess) -> Bool {
    guard let (_, model) = package.body(of: write.site.function) else { return true }
    let keys = Set(write.held.map(\.key))
    func isCovered(_ block: BlockID, _ range: Range<Int>) -> Bool {
      range.allSatisfy { index in
        locks.held(in: write.site.function, block: block, instruction: index).contains {
          keys.contains($0.key)
        }
      }
    }
    let (start, end) = (read.site, write.site)
    if start.block == end.block, start.instruction <= end.instruction {
      return isCovered(start.block, start.instruction..<end.instruction + 1)
    }
    let flow = ControlFlow(model)
    func predecessors(_ block: BlockID) -> [BlockID] { flow.predecessors(of: block).map(\.from) }
    guard isCovered(end.block, 0..<end.instruction + 1) else { return false }
    var seen = Set<Int32>()
    var work = predecessors(end.block)
    var hasMet = false
    while let next = work.popLast() {
      let count = model.blocks[Int(next.index)].instructions.count
      if next == start.block {
        hasMet = true
        guard isCovered(next, start.instruction..<count + 1) else { return false }
        continue
      }
      guard seen.insert(next.index).inserted else { continue }
      guard isCovered(next, 0..<count + 1) else { return false }
      work += predecessors(next)
    }
    return hasMet
  }

  // MARK: Calls

  /// A field that a helper gives, and that another helper writes after its value was tested.
  private func overCalls(_ id: InstanceFieldID) -> Check? {
    let own = accesses[Int(id.index)]
    for write in own where write.use.writes && isLocked(write) && isTakenHere(write) {
      // What is tested again under the lock is right.
      guard guards.tested(at: write.site).isEmpty else { continue }
      for index in graph.incoming[Int(write.site.function.index)] {
        let edge = graph.edges[index]
        guard edge.kind != .callback,
          !locks.held(in: edge.caller, block: edge.block, instruction: edge.instruction)
            .contains(where: { $0.mode == .exclusive })
        else { continue }
        let getters = guards.testedResults(at: edge.site)
        let test = own.first {
          !$0.use.writes && $0.part == .value && getters.contains($0.site.function)
            && isLocked($0) && guards.gives(id, $0.site.function)
        }
        if let test { return (write, test) }
      }
    }
    return nil
  }
}
