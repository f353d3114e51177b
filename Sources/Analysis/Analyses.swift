package import ProgramModel

/// Everything that the analyses found out about a package: what rules are given.
package struct Analyses: Sendable {
  package let package: PackageModel
  package let objects: PythonObjects
  package let graph: CallGraph
  package let methodNames: MethodNames
  package let phases: Phases
  package let reach: EntryReach
  package let locks: Locks
  package let threadStates: ThreadStates
  package let states: SharedStates
  package let objectStates: ObjectStates
  package let instances: InstanceStates
  /// In the order of functions.
  package let containerChecks: [ContainerCheck]
  package let threadBound: ThreadBoundRecords
  /// In the order of functions, at most one of each.
  package let tryIncrefs: [TryIncref]
  package let references: References
  package let lockMisuses: LockMisuses
  /// Those of statics first.
  package let accessMixes: [AccessMix]
  package let internals: PythonInternals
  package let libraries: LibraryUses
  /// Sorted by variable, each once.
  package let onceWaits: [OnceWait]
  /// Sorted by name and place.
  package let modules: [PythonModule]
  package let ownership: ModuleOwnership
  /// Requests for the limited API that the target does not offer.
  package let limitedAPI: [LimitedAPIUse]
  package let objectLayouts: [ObjectLayoutCopy]
  package let detached: Detached
  /// In the order of functions.
  package let allocationMisuses: [AllocationMisuse]
}

/// Runs all analyses of a linked package, one after the other.
package func analyse(_ package: PackageModel) -> Analyses {
  let base = AnalysisBase(package)
  return base.rest(base.states(), base.values(), base.objectStates(), base.instances())
}

/// As `analyse`, with those that take longest beside each other.
package func analyseInParallel(_ package: PackageModel) async -> Analyses {
  let base = AnalysisBase(package)
  async let values = base.values()
  async let objectStates = base.objectStates()
  async let instances = base.instances()
  let states = base.states()
  return await base.rest(states, values, objectStates, instances)
}

/// What the analyses found that follow values point by point.
private struct ValueAnalyses: Sendable {
  let references: References
  let internals: PythonInternals
  let lockMisuses: LockMisuses
}

/// What the large analyses begin with; none of them needs another one.
private struct AnalysisBase: Sendable {
  let package: PackageModel
  let objects: PythonObjects
  let graph: CallGraph
  let phases: Phases
  let locks: Locks
  let threads: ThreadStates
  let yields: YieldPoints

  init(_ package: PackageModel) {
    self.package = package
    objects = PythonObjectReader.read(package)
    graph = CallGraphBuilder.build(package)
    phases = Phases(package, graph, EntryPointFinder.find(package, objects, graph))
    locks = Locks(package, objects, graph, phases)
    threads = ThreadStates(package, objects, graph, phases)
    yields = YieldPoints(package, graph)
  }

  func states() -> SharedStates { StateJudge.judge(package, graph, phases, locks) }
  func objectStates() -> ObjectStates { ObjectStates(package, graph, phases, locks, yields) }
  func instances() -> InstanceStates { InstanceStates(package, graph, phases, locks, threads) }

  /// What follows values point by point, on one table of them.
  func values() -> ValueAnalyses {
    let context = ReferenceContext(package, objects, graph, phases, locks, yields)
    return ValueAnalyses(
      references: ReferenceAnalysis.run(context), internals: InternalsAnalysis.run(context),
      lockMisuses: LockMisuseFinder.run(context, threads))
  }

  /// The small ones, and all together.
  func rest(
    _ states: SharedStates, _ values: ValueAnalyses, _ objectStates: ObjectStates,
    _ instances: InstanceStates
  ) -> Analyses {
    let modules = ModuleFinder(package, objects, graph).find()
    let ownership = ModuleOwnership(package, graph, modules)
    let onceWaits = OnceWaitFinder(
      package: package, graph: graph,
      phases: phases, threadStates: threads,
      runners: PythonRunners(package, graph)
    ).find()
    return Analyses(
      package: package, objects: objects, graph: graph, methodNames: MethodNames(package),
      phases: phases,
      reach: EntryReach(graph, phases), locks: locks,
      threadStates: threads, states: states,
      objectStates: objectStates, instances: instances,
      containerChecks: ContainerCheckFinder(
        package: package, graph: graph, phases: phases, locks: locks
      ).find(),
      threadBound: ThreadBoundRecords(package, graph),
      tryIncrefs: TryIncrefFinder(package, phases).find(),
      references: values.references, lockMisuses: values.lockMisuses,
      accessMixes: AccessMixFinder(package: package, phases: phases, graph: graph).find(
        states, instances),
      internals: values.internals,
      libraries: LibraryUses.find(package, graph, phases, locks),
      onceWaits: onceWaits, modules: modules,
      ownership: ownership, limitedAPI: LimitedAPIUse.find(package, modules),
      objectLayouts: ObjectLayoutCopy.find(package, ownership),
      detached: Detached(package, graph, phases, locks, threads, states, instances),
      allocationMisuses: AllocationFinder(package, graph, phases).find())
  }
}
