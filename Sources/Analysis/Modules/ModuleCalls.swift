import ProgramModel

/// What calls of the C API do to a module while it is made.
enum ModuleAPI {
  static let setGIL = "PyUnstable_Module_SetGIL"
  static let gilSlot = "Py_mod_gil"

  /// Make a module object at once: single-phase initialisation.
  static let singlePhase: Set<String> = [
    "PyModule_Create2", "PyModule_Create", "PyModule_Create2TraceRefs",
  ]
  /// Hand a definition back to the import machinery: multi-phase initialisation.
  static let multiPhase: Set<String> = [
    "PyModuleDef_Init", "PyModule_FromDefAndSpec2", "PyModule_FromDefAndSpec",
  ]
}

/// Finds the calls that matter to modules in what a hook calls.
struct ModuleCalls {
  let package: PackageModel
  let graph: CallGraph
  /// Edges to functions of `ModuleAPI`.
  private let creations: [CallEdge]
  private let declarations: [CallEdge]

  init(_ package: PackageModel, _ graph: CallGraph) {
    self.package = package
    self.graph = graph
    var creations: [CallEdge] = []
    var declarations: [CallEdge] = []
    for id in package.functionIDs where package[id].definition == nil {
      let name = package[id].name
      let edges = graph.incoming[Int(id.index)].map { graph.edges[$0] }
      if ModuleAPI.singlePhase.contains(name) || ModuleAPI.multiPhase.contains(name) {
        creations += edges
      } else if name == ModuleAPI.setGIL {
        declarations += edges
      }
    }
    self.creations = creations
    self.declarations = declarations
  }

  /// All calls in the package that declare by a call.
  var allDeclarations: [CallEdge] { declarations }

  /// What a hook calls, by name, and not through other hooks.
  func reach(
    from roots: [FunctionID], throughHooks: Bool = false, throughTables: Bool = false
  ) -> Set<FunctionID> {
    var seen = Set(roots)
    var work = roots
    while let next = work.popLast() {
      for index in graph.outgoing[Int(next.index)] {
        let edge = graph.edges[index]
        // What is reached through a table may belong to any module.
        guard throughTables || edge.kind != .indirect else { continue }
        let isHook = ModuleNames.isInitialisation(package[edge.callee].name)
        if (throughHooks || !isHook), seen.insert(edge.callee).inserted { work.append(edge.callee) }
      }
    }
    return seen
  }

  func creations(in reach: Set<FunctionID>) -> [CallEdge] {
    creations.filter { reach.contains($0.caller) }
  }

  func declarations(in reach: Set<FunctionID>) -> [CallEdge] {
    declarations.filter { reach.contains($0.caller) }
  }

  /// Of the creations, those whose results the hook returns; empty where that is not seen.
  func returned(by hook: FunctionID, of creations: [CallEdge]) -> [CallEdge] {
    var found: [CallEdge] = []
    var seen: Set<FunctionID> = [hook]
    var work = [hook]
    while let next = work.popLast() {
      guard let (unit, body) = package.body(of: next) else { continue }
      let values = ValueOrigins(body)
      for case .call(let index) in values.returned {
        let call = values.calls[index]
        guard case .direct(let symbol) = call.callee,
          let callee = package.function(symbol, in: unit)
        else { continue }
        found += creations.filter {
          $0.caller == next && $0.callee == callee && Int($0.block.index) == call.block
            && $0.instruction == call.instruction
        }
        if package[callee].definition != nil, seen.insert(callee).inserted { work.append(callee) }
      }
    }
    return found
  }

  /// The operands of a call.
  func arguments(of edge: CallEdge) -> [Operand] {
    guard let (_, body) = package.body(of: edge.caller),
      Int(edge.block.index) < body.blocks.count,
      edge.instruction < body.blocks[Int(edge.block.index)].instructions.count,
      case .call(_, _, let arguments) =
        body.blocks[Int(edge.block.index)].instructions[edge.instruction].operation
    else { return [] }
    return arguments
  }

  /// The constants that an argument can be, followed through parameters up to callers within
  /// `reach`; nil among them for what is not known.
  func constants(
    ofArgument position: Int, of edge: CallEdge, in reach: Set<FunctionID>, depth: Int = 4
  ) -> Set<Int64?> {
    let arguments = arguments(of: edge)
    guard depth > 0, position < arguments.count, let (_, body) = package.body(of: edge.caller)
    else { return [nil] }
    var found = Set<Int64?>()
    for origin in ValueOrigins(body).origins(of: arguments[position]) {
      switch origin {
      case .integer(let value): found.insert(value)
      case .parameter(let index):
        let callers = graph.incoming[Int(edge.caller.index)].map { graph.edges[$0] }
          .filter { reach.contains($0.caller) }
        if callers.isEmpty { found.insert(nil) }
        for call in callers {
          found.formUnion(constants(ofArgument: index, of: call, in: reach, depth: depth - 1))
        }
      case .function, .address, .string, .load, .call, .unknown: found.insert(nil)
      }
    }
    return found
  }

  /// From a declaring call in a function that makes a module some way leads to a return of
  /// something that may be a module. True for calls in other functions.
  func leadsToModule(_ edge: CallEdge, _ creations: [CallEdge]) -> Bool {
    guard creations.contains(where: { $0.caller == edge.caller }),
      let (_, body) = package.body(of: edge.caller)
    else { return true }
    let values = ValueOrigins(body)
    var seen: Set<BlockID> = [edge.block]
    var work = [edge.block]
    while let next = work.popLast() {
      let block = body.blocks[Int(next.index)]
      if case .return(let operand) = block.terminator {
        let origins = operand.map { values.origins(of: $0) } ?? []
        if origins != [.integer(0)] { return true }
      }
      work += block.successors.filter { seen.insert($0).inserted }
    }
    return false
  }

  /// The static variables whose address an argument can be, followed through parameters up to
  /// callers within `reach`.
  func variables(
    ofArgument position: Int, of edge: CallEdge, in reach: Set<FunctionID>, depth: Int = 4
  ) -> Set<VariableID> {
    let arguments = arguments(of: edge)
    guard depth > 0, position < arguments.count, let (unit, body) = package.body(of: edge.caller)
    else { return [] }
    var found = Set<VariableID>()
    func follow(parameter: Int32) {
      for index in graph.incoming[Int(edge.caller.index)] {
        let call = graph.edges[index]
        guard reach.contains(call.caller) else { continue }
        found.formUnion(
          variables(ofArgument: Int(parameter), of: call, in: reach, depth: depth - 1))
      }
    }
    for origin in ValueOrigins(body).origins(of: arguments[position]) {
      switch origin {
      case .address(let place), .load(let place):
        switch body.places[Int(place.index)].base {
        case .variable(let symbol):
          if let id = package.variable(symbol, in: unit) { found.insert(id) }
        case .local(let index) where index < body.parameterCount: follow(parameter: index)
        case .local, .temporary, .unnamed: break
        }
      case .parameter(let index): follow(parameter: Int32(truncatingIfNeeded: index))
      case .function, .integer, .string, .call, .unknown: break
      }
    }
    return found
  }

  /// A declaring call is given another module than the one created in the same function.
  func concernsOtherModule(_ edge: CallEdge, than creations: [CallEdge]) -> Bool {
    let here = creations.filter { $0.caller == edge.caller }
    guard !here.isEmpty, let first = arguments(of: edge).first,
      let (_, body) = package.body(of: edge.caller)
    else { return false }
    let values = ValueOrigins(body)
    let origins = values.origins(of: first)
    guard !origins.isEmpty else { return false }
    return origins.allSatisfy { origin in
      guard case .call(let index) = origin, case .direct(let symbol) = values.calls[index].callee,
        let callee = package.function(symbol, in: edge.unit)
      else { return false }
      let call = values.calls[index]
      return ModuleAPI.singlePhase.contains(package[callee].name)
        && !here.contains {
          Int($0.block.index) == call.block && $0.instruction == call.instruction
        }
    }
  }

  /// A run-time condition decides whether a declaring call is made: its block is one arm of a
  /// branch whose other arm goes to where the block goes on. Whether there is a module at all is
  /// no condition.
  func isConditional(_ edge: CallEdge) -> Bool {
    guard let (_, body) = package.body(of: edge.caller) else { return false }
    let values = ValueOrigins(body)
    let module = arguments(of: edge).first.map { values.origins(of: $0) } ?? []
    var arm: BlockID = edge.block
    var next = body.blocks[Int(arm.index)].successors
    // A test of the call's own result splits the arm; both halves may lead on.
    for block in next { next += body.blocks[Int(block.index)].successors }
    for _ in 0..<2 {
      for block in body.blocks {
        guard case .branch(let condition, let then, let otherwise) = block.terminator,
          values.ingredients(of: condition).isDisjoint(with: module.subtracting([.unknown]))
        else { continue }
        if then == arm && next.contains(otherwise) || otherwise == arm && next.contains(then) {
          return true
        }
      }
      guard
        let before = body.blocks.indices.first(where: {
          body.blocks[$0].terminator == .jump(arm)
        })
      else { return false }
      arm = BlockID(Int32(truncatingIfNeeded: before))
    }
    return false
  }
}
