import ProgramModel

// What larger shapes the accesses of a state have: locks, lists, containers, buffers.
extension StateEvidence {
  /// Set and taken back around work, and tested before: a lock made of a variable. Or it holds
  /// the number of the thread that owns something.
  func isHomeMadeLock(_ candidate: StateCandidate, _ tested: [StateAccess]) -> Bool {
    if candidate.writes.contains(where: { storesThread($0) }) { return true }
    guard candidate.type.isScalar else { return false }
    return tested.contains { write in
      let free = testsBefore(write).first { $0.state == candidate.declaration.id }?.constant
      guard let free, case .constant(let value)? = stored(write).first, value != free else {
        return false
      }
      // A flag that never gets the value back for which it was tested is no lock.
      return candidate.writes.contains { reset in
        guard stored(reset) == [.constant(free)] else { return false }
        return reset.site.function == write.site.function
          ? readings.comesAfter(reset.site, write.site)
          // Entered in one function, left in another, and nothing is set up in between.
          : !guardsMore(than: write)
      }
    }
  }

  private static let threadNames: Set<String> = [
    "PyThread_get_thread_ident", "pthread_self", "PyThread_get_thread_native_id", "thrd_current",
    "GetCurrentThreadId", "gettid", "_Py_ThreadId",
  ]

  private func storesThread(_ write: StateAccess) -> Bool {
    guard let value = write.value, let resolver = readings.resolver(of: write.end.function) else {
      return false
    }
    return resolver.values.sources(of: value).contains { source in
      guard case .temporary(let number) = source,
        case .call(let block, let instruction)? = resolver.values.definition(of: number),
        case .call(_, .direct(let symbol), _)? = resolver.values.operation(
          block: block, instruction: instruction)
      else { return false }
      return Self.threadNames.contains(package.units[write.end.unit].name(of: symbol))
    }
  }

  /// Whether the block of a write does more than the write: calls, or stores to other memory.
  private func guardsMore(than write: StateAccess) -> Bool {
    guard let (_, body) = package.body(of: write.site.function) else { return false }
    let instructions = body.blocks[Int(write.site.block.index)].instructions
    return instructions.enumerated().contains { index, instruction in
      guard index != write.site.instruction else { return false }
      switch instruction.operation {
      case .call: return true
      case .store(let place, _):
        if case .variable = body.places[Int(place.index)].base { return true }
        return false
      default: return false
      }
    }
  }

  /// Functions that write, without a lock, what a pointer points to that is not a Python object.
  func pointeeWriters(_ candidate: StateCandidate) -> [FunctionID] {
    guard candidate.type.isPointer, !candidate.type.pointsToObject else { return [] }
    return Set(
      candidate.accesses.filter {
        $0.isLive && $0.kind.writes && !$0.kind.isAtomic && $0.locks.isEmpty
          && $0.steps.first == .dereference && $0.steps.count { $0 == .dereference } == 1
      }.map(\.site.function)
    ).sorted()
  }

  /// Whether a function is given to one that calls it before it returns.
  func isCalledAtOnce(_ callback: FunctionID, by caller: FunctionID) -> Bool {
    package.functionUses.contains { use in
      guard use.target == callback, use.function == caller,
        case .argument(let callee?, _) = use.context
      else { return false }
      return CalledBack.isSynchronous(package[callee])
    }
  }

  /// Things taken out and put back: a list of which the head moves on, or an array of objects
  /// that is filled where objects end.
  func isFreelist(_ candidate: StateCandidate) -> Bool {
    let writes = candidate.writes
    if writes.contains(where: { advances($0) }), writes.contains(where: { links($0) }) {
      return true
    }
    let holdsPointers = candidate.type.isPointer || candidate.type.element.kind == .record
    guard holdsPointers else { return false }
    let puts = writes.contains { write in
      write.kind == .write && write.foreign == nil && write.steps.contains(.index)
        && stored(write).contains { $0 == .parameter || $0 == .other }
        && phases.possiblePhases(of: write.site.function).contains(.destruction)
    }
    return puts
      && candidate.accesses.contains { access in
        access.isLive && access.kind.reads && access.steps.contains(.index)
      }
  }

  func isContainer(_ candidate: StateCandidate) -> Bool {
    let writes = candidate.writes
    if candidate.type.isContainerClass { return true }
    if candidate.type.isClass {
      // Changed by its methods, not by its fields.
      return writes.contains { $0.foreign != nil || $0.end != $0.site }
    }
    if grows(candidate) { return true }
    // A record of which a pointer and something else change.
    guard candidate.type.element.kind == .record else { return false }
    // What the pointer leads to is no race of the record itself, and so not among its writes.
    let all = candidate.accesses.filter { $0.isLive && $0.kind.writes }
    let fields = Set(
      all.compactMap { $0.steps.first { if case .field = $0 { true } else { false } } })
    return fields.count > 1 && all.contains { $0.isThroughPointer }
  }

  private func grows(_ candidate: StateCandidate) -> Bool {
    candidate.writes.flatMap { stored($0) }.contains {
      if case .allocation(let name) = $0 { name.lowercased().contains("realloc") } else { false }
    }
  }

  /// A buffer on the heap that one function alone makes larger and uses.
  func isGrown(_ candidate: StateCandidate) -> Bool {
    guard candidate.type.isPointer, grows(candidate) else { return false }
    return Set(candidate.accesses.filter(\.isLive).map(\.site.function)).count == 1
  }

  /// Every function that reads it has written it before, itself or by a call.
  func isScratch(_ candidate: StateCandidate) -> Bool {
    if isGrown(candidate) { return true }
    let live = candidate.accesses.filter(\.isLive)
    let reads = live.filter { $0.kind.reads && $0.kind != .modify }
    let users = Set(live.map(\.site.function))
    let fillers = users.filter { function in
      let first = reads.filter { $0.site.function == function }.map(\.site.range.start).min()
      return candidate.writes.contains { write in
        write.site.function == function && (write.kind == .write || write.isUncertain)
          && write.site.range.start <= first ?? .max
      }
    }
    let readsItself = live.contains { $0.kind.reads && fillers.contains($0.site.function) }
    guard readsItself else { return false }
    return users.subtracting(fillers).allSatisfy { user in
      // A helper of those that fill it, or one that has it filled.
      let callers = Set(graph.callers(of: user).filter { phases.isConcurrent($0) })
      if !callers.isEmpty, callers.isSubset(of: fillers) { return true }
      return live.filter { $0.site.function == user }
        .allSatisfy { isAfterCall($0, of: fillers) }
    }
  }
}
