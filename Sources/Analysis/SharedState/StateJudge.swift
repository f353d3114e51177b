import ProgramModel

/// Judges every state of a package: why it is safe, or which hazard it is.
struct StateJudge {
  private let package: PackageModel
  private let collector: StateCollector
  private let locks: Locks
  private let evidence: StateEvidence
  private let classifier: StateClassifier

  static func judge(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks
  ) -> SharedStates {
    let collector = StateCollector(package, graph, phases, locks)
    let evidence = StateEvidence(
      package: package, graph: graph, phases: phases,
      readings: FunctionReadings(package, collector.context), values: StoredValues(package))
    let judge = StateJudge(
      package: package, collector: collector, locks: locks, evidence: evidence,
      classifier: StateClassifier(package: package, phases: phases, evidence: evidence))
    return judge.reports()
  }

  private func reports() -> SharedStates {
    let declarations = StateDeclarations.find(
      package, moduleStateRecords: collector.moduleStateRecords)
    var reports: [StateReport] = []
    var candidates: [StateID: StateCandidate] = [:]
    let threads = StartedThreads(
      package, evidence.graph, evidence.phases, evidence.readings)
    for declaration in declarations {
      let accesses = threads.published(collector.accesses[declaration.id] ?? [])
      let type = StateType(declaration, package)
      var report = StateReport(
        declaration: declaration, safety: .neverWritten, proof: "", accesses: accesses,
        hazard: nil, companionOf: nil)
      if let (safety, proof) = safetyOfDeclaration(declaration, type, accesses) {
        (report.safety, report.proof) = (safety, proof)
      } else {
        let pairs = races(accesses, type)
        if pairs.isEmpty || !isRace(pairs, declaration, type) {
          (report.safety, report.proof) = safetyOfAccesses(declaration, type, accesses)
        } else {
          report.safety = .hazardous
          candidates[declaration.id] = StateCandidate(
            declaration: declaration, type: type, accesses: accesses, pairs: pairs,
            returns: collector.returns[declaration.id] ?? [],
            escapes: collector.escapes[declaration.id] ?? [])
        }
      }
      reports.append(report)
    }
    orderByAtomics(&reports, &candidates)
    let verdicts = classifier.classify(candidates)
    for index in reports.indices {
      guard let verdict = verdicts[reports[index].id] else { continue }
      reports[index].hazard = verdict.hazard
      reports[index].companionOf = verdict.companionOf
      reports[index].proof = verdict.proof
      if verdict.hazard == nil, verdict.companionOf == nil {
        (reports[index].safety, reports[index].proof) = safetyOfAccesses(
          reports[index].declaration, StateType(reports[index].declaration, package),
          reports[index].accesses)
      }
    }
    return SharedStates(reports)
  }

  // MARK: By declaration

  private func safetyOfDeclaration(
    _ declaration: StateDeclaration, _ type: StateType, _ accesses: [StateAccess]
  ) -> (StateSafety, String)? {
    if declaration.isThreadLocal { return (.threadLocal, "every thread has its own") }
    if type.isSynchronisation, !accesses.contains(where: { $0.isLive && $0.isPlainWrite }) {
      return (.synchronisation, "a '\(type.spelling)' itself")
    }
    // What is const cannot be written: an alias that seems to do so points elsewhere.
    if type.element.isConst,
      !type.isPointer
        || !accesses.contains(where: { $0.isLive && $0.isThroughPointer && $0.kind.writes })
    {
      return (.constant, "the object is const")
    }
    if type.isAtomic { return (.atomic, "its type is atomic: '\(type.spelling)'") }
    if let generator = declaration.generator,
      GeneratedNames.isGenerators(declaration.name, of: generator)
    {
      return (.generated(generator), "\(generator.rawValue)'s own runtime")
    }
    if case .variable(let id) = declaration.id, locks.isLock(id),
      !accesses.contains(where: { $0.isLive && $0.isPlainWrite && !$0.isThroughPointer })
    {
      return (.synchronisation, "it is used as a lock")
    }
    return nil
  }

  // MARK: By accesses

  /// The races of the state itself; where it is a pointer that does not change, those of what it
  /// points to. Python objects have their own rules.
  private func races(_ accesses: [StateAccess], _ type: StateType) -> [StateRaces.Pair] {
    let own = accesses.filter { !$0.isThroughPointer }
    let pairs = type.element.isConst ? [] : StateRaces.pairs(own)
    if pairs.contains(where: { !$0.write.isUncertain }) || type.pointsToObject { return pairs }
    // A pointer that changes points to something else each time.
    if own.contains(where: { $0.isLive && $0.kind.writes && !$0.isUncertain }) { return pairs }
    let pointee = accesses.filter { access in
      access.steps.first == .dereference && access.steps.count { $0 == .dereference } == 1
    }
    return pairs + StateRaces.pairs(pointee)
  }

  /// Whether what races is more than an assumption about a foreign function.
  private func isRace(
    _ pairs: [StateRaces.Pair], _ declaration: StateDeclaration, _ type: StateType
  ) -> Bool {
    pairs.contains { pair in
      // Data of a known form that a library fills and the package reads.
      !pair.write.isUncertain
        || pair.other.foreign == nil && pair.other.kind.reads && !pair.other.steps.isEmpty
          && !pair.other.isThroughPointer && type.element.kind == .record
    } || classifier.isLibraryHandle(type, pairs)
  }

  private func safetyOfAccesses(
    _ declaration: StateDeclaration, _ type: StateType, _ accesses: [StateAccess]
  ) -> (StateSafety, String) {
    let writes = accesses.filter { $0.kind.writes && !$0.isUncertain && !$0.isConstruction }
    let liveWrites = writes.filter(\.isLive)
    if liveWrites.isEmpty {
      if type.isDescriptor {
        return (.descriptor, "it describes Python objects, and no code writes it after import")
      }
      if type.isLockPointer { return (.synchronisation, "the lock is made during import") }
      if writes.isEmpty {
        let uncertain = accesses.first { $0.isUncertain && $0.kind.writes }
        let note =
          uncertain?.foreign.map {
            ", though '\(package[$0].name)' is given it through a parameter that is not const"
          } ?? ""
        if accesses.contains(where: \.isConstruction) {
          return (.once, "constructed once under the compiler's guard, then only read\(note)")
        }
        return (.neverWritten, "no code writes it\(note)")
      }
      if writes.allSatisfy({ evidence.phases.isUnreachable($0.site.function) }) {
        let isRead = accesses.contains { !evidence.phases.isUnreachable($0.site.function) }
        return isRead
          ? (.neverWritten, "only code that nothing calls writes it")
          : (.unreachable, "only code that nothing calls touches it")
      }
      let functions = Set(writes.map { package[$0.site.function].name }).sorted()
      return (
        .initialisationOnly,
        "written only while the module is imported or taken down, in "
          + functions.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
          + (functions.count > 3 ? " and others" : "")
      )
    }
    let live = accesses.filter { $0.isLive && !$0.isConstruction }
    if live.allSatisfy(\.kind.isAtomic) { return (.atomic, "all accesses are atomic") }
    if let lock = StateRaces.guardian(accesses, of: declaration.id) {
      let name = locks.text(lock.key, in: nil)
      if lock.mode == .onceBody || lock.mode == .onceDone {
        return (.once, "filled once under '\(name)'")
      }
      return (.guarded(lock), "every access after import holds '\(name)'")
    }
    let held = Set(live.flatMap(\.locks).filter { $0.isTelling && StateRaces.isGlobal($0.key) })
    let names = Set(held.map { "'\(locks.text($0.key, in: nil))'" }).sorted()
    if let first = held.min(by: { "\($0)" < "\($1)" }) {
      return (
        .guarded(first),
        "accesses of which one writes have a lock in common: \(names.joined(separator: ", "))"
      )
    }
    return (.once, "what is written after import is written before anything else can see it")
  }

  // MARK: Atomic flags

  /// Takes away candidates that are written under a lock before an atomic flag or pointer is set,
  /// and read only behind a test of it: double-checked locking as it must be.
  private func orderByAtomics(
    _ reports: inout [StateReport], _ candidates: inout [StateID: StateCandidate]
  ) {
    let atomics = Set(
      reports.filter { report in
        report.safety == .atomic
          || report.accesses.contains { $0.isLive && $0.kind.isAtomic && $0.kind.reads }
      }.map(\.id))
    guard !atomics.isEmpty else { return }
    for index in reports.indices {
      guard let candidate = candidates[reports[index].id] else { continue }
      let racing = Set(candidate.pairs.flatMap { [$0.write, $0.other] })
      func isAtomic(_ id: StateID) -> Bool {
        atomics.contains(id) && id != candidate.declaration.id
      }
      let behind = racing.filter { evidence.isBehindTest($0, of: isAtomic) }
      // The rest must come after a call of what makes sure that it is filled.
      let makers = Set(behind.filter(\.kind.writes).map(\.site.function))
      let isOrdered =
        racing.allSatisfy { !$0.kind.writes || behind.contains($0) }
        && racing.subtracting(behind).allSatisfy {
          evidence.isAfterCall($0, of: makers)
            || evidence.isAfterTest($0, of: isAtomic, by: makers)
        }
      if isOrdered {
        candidates[reports[index].id] = nil
        reports[index].safety = .once
        reports[index].proof = "written and read only behind a test of an atomic flag"
      }
    }
  }
}

/// A state whose accesses race.
struct StateCandidate {
  var declaration: StateDeclaration
  var type: StateType
  var accesses: [StateAccess]
  var pairs: [StateRaces.Pair]
  /// Where its address is returned.
  var returns: [CodeSite]
  /// Where its address is stored.
  var escapes: [CodeSite]

  /// All writes that race, certain ones first.
  var writes: [StateAccess] {
    let racing = Set(pairs.map(\.write.likeness))
    let all = accesses.filter {
      $0.isLive && !$0.isConstruction && $0.kind.writes && racing.contains($0.likeness)
    }
    return all.filter { !$0.isUncertain } + all.filter(\.isUncertain)
  }
}
