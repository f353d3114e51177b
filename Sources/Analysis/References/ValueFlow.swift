import ProgramModel

/// Where the values of one function come from, point by point.
///
/// Unlike `ValueOrigins` it respects the order of statements: a variable that first holds one
/// reference and later another is each of them where it is.
final class ValueFlow {
  enum Origin: Hashable {
    case parameter(Int)
    /// The result of the call at the point.
    case call(ProgramPoint)
    /// What the call at the point has stored through one of its arguments.
    case output(ProgramPoint, argument: Int)
    /// Read at the point from memory that is no local variable.
    case load(ProgramPoint, PlaceID)
    case address(PlaceID)
    case integer(Int64)
    /// A string, a function, a computed number.
    case other
    case unknown
  }

  let package: PackageModel
  let function: FunctionID
  let unit: Int
  let model: FunctionModel
  let flow: ControlFlow
  private(set) lazy var dominators = Dominators(flow)
  /// All stores and loads of the function by their places.
  private(set) lazy var memory = PlaceAccesses(self)
  /// The blocks that can run, by number.
  private(set) lazy var liveBlocks = findLiveBlocks()
  /// What entering each block says, as far as it was asked for.
  var knownConditions: [Int32: [Condition]] = [:]
  private let definitions: LocalDefinitions
  private var ofDefinition: [Int: [Origin]] = [:]
  private var ofTemporary: [Int32: [Origin]] = [:]
  /// Where each temporary gets a value.
  private var temporaries: [Int32: [ProgramPoint]] = [:]
  private var resolving: Set<Int64> = []
  private var wasCut = false
  private var foundUses: [Origin: [Use]]?
  private var after: [BlockID: Set<BlockID>] = [:]
  /// Functions that do nothing but hand back one of their arguments, and which.
  private let passing: (FunctionID) -> Int?

  init(
    _ function: FunctionID, _ package: PackageModel, unit: Int, model: FunctionModel,
    passing: @escaping (FunctionID) -> Int?
  ) {
    self.package = package
    self.function = function
    self.unit = unit
    self.model = model
    self.passing = passing
    flow = ControlFlow(model)
    let names = package.units[unit]
    definitions = LocalDefinitions(model, flow) { names.name(of: $0) }
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard let result = instruction.operation.result else { continue }
        temporaries[result, default: []].append(
          ProgramPoint(block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index))
      }
    }
  }

  // MARK: Instructions

  func operation(at point: ProgramPoint) -> Operation? {
    let block = model.blocks[Int(point.block.index)]
    guard block.instructions.indices.contains(point.instruction) else { return nil }
    return block.instructions[point.instruction].operation
  }

  func range(at point: ProgramPoint) -> SourceRange {
    let block = model.blocks[Int(point.block.index)]
    return block.instructions.indices.contains(point.instruction)
      ? block.instructions[point.instruction].range : block.range
  }

  /// The function called at a point and what it is given; nil for other instructions and for
  /// calls through pointers.
  func call(at point: ProgramPoint) -> (callee: FunctionID, arguments: [Operand])? {
    guard case .call(_, .direct(let symbol), let arguments)? = operation(at: point),
      let callee = package.function(symbol, in: unit)
    else { return nil }
    return (callee, arguments)
  }

  func name(ofCallAt point: ProgramPoint) -> String? {
    call(at: point).map { package[$0.callee].name }
  }

  // MARK: Origins

  /// Everything that an operand can be at a point, each once.
  func origins(of operand: Operand, at point: ProgramPoint) -> [Origin] {
    switch operand {
    case .integer(let value): return [.integer(value)]
    case .address(let place): return [.address(place)]
    case .floating, .string, .function: return [.other]
    case .unknown: return [.unknown]
    case .temporary(let number): return origins(ofTemporary: number)
    case .local(let index):
      var found: [Origin] = definitions.escaped.contains(index) ? [.unknown] : []
      for definition in definitions.reaching(index, at: point) {
        for origin in origins(ofDefinition: definition) where !found.contains(origin) {
          found.append(origin)
        }
      }
      return found
    }
  }

  private func origins(ofDefinition index: Int) -> [Origin] {
    if let known = ofDefinition[index] { return known }
    guard resolving.insert(Int64(index)).inserted else {
      wasCut = true
      return []
    }
    let definition = definitions.definitions[index]
    let found: [Origin] =
      switch definition.value {
      case .operand(let operand): origins(of: operand, at: definition.point)
      case .output(let argument): [.output(definition.point, argument: argument)]
      case .parameter: [.parameter(Int(definition.local))]
      case .unknown: [.unknown]
      }
    return finish(Int64(index), found) { ofDefinition[index] = $0 }
  }

  private func origins(ofTemporary number: Int32) -> [Origin] {
    if let known = ofTemporary[number] { return known }
    let key = -1 - Int64(number)
    guard resolving.insert(key).inserted else {
      wasCut = true
      return []
    }
    var found: [Origin] = []
    for point in temporaries[number] ?? [] {
      for origin in origins(ofResultAt: point) where !found.contains(origin) {
        found.append(origin)
      }
    }
    return finish(key, found) { ofTemporary[number] = $0 }
  }

  /// What was found while a cycle was cut may lack something; only the outermost is kept then.
  private func finish(
    _ key: Int64, _ found: [Origin], _ keep: ([Origin]) -> Void
  ) -> [Origin] {
    resolving.remove(key)
    if !wasCut || resolving.isEmpty { keep(found) }
    if resolving.isEmpty { wasCut = false }
    return found
  }

  private func origins(ofResultAt point: ProgramPoint) -> [Origin] {
    switch operation(at: point) {
    case .load(_, let place): return [.load(point, place)]
    case .modify(_, let place, _, _, let yieldsOld):
      let target = model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty {
        return yieldsOld ? origins(of: .local(local), at: point) : [.other]
      }
      return [.load(point, place)]
    case .atomic(_, let kind, let place, _, _):
      return kind == .load || kind == .exchange ? [.load(point, place)] : [.unknown]
    case .copy(_, let operand): return origins(of: operand, at: point)
    case .compute(_, let kind, let operands):
      // A pointer that is moved still points into the same thing.
      if kind == .add || kind == .subtract, let first = operands.first {
        return origins(of: first, at: point).map {
          if case .integer = $0 { .other } else { $0 }
        }
      }
      return [.other]
    case .call(_, .direct(let symbol), let arguments):
      if let callee = package.function(symbol, in: unit), let position = passing(callee),
        position < arguments.count
      {
        return origins(of: arguments[position], at: point)
      }
      return [.call(point)]
    case .call: return [.call(point)]
    case .opaque, .store, nil: return [.unknown]
    }
  }

  func definitionPoints(of temporary: Int32) -> [ProgramPoint] { temporaries[temporary] ?? [] }

  /// The one instruction that gives a temporary its value; nil: there are several.
  func definition(of temporary: Int32) -> Operation? { onlyDefinition(of: temporary)?.operation }

  func onlyDefinition(of temporary: Int32) -> (operation: Operation, point: ProgramPoint)? {
    guard let points = temporaries[temporary], points.count == 1,
      let operation = operation(at: points[0])
    else { return nil }
    return (operation, points[0])
  }

  /// Whether a call hands back one of its arguments as it is.
  func passedArgument(ofCallAt point: ProgramPoint) -> Operand? {
    guard let (callee, arguments) = call(at: point), let position = passing(callee),
      position < arguments.count
    else { return nil }
    return arguments[position]
  }

  // MARK: Uses

  /// One use of a value.
  struct Use: Hashable {
    enum Kind: Hashable {
      /// Passed to the call at the point.
      case argument(Int)
      /// The function of an indirect call.
      case callee
      /// Compared or tested: the pointer's value, not what it points to.
      case test
      /// Memory behind the pointer is read or written.
      case dereference
      /// Stored in memory that is no local variable.
      case stored(PlaceID)
      case returned
      /// Used by code that was not understood.
      case opaque
    }

    var point: ProgramPoint
    var kind: Kind

    var isArgument: Bool { if case .argument = kind { true } else { false } }
  }

  /// All uses of an origin in the function, in the order of blocks. Assignments to local
  /// variables are no uses: the variable's uses are.
  func uses(of origin: Origin) -> [Use] {
    if foundUses == nil { foundUses = collectUses() }
    return foundUses?[origin] ?? []
  }

  private func collectUses() -> [Origin: [Use]] {
    var found: [Origin: [Use]] = [:]
    for id in flow.reversePostorder {
      let block = model.blocks[Int(id.index)]
      for (index, instruction) in block.instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        visit(instruction.operation) { operand, kind in
          note(operand, Use(point: point, kind: kind), &found)
        }
      }
      let point = ProgramPoint(block: id, instruction: block.instructions.count)
      switch block.terminator {
      case .branch(let operand, _, _), .switch(let operand, _, _), .indirect(let operand, _):
        note(operand, Use(point: point, kind: .test), &found)
      case .return(let operand?): note(operand, Use(point: point, kind: .returned), &found)
      case .return(nil), .jump, .throw, .unreachable: break
      }
    }
    return found
  }

  private func note(_ operand: Operand, _ use: Use, _ found: inout [Origin: [Use]]) {
    switch operand {
    case .local, .temporary: break
    default: return
    }
    for origin in origins(of: operand, at: use.point) {
      switch origin {
      case .integer, .other, .unknown: continue
      default: break
      }
      if found[origin]?.last != use { found[origin, default: []].append(use) }
    }
  }

  /// Calls `use` for each value that an instruction uses and how it does.
  func visit(_ operation: Operation, _ use: (Operand, Use.Kind) -> Void) {
    func pointers(_ id: PlaceID) {
      let place = model.places[Int(id.index)]
      guard place.path.first == .dereference else {
        // An array of references is indexed without a dereference of its own.
        if case .local(let index) = place.base, !place.path.isEmpty { use(.local(index), .test) }
        return
      }
      switch place.base {
      case .local(let index): use(.local(index), .dereference)
      case .temporary(let number): use(.temporary(number), .dereference)
      case .variable, .unnamed: break
      }
    }
    func operands(_ list: [Operand], _ kind: Use.Kind) {
      for operand in list {
        use(operand, kind)
        if case .address(let place) = operand { pointers(place) }
      }
    }
    switch operation {
    case .load(_, let place): pointers(place)
    case .store(let place, let operand):
      pointers(place)
      if case .address(let inner) = operand { pointers(inner) }
      let target = model.places[Int(place.index)]
      if case .local = target.base, target.path.isEmpty { return }
      use(operand, .stored(place))
    case .modify(_, let place, _, let operand, _):
      pointers(place)
      use(operand, .opaque)
    case .atomic(_, let kind, let place, _, let list):
      pointers(place)
      for operand in list { use(operand, kind == .load ? .opaque : .stored(place)) }
    case .compute(_, let kind, let list):
      switch kind {
      case .add, .subtract: operands(Array(list.dropFirst()), .test)
      default: operands(list, .test)
      }
    case .copy(_, let operand):
      if case .address(let place) = operand { pointers(place) }
    case .call(_, let callee, let arguments):
      if case .indirect(let operand) = callee { use(operand, .callee) }
      for (index, argument) in arguments.enumerated() {
        use(argument, .argument(index))
        if case .address(let place) = argument { pointers(place) }
      }
    case .opaque(_, _, let list): operands(list, .opaque)
    }
  }

  // MARK: Ways

  /// Whether a way leads from behind one point to another without passing `barrier`.
  func leads(
    from start: ProgramPoint, to end: ProgramPoint, without barrier: ProgramPoint? = nil
  ) -> Bool {
    /// Goes through a block from an instruction on; true: the end was met. nil: the barrier.
    func passes(_ block: BlockID, from first: Int) -> Bool? {
      let endsHere = block == end.block && end.instruction >= first
      if let barrier, barrier.block == block, barrier.instruction >= first,
        !(endsHere && end.instruction <= barrier.instruction)
      {
        return nil
      }
      return endsHere
    }
    switch passes(start.block, from: start.instruction + 1) {
    case true?: return true
    case nil: return false
    case false?: break
    }
    if barrier == nil { return blocksAfter(start.block).contains(end.block) }
    var seen = Set<Int32>()
    var work = flow.successors(of: start.block).map(\.to)
    while let next = work.popLast() {
      guard seen.insert(next.index).inserted else { continue }
      switch passes(next, from: 0) {
      case true?: return true
      case nil: continue
      case false?: work += flow.successors(of: next).map(\.to)
      }
    }
    return false
  }

  private func blocksAfter(_ block: BlockID) -> Set<BlockID> {
    if let known = after[block] { return known }
    let found = model.blocks(after: block)
    after[block] = found
    return found
  }
}
