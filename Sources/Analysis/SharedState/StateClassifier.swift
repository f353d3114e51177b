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
    let index = leaderIndex(ordered, candidates, verdicts)
    for id in ordered {
      guard let candidate = candidates[id], let pattern = verdicts[id]?.hazard?.pattern,
        let leader = leader(of: candidate, pattern, candidates, verdicts, index), leader != id,
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
    let held = candidate.accesses.filter(\.isLive).flatMap(\.locks).filter(\.isTelling)
    let hazard = StateHazard(
      pattern: pattern, write: pair.write, other: pair.other, stored: stored, companions: [],
      lock: held.filter { StateRaces.isGlobal($0.key) }.min { "\($0)" < "\($1)" }
        ?? held.min { "\($0)" < "\($1)" },
      isUsedAsIndex: candidate.type.isScalar && evidence.isUsedAsIndex(candidate.accesses),
      isValueUsed: evidence.isValueUsed(candidate.accesses)
        || writes.contains { evidence.countsAndKeeps($0) },
      releasesOld: writes.contains { evidence.releasesOld($0) },
      pointeeWriters: evidence.pointeeWriters(candidate))
    return Verdict(hazard: hazard, companionOf: nil, proof: "written and read without a lock")
  }

  /// The pair to show: for a value made on first use the test and the store; else a write and an
  /// access in another function.
  private func pair(
    of candidate: StateCandidate, _ pattern: StatePattern
  ) -> StateRaces.Pair? {
    let certain = candidate.pairs.filter { !$0.write.isUncertain }
    let likely = certain.isEmpty ? candidate.pairs : certain
    // What certainly runs shows the race better than what nobody is seen to call.
    func runs(_ access: StateAccess) -> Bool {
      !phases.phases(of: access.site.function).isDisjoint(with: .concurrent)
    }
    let running = likely.filter { runs($0.write) && runs($0.other) }
    let pairs = running.isEmpty ? likely : running
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
        && evidence.testsBefore(write).contains { $0.state == candidate.declaration.id }
    }
    let isLock =
      type.isLockPointer || type.isSynchronisation
      || stored.contains { if case .lock = $0 { true } else { false } }
    if isLock { return .lazyLock }
    if isLibraryHandle(type, candidate.pairs), !writes.contains(where: { !$0.isUncertain }) {
      return .libraryHandle
    }
    if evidence.isHomeMadeLock(candidate, tested) { return .homeMadeLock }
    if !type.isScalar, evidence.isFreelist(candidate) { return .freelist }
    let isLinked =
      !type.isNumeric
      && writes.contains {
        evidence.links($0) || evidence.advances($0)
      }
    if isLinked { return .container }
    if !tested.isEmpty, !type.isClass, tested.contains(where: { !clears($0) }),
      !isReset(candidate, tested)
    {
      return isDoubleChecked(candidate, writes) ? .doubleChecked : .lazyInitialised
    }
    let carries = writes.contains { write in
      guard write.kind == .write,
        let callback = evidence.callback(after: write, reading: candidate.accesses)
      else { return false }
      // A number that others read on the way is a setting, not the context of one call.
      return !type.isScalar
        || evidence.isCalledAtOnce(callback, by: write.site.function)
          && candidate.accesses.contains { $0.kind.reads && $0.site.function == callback }
    }
    if carries { return .callbackContext }
    if type.isScalar { return .scalar }
    if let pattern = storagePattern(candidate) { return pattern }
    if evidence.isContainer(candidate) { return .container }
    return type.pointsToObject ? .mutableObject : .mutableTable
  }

  /// Arrays and records that are working storage or handed out; nil for others.
  private func storagePattern(_ candidate: StateCandidate) -> StatePattern? {
    let type = candidate.type
    let isStorage = type.isArray || type.element.kind == .record || evidence.isGrown(candidate)
    guard isStorage, !type.pointsToObject, !type.isContainerClass,
      !(type.isClass && !type.isPlainClass && evidence.isContainer(candidate))
    else { return nil }
    let writers = Set(candidate.writes.map(\.site.function))
    let handedOut = (candidate.returns + candidate.escapes).contains { site in
      phases.isConcurrent(site.function)
        && (candidate.declaration.function == site.function
          || !evidence.graph.reachable(from: [site.function]).isDisjoint(with: writers))
    }
    if handedOut { return .returnedStorage }
    return evidence.isScratch(candidate) ? .scratchBuffer : nil
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

  /// Filled under a lock, after a second test under it.
  private func isDoubleChecked(_ candidate: StateCandidate, _ writes: [StateAccess]) -> Bool {
    guard let first = writes.first else { return false }
    return first.locks.contains { lock in
      StateRaces.isGlobal(lock.key) && writes.allSatisfy { $0.locks.contains(lock) }
        && candidate.accesses.contains {
          $0.isLive && $0.kind.reads && !$0.kind.writes && $0.locks.contains(lock)
        }
    }
  }

  /// A handle of a library whose functions are called with it.
  func isLibraryHandle(_ type: StateType, _ pairs: [StateRaces.Pair]) -> Bool {
    let record = type.isPointer ? type.pointedRecord : type.record
    if record.isEmpty {
      guard type.isNamedHandle else { return false }
    } else if package.records[record] != nil || PythonRecords.isPython(record)
      || record.hasPrefix("std::") || StateType.lockedLibraries.contains(record)
    {
      return false
    }
    // What the package reads itself is plain data that the library fills.
    return pairs.contains { $0.write.foreign != nil && $0.write.isUncertain }
      && !pairs.contains { $0.other.foreign == nil && !$0.other.steps.isEmpty }
  }

  // MARK: Companions

  /// States that can speak for others, by what tells that they do.
  private struct LeaderIndex {
    /// Locks that are made on first use, by their flags.
    var byFlag: [StateID: StateID] = [:]
    /// By the numbers that are subscripts in them.
    var bySubscript: [StateID: [StateID]] = [:]
    /// By the functions that write them.
    var byWriter: [FunctionID: [StateID]] = [:]
  }

  private func leaderIndex(
    _ ordered: [StateID], _ candidates: [StateID: StateCandidate], _ verdicts: [StateID: Verdict]
  ) -> LeaderIndex {
    var index = LeaderIndex()
    for id in ordered {
      guard let candidate = candidates[id], let pattern = verdicts[id]?.hazard?.pattern else {
        continue
      }
      if pattern == .lazyLock {
        for flag in flags(of: candidate) where index.byFlag[flag] == nil { index.byFlag[flag] = id }
      }
      guard Self.leading.contains(pattern) else { continue }
      if pattern != .homeMadeLock {
        for number in evidence.subscripts(of: candidate.accesses) {
          index.bySubscript[number, default: []].append(id)
        }
      }
      if Self.containing.contains(pattern) {
        for writer in Set(candidate.writes.map(\.site.function)) {
          index.byWriter[writer, default: []].append(id)
        }
      }
    }
    return index
  }

  /// The state whose finding speaks of this one too; nil where it has its own.
  private func leader(
    of candidate: StateCandidate, _ pattern: StatePattern,
    _ candidates: [StateID: StateCandidate], _ verdicts: [StateID: Verdict], _ index: LeaderIndex
  ) -> StateID? {
    let id = candidate.declaration.id
    if pattern != .lazyInitialised && pattern != .doubleChecked && pattern != .lazyLock {
      let leader = flags(of: candidate).first { flag in
        let pattern = verdicts[flag]?.hazard?.pattern
        return flag != id && (pattern == .lazyInitialised || pattern == .doubleChecked)
      }
      if let leader { return leader }
    }
    // The flag of a lock that is made on first use.
    if pattern == .lazyInitialised, candidate.type.isScalar, let lock = index.byFlag[id],
      verdicts[lock]?.hazard?.pattern == .lazyLock
    {
      return lock
    }
    guard candidate.type.isNumeric, pattern != .lazyInitialised, pattern != .doubleChecked else {
      return nil
    }
    // Counters, sizes and positions of something larger that the same functions change.
    let writers = Set(candidate.writes.map(\.site.function))
    func isLeader(_ other: StateID) -> Bool {
      guard other != id, let larger = candidates[other],
        let pattern = verdicts[other]?.hazard?.pattern, Self.leading.contains(pattern)
      else { return false }
      return (!candidate.type.isArray || pattern == .freelist)
        && larger.declaration.position?.path == candidate.declaration.position?.path
    }
    var found = (index.bySubscript[id] ?? []).filter(isLeader)
    if let writer = writers.min() {
      found += (index.byWriter[writer] ?? []).filter { other in
        isLeader(other)
          && writers.isSubset(of: Set((candidates[other]?.writes ?? []).map(\.site.function)))
      }
    }
    return found.min()
  }

  private static let leading: Set<StatePattern> = [
    .freelist, .container, .mutableTable, .mutableObject, .scratchBuffer, .homeMadeLock,
    .returnedStorage,
  ]
  private static let containing: Set<StatePattern> = [
    .freelist, .container, .homeMadeLock, .scratchBuffer,
  ]

  /// The states that are found unset whenever this one is written.
  private func flags(of candidate: StateCandidate) -> [StateID] {
    var flags: Set<StateID>?
    for write in candidate.writes {
      let tested = Set(evidence.testsBefore(write).compactMap(\.state))
      flags = flags?.intersection(tested) ?? tested
    }
    return (flags ?? []).sorted()
  }
}
