import ProgramModel

/// Which locks all callers of each function hold.
struct EntryLocks {
  /// Per function; what nobody calls holds nothing.
  let sets: [Set<HeldLock>]

  init(
    _ context: LockContext, _ phases: Phases, _ functions: [FunctionID: FunctionLocks],
    _ aliases: [FunctionID: [LockKey: LockKey]], _ onceBodies: [FunctionID: [OnceBody]]
  ) {
    var solver = Solver(
      context: context, functions: functions, aliases: aliases, onceBodies: onceBodies,
      sets: Array(repeating: nil, count: context.package.functions.count))
    for point in phases.entryPoints where point.phase != .initialisation {
      solver.sets[Int(point.function.index)] = []
    }
    solver.isInitialisation = context.package.functionIDs.map { phases.isInitialisationOnly($0) }
    solver.solve()
    sets = solver.sets.map { $0 ?? [] }
  }

  private struct Solver {
    let context: LockContext
    let functions: [FunctionID: FunctionLocks]
    let aliases: [FunctionID: [LockKey: LockKey]]
    let onceBodies: [FunctionID: [OnceBody]]
    /// nil: everything, as no caller was seen yet.
    var sets: [Set<HeldLock>?]
    var isInitialisation: [Bool] = []
    private var paths: [FunctionID: ObjectPaths] = [:]
    private var work: [FunctionID] = []
    private var isQueued: [Bool] = []

    init(
      context: LockContext, functions: [FunctionID: FunctionLocks],
      aliases: [FunctionID: [LockKey: LockKey]], onceBodies: [FunctionID: [OnceBody]],
      sets: [Set<HeldLock>?]
    ) {
      self.context = context
      self.functions = functions
      self.aliases = aliases
      self.onceBodies = onceBodies
      self.sets = sets
    }

    mutating func solve() {
      let package = context.package
      let called = Set(onceBodies.values.joined().map(\.function))
      isQueued = Array(repeating: false, count: package.functions.count)
      for id in package.functionIDs where sets[Int(id.index)] == nil {
        if context.graph.incoming[Int(id.index)].isEmpty, !called.contains(id) {
          sets[Int(id.index)] = []
        }
      }
      for id in package.functionIDs.reversed() where sets[Int(id.index)] != nil { push(id) }
      drain()
      // What only calls itself, or is called from nowhere, has no caller that holds anything.
      for id in package.functionIDs where sets[Int(id.index)] == nil {
        sets[Int(id.index)] = []
        push(id)
        drain()
      }
    }

    private mutating func push(_ id: FunctionID) {
      guard !isQueued[Int(id.index)] else { return }
      isQueued[Int(id.index)] = true
      work.append(id)
    }

    private mutating func drain() {
      // Sets only shrink, so this ends; the bound is for call graphs without measure.
      var budget = 200 * (context.package.functions.count + 100)
      while let id = work.popLast() {
        isQueued[Int(id.index)] = false
        budget -= 1
        if budget < 0 {
          sets = sets.map { _ in [] }
          work = []
          return
        }
        handOn(id)
      }
    }

    /// Lets the callees of a function know what it holds where it calls them.
    private mutating func handOn(_ caller: FunctionID) {
      guard let entry = sets[Int(caller.index)] else { return }
      let locks = functions[caller]
      let onceBodies = onceBodies[caller] ?? []
      for body in onceBodies {
        var held =
          locks?.held(
            block: body.point.block, instruction: body.point.instruction, entry: entry) ?? entry
        held.insert(body.lock)
        meet(named(held, at: nil, caller), body.function)
      }
      for index in context.graph.outgoing[Int(caller.index)] {
        let edge = context.graph.edges[index]
        guard context.package[edge.callee].definition != nil else { continue }
        // What is empty stays so, whatever is held here.
        if let known = sets[Int(edge.callee.index)], known.isEmpty { continue }
        if edge.kind == .callback, onceBodies.contains(where: { $0.isCalled(by: edge) }) {
          continue
        }
        // While the module is initialised nothing runs beside it.
        if isInitialisation[Int(caller.index)], !isInitialisation[Int(edge.callee.index)] {
          continue
        }
        let held =
          locks?.held(block: edge.block, instruction: edge.instruction, entry: entry) ?? entry
        meet(held.isEmpty ? [] : named(held, at: edge, caller), edge.callee)
      }
    }

    private mutating func meet(_ held: Set<HeldLock>, _ callee: FunctionID) {
      let index = Int(callee.index)
      let new = sets[index].map { HeldLock.common($0, held) } ?? held
      if sets[index] != new {
        sets[index] = new
        push(callee)
      }
    }

    /// The locks of a caller in the terms of its callee.
    private mutating func named(
      _ held: Set<HeldLock>, at edge: CallEdge?, _ caller: FunctionID
    ) -> Set<HeldLock> {
      var objects: [LockKey] = []
      let isLocal = held.contains {
        switch $0.key.base {
        case .parameter, .local, .moduleObject, .variable: true
        default: false
        }
      }
      var names: ObjectPaths?
      if let edge, isLocal {
        let paths = paths(of: caller)
        let block = paths.model.blocks[Int(edge.block.index)]
        if edge.kind != .callback,
          case .call(_, _, let arguments) = block.instructions[edge.instruction].operation
        {
          objects = arguments.map { paths.pointee($0) }
        }
        names = paths
      }
      var found = Set<HeldLock>()
      for var lock in held {
        switch lock.key.base {
        case .parameter, .local, .moduleObject, .variable:
          if let names {
            for key in names.names(of: lock.key, inCalleeWith: objects) {
              lock.key = key
              found.insert(lock)
            }
          } else if case .variable = lock.key.base {
            found.insert(lock)
          } else if !lock.key.owner.isEmpty, let field = lock.key.lastField {
            // What runs once reaches the object by itself.
            lock.key = LockKey(base: .field(record: lock.key.owner), path: [field])
            found.insert(lock)
          }
        case .moduleState, .world, .field, .unknown: found.insert(lock)
        }
      }
      return found
    }

    private mutating func paths(of function: FunctionID) -> ObjectPaths {
      if let known = paths[function] { return known }
      var new = ObjectPaths(context, function)
      new.aliases = aliases[function] ?? [:]
      paths[function] = new
      return new
    }
  }
}
