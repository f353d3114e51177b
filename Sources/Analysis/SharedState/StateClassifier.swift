import ProgramModel

/// Tells which hazard a state is whose accesses race.
struct StateClassifier {
  let package: PackageModel
  let phases: Phases
  let evidence: StateEvidence

  struct Verdict {
    var hazard: StateHazard?
    var companionOf: StateID?
    var proof: String
  }

  func classify(_ candidates: [StateID: StateCandidate]) -> [StateID: Verdict] {
    var verdicts: [StateID: Verdict] = [:]
    var leaders: [StateID: [StateID]] = [:]
    let ordered = candidates.keys.sorted()
    for id in ordered {
      guard let candidate = candidates[id] else { continue }
      verdicts[id] = verdict(of: candidate)
    }
    // Flags speak for what they guard, arrays for what counts them.
    for id in ordered {
      guard let candidate = candidates[id], let pattern = verdicts[id]?.hazard?.pattern,
        let leader = leader(of: candidate, pattern, candidates, verdicts), leader != id,
        verdicts[leader]?.companionOf == nil, verdicts[leader]?.hazard != nil
      else { continue }
      verdicts[id] = Verdict(
        hazard: nil, companionOf: leader,
        proof: "races together with '\(candidates[leader]?.declaration.name ?? "")'")
      leaders[leader, default: []].append(id)
    }
    for (leader, companions) in leaders {
      verdicts[leader]?.hazard?.companions = companions.sorted()
    }
    return verdicts
  }

  private func verdict(of candidate: StateCandidate) -> Verdict {
    let pattern = pattern(of: candidate)
    guard let pair = pair(of: candidate, pattern) else { return Verdict(proof: "") }
    let writes = candidate.writes
    var stored: [StoredValue] = []
    for value in writes.flatMap({ evidence.stored($0) }) where !stored.contains(value) {
      stored.append(value)
    }
    let held = candidate.accesses.filter(\.isLive).flatMap(\.locks)
    let hazard = StateHazard(
      pattern: pattern, write: pair.write, other: pair.other, stored: stored, companions: [],
      lock: held.filter { StateRaces.isGlobal($0.key) }.min { "\($0)" < "\($1)" }
        ?? held.min { "\($0)" < "\($1)" },
      isUsedAsIndex: candidate.type.isScalar && evidence.isUsedAsIndex(candidate.accesses),
      isValueUsed: evidence.isValueUsed(candidate.accesses),
      releasesOld: writes.contains { evidence.releasesOld($0) })
    return Verdict(hazard: hazard, companionOf: nil, proof: "written and read without a lock")
  }

  /// The pair to show: for a value made on first use the test and the store; else a write and an
  /// access in another function.
  private func pair(
    of candidate: StateCandidate, _ pattern: StatePattern
  ) -> StateRaces.Pair? {
    let certain = candidate.pairs.filter { !$0.write.isUncertain }
    let pairs = certain.isEmpty ? candidate.pairs : certain
    switch pattern {
    case .lazyInitialised, .doubleChecked, .lazyLock, .scratchBuffer, .homeMadeLock:
      return pairs.first {
        $0.other.kind.reads && $0.other.site.function == $0.write.site.function
      } ?? pairs.first
    default:
      return pairs.first {
        $0.other.kind.reads && !$0.other.kind.writes
          && $0.other.site.function != $0.write.site.function
      } ?? pairs.first { $0.other.kind.reads && $0.other != $0.write } ?? pairs.first
    }
  }

  // MARK: Patterns

  private func pattern(of candidate: StateCandidate) -> StatePattern {
    let type = candidate.type
    let writes = candidate.writes
    let stored = writes.flatMap { evidence.stored($0) }
    if type.isThreadState || stored.contains(.threadState) { return .threadState }
    if type.isStaticType { return .staticType }
    let tested = writes.filter { write in
      write.kind != .modify
        && evidence.testsBefore(write).contains { $0.state?.id == candidate.declaration.id }
    }
    let isLock = type.isLockPointer || stored.contains { if case .lock = $0 { true } else { false } }
    if isLock { return .lazyLock }
    if isLibraryHandle(type, candidate.pairs), !writes.contains(where: { !$0.isUncertain }) {
      return .libraryHandle
    }
    if type.isScalar, isHomeMadeLock(candidate, tested) { return .homeMadeLock }
    if !type.isScalar, isFreelist(candidate) { return .freelist }
    if !tested.isEmpty, !type.isClass, tested.contains(where: { !clears($0) }) {
      if !isReset(candidate, tested) {
        return isLocked(writes) ? .doubleChecked : .lazyInitialised
      }
    }
    let carries = !type.isScalar && writes.contains {
      $0.kind == .write && evidence.callback(after: $0, reading: candidate.accesses) != nil
    }
    if carries { return .callbackContext }
    if isContainer(candidate) { return .container }
    if type.isScalar { return .scalar }
    let isStorage = type.isArray || type.element.kind == .record
    if isStorage, !type.pointsToObject {
      if candidate.returns.contains(where: { phases.isConcurrent($0.function) })
        || candidate.escapes.contains(where: { phases.isConcurrent($0.function) })
      {
        return .returnedStorage
      }
      if isScratch(candidate) { return .scratchBuffer }
    }
    return type.pointsToObject ? .mutableObject : .mutableTable
  }

  private func clears(_ write: StateAccess) -> Bool {
    evidence.stored(write) == [.constant(0)]
  }

  /// Set on first use and taken back again at run time: no cache but a changing object.
  private func isReset(_ candidate: StateCandidate, _ tested: [StateAccess]) -> Bool {
    guard candidate.type.isPointer else { return false }
    return candidate.writes.contains { write in
      write.foreign.map { package[$0].name == "Py_CLEAR" || package[$0].name.hasSuffix("SETREF") }
        ?? false
        || !tested.contains(write) && !write.isThroughPointer
          && evidence.releasesOld(write)
    }
  }

  private func isLocked(_ writes: [StateAccess]) -> Bool {
    guard let first = writes.first else { return false }
    return first.locks.contains { lock in
      StateRaces.isGlobal(lock.key) && writes.allSatisfy { $0.locks.contains(lock) }
    }
  }

  /// Set and taken back around work, and tested before: a lock made of a variable.
  private func isHomeMadeLock(_ candidate: StateCandidate, _ tested: [StateAccess]) -> Bool {
    for write in tested {
      guard case .constant(let value)? = evidence.stored(write).first, value != 0 else { continue }
      let isTakenBack = candidate.writes.contains { other in
        other.site.function == write.site.function && evidence.stored(other) == [.constant(0)]
          && evidence.readings.comesAfter(other.site, write.site)
      }
      if isTakenBack { return true }
    }
    return candidate.writes.contains { write in
      guard let value = write.value,
        let resolver = evidence.readings.resolver(of: write.end.function)
      else { return false }
      return resolver.values.sources(of: value).contains { source in
        guard case .temporary(let number) = source,
          case .call(let block, let instruction)? = resolver.values.definition(of: number),
          case .call(_, .direct(let symbol), _)? = resolver.values.operation(
            block: block, instruction: instruction)
        else { return false }
        return Self.threadNames.contains(package.units[write.end.unit].name(of: symbol))
      }
    }
  }

  private static let threadNames: Set<String> = [
    "PyThread_get_thread_ident", "pthread_self", "PyThread_get_thread_native_id", "thrd_current",
    "GetCurrentThreadId", "gettid", "_Py_ThreadId",
  ]

  private func isFreelist(_ candidate: StateCandidate) -> Bool {
    let writes = candidate.writes
    let pops = writes.contains { evidence.advances($0) }
    if pops, writes.contains(where: { evidence.links($0) }) { return true }
    // An array of objects: put in where objects end, taken out elsewhere.
    let holdsPointers = candidate.type.isPointer || candidate.type.element.kind == .record
    guard holdsPointers else { return false }
    let puts = writes.filter { write in
      write.kind == .write && write.foreign == nil && write.steps.contains(.index)
        && evidence.stored(write).contains { $0 == .parameter || $0 == .other }
        && phases.possiblePhases(of: write.site.function).contains(.destruction)
    }
    guard !puts.isEmpty else { return false }
    return candidate.accesses.contains { access in
      access.isLive && access.kind.reads && access.steps.contains(.index)
    }
  }

  private func isContainer(_ candidate: StateCandidate) -> Bool {
    if candidate.type.isClass { return true }
    let writes = candidate.writes
    if writes.contains(where: { evidence.links($0) || evidence.advances($0) }) { return true }
    let grows = writes.flatMap { evidence.stored($0) }.contains {
      if case .allocation(let name) = $0 { name.lowercased().contains("realloc") } else { false }
    }
    if grows { return true }
    // A record of which a pointer and something else change.
    guard candidate.type.element.kind == .record else { return false }
    let fields = Set(writes.compactMap { $0.steps.first { if case .field = $0 { true } else { false } } })
    return fields.count > 1 && writes.contains { $0.isThroughPointer }
  }

  /// Written, and read after that, in one function.
  private func isScratch(_ candidate: StateCandidate) -> Bool {
    let live = candidate.accesses.filter(\.isLive)
    return candidate.writes.contains { write in
      live.contains { read in
        read.kind.reads && read.site.function == write.site.function
          && evidence.readings.comesAfter(read.site, write.site)
      }
    }
  }

  /// A handle of a library whose functions are called with it.
  func isLibraryHandle(_ type: StateType, _ pairs: [StateRaces.Pair]) -> Bool {
    let record = type.isPointer ? type.pointedRecord : type.record
    guard !record.isEmpty, package.records[record] == nil, !PythonRecords.isPython(record),
      !record.hasPrefix("std::"), !StateType.lockedLibraries.contains(record)
    else { return false }
    return pairs.contains { pair in
      pair.write.foreign != nil && pair.write.isUncertain
    }
  }

  // MARK: Companions

  /// The state whose finding speaks of this one too; nil where it has its own.
  private func leader(
    of candidate: StateCandidate, _ pattern: StatePattern,
    _ candidates: [StateID: StateCandidate], _ verdicts: [StateID: Verdict]
  ) -> StateID? {
    let id = candidate.declaration.id
    let writes = candidate.writes
    if pattern != .lazyInitialised && pattern != .doubleChecked {
      // Filled only while a flag was found unset.
      var flags: Set<StateID>?
      for write in writes {
        let tested = Set(evidence.testsBefore(write).compactMap { $0.state?.id })
        flags = flags?.intersection(tested) ?? tested
      }
      let leader = (flags ?? []).sorted().first { flag in
        let pattern = verdicts[flag]?.hazard?.pattern
        return flag != id && (pattern == .lazyInitialised || pattern == .doubleChecked)
      }
      if let leader { return leader }
    }
    guard candidate.type.isScalar else { return nil }
    // The number of entries of an array.
    for other in candidates.keys.sorted() where other != id {
      guard let pattern = verdicts[other]?.hazard?.pattern,
        pattern == .freelist || pattern == .container || pattern == .mutableTable
          || pattern == .mutableObject || pattern == .scratchBuffer
      else { continue }
      if evidence.subscripts(of: candidates[other]?.accesses ?? []).contains(id) { return other }
    }
    return nil
  }
}
