import ProgramModel

/// What code does while its thread is detached, what it does because it is attached, and where it
/// waits while it is.
package struct Detached: Sendable {
  /// In the order of functions and instructions, one for each function and name.
  package let calls: [DetachedCall]
  /// One for each function and subject.
  package let accesses: [DetachedAccess]
  /// At most one for each function.
  package let regions: [GILRegion]
  /// In the order of functions and instructions.
  package let waits: [AttachedWait]

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks,
    _ threads: ThreadStates, _ states: SharedStates, _ instances: InstanceStates
  ) {
    let points = DetachedPoints(package, graph, threads)
    var callFinder = DetachedCallFinder(package: package, phases: phases, points: points)
    calls = callFinder.find()
    var accessFinder = DetachedAccessFinder(
      package: package, phases: phases, threads: threads, states: states, locks: locks,
      instances: instances, points: points)
    accesses = accessFinder.find()
    regions = GILRegionFinder(package, graph, phases, threads, states, instances).find()
    waits = AttachedWaitFinder(package, graph, phases, threads).find()
  }
}
