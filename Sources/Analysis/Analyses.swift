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
  package let threadBound: ThreadBoundRecords
  /// In the order of functions, at most one of each.
  package let tryIncrefs: [TryIncref]
  package let references: References
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
}

/// Runs all analyses of a linked package, one after the other.
package func analyse(_ package: PackageModel) -> Analyses {
  let base = AnalysisBase(package)
  return base.rest(
    base.states(), base.references(), base.objectStates(), base.internals(), base.libraries())
}

/// As `analyse`, with those that take longest beside each other.
package func analyseInParallel(_ package: PackageModel) async -> Analyses {
  let base = AnalysisBase(package)
  async let references = base.references()
  async let objectStates = base.objectStates()
  async let internals = base.internals()
  let states = base.states()
  let libraries = base.libraries()
  return await base.rest(states, references, objectStates, internals, libraries)
}

/// What the large analyses begin with; none of them needs another one.
private struct AnalysisBase: Sendable {
  let package: PackageModel
  let objects: PythonObjects
  let graph: CallGraph
  let phases: Phases
  let locks: Locks
  let yields: YieldPoints

  init(_ package: PackageModel) {
    self.package = package
    objects = PythonObjectReader.read(package)
    graph = CallGraphBuilder.build(package)
    phases = Phases(package, graph, EntryPointFinder.find(package, objects, graph))
    locks = Locks(package, objects, graph, phases)
    yields = YieldPoints(package, graph)
  }

  func states() -> SharedStates { StateJudge.judge(package, graph, phases, locks) }
  func references() -> References {
    ReferenceAnalysis.run(package, objects, graph, phases, locks, yields)
  }
  func objectStates() -> ObjectStates { ObjectStates(package, graph, phases, locks, yields) }

  func internals() -> PythonInternals {
    InternalsAnalysis.run(package, objects, graph, phases, locks, yields)
  }
  func libraries() -> LibraryUses { LibraryUses.find(package, graph, phases, locks) }

  /// The small ones, and all together.
  func rest(
    _ states: SharedStates, _ references: References, _ objectStates: ObjectStates,
    _ internals: PythonInternals, _ libraries: LibraryUses
  ) -> Analyses {
    let modules = ModuleFinder(package, objects, graph).find()
    let ownership = ModuleOwnership(package, graph, modules)
    let threadStates = ThreadStates(package, objects, graph, phases)
    let onceWaits = OnceWaitFinder(
      package: package, graph: graph,
      phases: phases, threadStates: threadStates,
      runners: PythonRunners(package, graph)
    ).find()
    return Analyses(
      package: package, objects: objects, graph: graph, methodNames: MethodNames(package),
      phases: phases,
      reach: EntryReach(graph, phases), locks: locks,
      threadStates: threadStates, states: states,
      objectStates: objectStates,
      threadBound: ThreadBoundRecords(package, graph),
      tryIncrefs: TryIncrefFinder(package, phases).find(),
      references: references, internals: internals, libraries: libraries,
      onceWaits: onceWaits, modules: modules,
      ownership: ownership, limitedAPI: LimitedAPIUse.find(package, modules),
      objectLayouts: ObjectLayoutCopy.find(package, ownership))
  }
}
