import ProgramModel
import PythonAPI

/// Finds the calls of functions that are not safe to call from several threads.
struct LibraryFinder {
  let package: PackageModel
  let graph: CallGraph
  let phases: Phases
  let locks: Locks
  /// Files of the extension itself: those with functions that call Python.
  let ownFiles: Set<String>
  /// Calls by own code of each library's functions that are not safe, in the order of the graph.
  let libraryCalls: [(library: Int, edge: CallEdge, name: String)]
  private let libcCalls: [(fact: LibraryFact, edge: CallEdge)]
  private let libraries = PythonFacts.shared.libraries

  init(_ package: PackageModel, _ graph: CallGraph, _ phases: Phases, _ locks: Locks) {
    self.package = package
    self.graph = graph
    self.phases = phases
    self.locks = locks
    var own = Set<String>()
    for edge in graph.edges {
      let callee = package[edge.callee]
      guard callee.definition == nil, callee.name.hasPrefix("Py"),
        let path = package[edge.caller].position?.path
      else { continue }
      own.insert(path)
    }
    ownFiles = own
    var calls: [(library: Int, edge: CallEdge, name: String)] = []
    var libc: [(fact: LibraryFact, edge: CallEdge)] = []
    var names = LibraryNames()
    for edge in graph.edges where edge.kind == .direct && phases.isConcurrent(edge.caller) {
      let callee = package[edge.callee]
      let isPlain =
        callee.qualifiedName == callee.name || callee.qualifiedName == "std::" + callee.name
      guard isPlain else { continue }
      if callee.definition == nil, let fact = PythonFacts.shared.libcFunctions[callee.name] {
        libc.append((fact, edge))
      }
      // A library that is bundled is defined in files of its own.
      if callee.definition != nil, own.contains(callee.position?.path ?? "") { continue }
      guard own.contains(package[edge.caller].position?.path ?? "") else { continue }
      let macro = package.units[edge.unit][edge.range.macro]
      for (library, name) in names.uses(callee.name, macro) { calls.append((library, edge, name)) }
    }
    libraryCalls = calls
    libcCalls = libc
  }

  func site(_ edge: CallEdge) -> CodeSite { edge.site }

  /// Locks of the whole process that are held at a call.
  func globalLocks(at edge: CallEdge) -> Set<LockKey> {
    Set(
      locks.held(in: edge.caller, block: edge.block, instruction: edge.instruction)
        .filter { $0.mode == .exclusive && StateRaces.isGlobal($0.key) }.map(\.key))
  }

  /// The calls that the best lock does not cover, and that lock. Nothing where it covers all.
  private func uncovered(_ edges: [CallEdge]) -> (edges: [CallEdge], lock: LockKey?) {
    let held = edges.map(globalLocks)
    var counts: [LockKey: Int] = [:]
    for key in held.joined() { counts[key, default: 0] += 1 }
    let best = counts.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }?.key
    guard let best else { return (edges, nil) }
    return (zip(edges, held).filter { !$0.1.contains(best) }.map(\.0), best)
  }

  private func ordered(_ edges: [CallEdge]) -> [CallEdge] {
    edges.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }.map(\.element)
  }

  private func place(_ edge: CallEdge) -> SourcePosition {
    package.position(of: edge.range, in: edge.unit)
      ?? SourcePosition(path: "", line: 0, column: 0)
  }

  // MARK: C library

  func libc() -> [LibraryUses.Libc] {
    var found: [LibraryUses.Libc] = []
    let groups = Dictionary(grouping: libcCalls, by: \.fact.group)
    // Calls with one handle are a matter of who shares the handle, which other rules tell.
    for group in groups.keys.sorted() where group != "handle" {
      guard let calls = groups[group] else { continue }
      let (edges, lock) = uncovered(calls.map(\.edge))
      guard !edges.isEmpty else { continue }
      let open = Set(edges)
      let facts = Dictionary(calls.map { ($0.edge, $0.fact) }) { first, _ in first }
      var byUse: [FunctionID: [String: [CallEdge]]] = [:]
      for (fact, edge) in calls where open.contains(edge) {
        byUse[edge.caller, default: [:]][fact.name, default: []].append(edge)
      }
      for (function, uses) in byUse.sorted(by: { $0.key < $1.key }) {
        for (name, edges) in uses.sorted(by: { $0.key < $1.key }) {
          guard let first = edges.first, let fact = facts[first] else { continue }
          let others = byUse.filter { $0.key != function }.sorted { $0.key < $1.key }
            .compactMap { entry in
              entry.value.sorted { $0.key < $1.key }.first.flatMap { use in
                use.value.first.map { LibraryCall(site: $0.site, name: use.key) }
              }
            }
          found.append(
            LibraryUses.Libc(
              fact: fact,
              calls: ordered(edges).map { LibraryCall(site: $0.site, name: name) },
              lockOfOthers: lock, others: others))
        }
      }
    }
    return found.sorted {
      ($0.calls[0].site.function, $0.fact.name) < ($1.calls[0].site.function, $1.fact.name)
    }
  }

  // MARK: State of the process

  func processes() -> [LibraryUses.Process] {
    libraries.indices.compactMap { index in
      let library = libraries[index]
      guard library.unit == .process, !isBuiltSafe(library) else { return nil }
      let guards = LibraryGuards(library, package, graph, phases)
      let calls = libraryCalls.filter {
        $0.library == index && !isReentrant($0.edge, library) && !guards.covers($0.edge)
      }
      let names = Dictionary(calls.map { ($0.edge, $0.name) }) { first, _ in first }
      let (edges, lock) = uncovered(calls.map(\.edge))
      var seen = Set<FunctionID>()
      let first = ordered(edges).filter { seen.insert($0.caller).inserted }
      guard !first.isEmpty else { return nil }
      return LibraryUses.Process(
        library: library,
        calls: first.map { LibraryCall(site: $0.site, name: names[$0] ?? "") },
        lockOfOthers: lock)
    }
  }

  /// Whether build files ask for the build that is safe.
  private func isBuiltSafe(_ library: UnsafeLibrary) -> Bool {
    package.buildFacts.contains { $0.kind == .safeLibrary(name: library.name) }
  }

  /// Whether the first argument says that the reentrant library is called.
  private func isReentrant(_ edge: CallEdge, _ library: UnsafeLibrary) -> Bool {
    guard !library.reentrant.isEmpty, let (unit, model) = package.body(of: edge.caller),
      case .call(_, _, let arguments)? = model.operation(edge.block, edge.instruction),
      let first = arguments.first
    else { return false }
    return library.reentrant.contains(
      HandleTypes(package, unit, model).record(of: first) ?? "")
  }
}

/// Which libraries' functions are called; each pair of names is looked up once.
private struct LibraryNames {
  private struct Key: Hashable {
    var callee: String
    var macro: String
  }

  private var known: [Key: [(library: Int, name: String)]] = [:]

  /// The libraries that a call is of and not safe for, each with the name that the source has for
  /// the function. Of a macro's calls only the function that the library has no other name
  /// for counts by the macro's name; macros of the package may be called like a library's functions.
  mutating func uses(_ callee: String, _ macro: String) -> [(library: Int, name: String)] {
    let key = Key(callee: callee, macro: macro)
    if let found = known[key] { return found }
    let all = PythonFacts.shared.libraries
    let isOther =
      callee.hasPrefix("Py") || callee.hasPrefix("_Py")
      || PythonFacts.shared.libcFunctions[callee] != nil
    var found: [(library: Int, name: String)] = []
    for (index, library) in all.enumerated() {
      let byMacro = !macro.isEmpty && !isOther && library.isUnsafe(macro)
      if library.has(callee) {
        if library.isUnsafe(callee) { found.append((index, byMacro ? macro : callee)) }
      } else if byMacro, !all.contains(where: { $0.has(callee) }) {
        found.append((index, macro))
      }
    }
    known[key] = found
    return found
  }
}

extension FunctionModel {
  /// The operation of an instruction; nil for a block's terminator.
  func operation(_ block: BlockID, _ instruction: Int) -> Operation? {
    let list = blocks[Int(block.index)].instructions
    return list.indices.contains(instruction) ? list[instruction].operation : nil
  }
}
