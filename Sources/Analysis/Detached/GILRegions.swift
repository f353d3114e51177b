package import ProgramModel
import PythonAPI

/// A part of a function that attaches a thread which was not, and writes shared data there.
package struct GILRegion: Hashable, Sendable {
  /// The call that attaches.
  package var begin: CodeSite
  /// The function that is called for it.
  package var callee: FunctionID
  /// The first write of each subject, in the order of the code.
  package var writes: [Write]

  package struct Write: Hashable, Sendable {
    package var subject: DetachedAccess.Subject
    package var site: CodeSite
    /// An access by other code, with which it races.
    package var other: CodeSite
  }
}

/// Finds where attaching a thread is used as a lock.
struct GILRegionFinder {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let threads: ThreadStates
  let states: SharedStates
  let instances: InstanceStates
  private let attaching: Set<FunctionID>

  init(
    _ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ threads: ThreadStates,
    _ states: SharedStates, _ instances: InstanceStates
  ) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.threads = threads
    self.states = states
    self.instances = instances
    attaching = Self.attaching(package, graph)
  }

  /// Functions that attach whatever thread calls them, and those that call one of these.
  static func attaching(_ package: PackageModel, _ graph: CallGraph) -> Set<FunctionID> {
    let roots = package.functionIDs.filter { id in
      guard case .thread(let fact, let isScoped)? = LockOperation.of(package[id]) else {
        return false
      }
      return fact.role == .attach && (isScoped || fact.mode == .paired)
    }
    return roots.isEmpty ? [] : graph.callers(reaching: roots)
  }

  /// Where attaching begins, by function.
  func beginnings() -> [FunctionID: [CallEdge]] {
    var found: [FunctionID: [CallEdge]] = [:]
    for function in attaching.sorted() where package[function].definition != nil {
      for index in graph.outgoing[Int(function.index)] {
        let edge = graph.edges[index]
        guard edge.kind == .direct, attaching.contains(edge.callee),
          state(edge, after: false) != .attached, state(edge, after: true) == .attached
        else { continue }
        found[function, default: []].append(edge)
      }
    }
    return found
  }

  private func state(_ edge: CallEdge, after: Bool) -> ThreadState {
    threads.state(
      in: edge.caller, block: edge.block, instruction: edge.instruction + (after ? 1 : 0))
  }

  func find() -> [GILRegion] {
    let beginnings = beginnings()
    guard !beginnings.isEmpty else { return [] }
    var stateWrites: [FunctionID: [(report: Int, access: Int)]] = [:]
    for (number, report) in states.reports.enumerated() where report.safety == .hazardous {
      for (index, access) in report.accesses.enumerated()
      where access.isLive && access.isPlainWrite && !access.isUncertain && !access.isConstruction {
        stateWrites[access.site.function, default: []].append((number, index))
      }
    }
    var fieldWrites: [FunctionID: [InstanceAccess]] = [:]
    for (_, accesses) in instances.scalarsAndMemory {
      for access in accesses where access.use.writes && !access.isAtomic {
        fieldWrites[access.site.function, default: []].append(access)
      }
    }
    var regions: [GILRegion] = []
    for function in beginnings.keys.sorted() where phases.isConcurrent(function) {
      for edge in beginnings[function] ?? [] {
        let inside = points(behind: edge)
        let reached = called(in: function, inside)
        var writes: [GILRegion.Write] = []
        func isInside(_ site: CodeSite) -> Bool {
          site.function == function
            ? inside.contains(ProgramPoint(block: site.block, instruction: site.instruction))
            : reached.contains(site.function)
        }
        for writer in [function] + reached.sorted() {
          for (number, index) in stateWrites[writer] ?? [] {
            let report = states.reports[number]
            let access = report.accesses[index]
            guard isInside(access.site) else { continue }
            // Where the other one holds a lock, it is not being attached that was the lock.
            let other = report.accesses.first { other in
              other.isLive && !other.isConstruction && !isInside(other.site)
                && !other.locks.contains(where: \.isTelling)
                && StatePath.overlap(access.steps, other.steps)
                && !StateRaces.areExcluded(access.locks, other.locks)
            }
            if let other {
              writes.append(.init(subject: .state(report.id), site: access.site, other: other.site))
            }
          }
          for access in fieldWrites[writer] ?? [] where isInside(access.site) {
            let other = instances.accesses(to: access.field).first {
              !$0.isReinitialisation && !$0.isUncertain && !isInside($0.site) && $0.locks.isEmpty
                && access.races(with: $0)
            }
            guard let other else { continue }
            writes.append(
              .init(
                subject: .field(access, instances[access.field]), site: access.site,
                other: other.site))
          }
        }
        var seen = Set<DetachedAccess.Subject>()
        writes = writes.filter { seen.insert($0.subject).inserted }
        guard !writes.isEmpty else { continue }
        regions.append(GILRegion(begin: edge.site, callee: edge.callee, writes: writes))
        break
      }
    }
    return regions
  }

  /// The points behind a call up to where the thread is not attached any more.
  private func points(behind edge: CallEdge) -> Set<ProgramPoint> {
    guard let (_, model) = package.body(of: edge.caller) else { return [] }
    var found = Set<ProgramPoint>()
    var seen = Set<Int32>()
    var work: [(block: BlockID, start: Int)] = [(edge.block, edge.instruction + 1)]
    while let (id, start) = work.popLast() {
      let block = model.blocks[Int(id.index)]
      var isOpen = true
      for index in start..<max(start, block.instructions.count + 1) {
        guard
          threads.state(in: edge.caller, block: id, instruction: index) == .attached
        else {
          isOpen = false
          break
        }
        found.insert(ProgramPoint(block: id, instruction: index))
      }
      guard isOpen else { continue }
      for next in block.successors where seen.insert(next.index).inserted { work.append((next, 0)) }
    }
    return found
  }

  /// Functions of the package that are called from these points and that are no entry points of
  /// their own.
  private func called(in function: FunctionID, _ points: Set<ProgramPoint>) -> Set<FunctionID> {
    var roots: [FunctionID] = []
    for index in graph.outgoing[Int(function.index)] {
      let edge = graph.edges[index]
      let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
      if edge.kind == .direct, points.contains(point), package[edge.callee].definition != nil,
        graph.callers(of: edge.callee) == [function]
      {
        roots.append(edge.callee)
      }
    }
    let entries = Set(phases.entryPoints.map(\.function))
    return Set(roots.filter { !entries.contains($0) })
  }
}
