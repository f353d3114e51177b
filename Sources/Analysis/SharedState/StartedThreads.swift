import ProgramModel

/// Code of a module's initialisation that runs when a thread that it has started may run beside
/// it: the initialisation is no proof of being alone any more.
struct StartedThreads {
  private let graph: CallGraph
  private let phases: Phases
  private let readings: FunctionReadings
  /// Functions that started threads run, and what these call.
  private let inThreads: Set<FunctionID>
  /// Calls of initialisation code that can start a thread, by caller.
  private var starts: [FunctionID: [CodeSite]] = [:]
  /// Functions of the initialisation that are called after a start.
  private var after: Set<FunctionID> = []

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ readings: FunctionReadings
  ) {
    self.graph = graph
    self.phases = phases
    self.readings = readings
    var bodies: [FunctionID] = []
    var starters: Set<FunctionID> = []
    for escape in graph.escapes {
      guard case .argument(let callee?, _) = escape.way,
        ThreadStates.startsThread(package[callee])
      else { continue }
      bodies.append(escape.function)
      starters.insert(callee)
    }
    inThreads = bodies.isEmpty ? [] : graph.reachable(from: bodies)
    guard !bodies.isEmpty else { return }
    var work = Array(starters)
    while let next = work.popLast() {
      for index in graph.incoming[Int(next.index)] {
        let edge = graph.edges[index]
        if !phases.isConcurrent(edge.caller) {
          starts[edge.caller, default: []].append(edge.site)
        }
        if starters.insert(edge.caller).inserted { work.append(edge.caller) }
      }
    }
    findAfter()
  }

  private mutating func findAfter() {
    for (caller, sites) in starts {
      for index in graph.outgoing[Int(caller.index)] {
        let edge = graph.edges[index]
        guard !phases.isConcurrent(edge.callee),
          sites.contains(where: { readings.comesAfter(edge.site, $0) })
        else { continue }
        after.formUnion(graph.reachable(from: [edge.callee]).filter { !phases.isConcurrent($0) })
      }
    }
  }

  /// The accesses of one state, those of the initialisation live where a thread that touches the
  /// state may already run.
  func published(_ accesses: [StateAccess]) -> [StateAccess] {
    guard !inThreads.isEmpty, accesses.contains(where: { inThreads.contains($0.site.function) })
    else { return accesses }
    return accesses.map { access in
      guard !access.isLive else { return access }
      let isLate =
        after.contains(access.site.function)
        || (starts[access.site.function] ?? []).contains {
          readings.comesAfter(access.site, $0)
        }
      var access = access
      access.isLive = isLate
      return access
    }
  }
}
