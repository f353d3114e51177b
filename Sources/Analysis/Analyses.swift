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
  /// Sorted by variable, each once.
  package let onceWaits: [OnceWait]
  /// Sorted by name and place.
  package let modules: [PythonModule]
  package let ownership: ModuleOwnership
  /// Requests for the limited API that the target does not offer.
  package let limitedAPI: [LimitedAPIUse]
  package let objectLayouts: [ObjectLayoutCopy]
}

/// Runs all analyses of a linked package.
package func analyse(_ package: PackageModel) -> Analyses {
  let objects = PythonObjectReader.read(package)
  let graph = CallGraphBuilder.build(package)
  let phases = Phases(package, graph, EntryPointFinder.find(package, objects, graph))
  let modules = ModuleFinder(package, objects, graph).find()
  let locks = Locks(package, objects, graph, phases)
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
    threadStates: threadStates, states: StateJudge.judge(package, graph, phases, locks),
    objectStates: ObjectStates(package, graph, phases, locks),
    threadBound: ThreadBoundRecords(package, graph),
    tryIncrefs: TryIncrefFinder(package, phases).find(),
    references: ReferenceAnalysis.run(package, objects, graph, phases, locks),
    onceWaits: onceWaits, modules: modules,
    ownership: ownership, limitedAPI: LimitedAPIUse.find(package, modules),
    objectLayouts: ObjectLayoutCopy.find(package, ownership))
}
