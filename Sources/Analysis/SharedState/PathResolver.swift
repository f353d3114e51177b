import ProgramModel
import PythonAPI

/// What pointers of one function can point to, in terms of statics, module state and the
/// function's own parameters; without regard to the order of statements.
struct PathResolver {
  let values: FunctionValues
  let function: FunctionID
  let unit: Int
  private let context: PathContext
  /// Also follows numbers through sums, not only pointers.
  private let followsNumbers: Bool
  private var locals: [Int32: [PointerValue]] = [:]
  private var beingResolved: Set<Int32> = []

  /// More meanings than these of one pointer are not told apart.
  private static let most = 4

  init(
    _ function: FunctionID, unit: Int, body: FunctionModel, _ context: PathContext,
    followsNumbers: Bool = false
  ) {
    self.followsNumbers = followsNumbers
    values = FunctionValues(body)
    self.function = function
    self.unit = unit
    self.context = context
  }

  private var types: UnitModel { context.package.units[unit] }

  // MARK: Places

  /// The shared memory that a place is; empty for memory of the function's own.
  mutating func paths(of place: Place) -> [StatePath] {
    if let path = moduleStatePath(of: place) { return [path] }
    return heldPaths(of: place) + basePaths(of: place)
  }

  /// The path from a static on to which a field in the place always points.
  private func heldPaths(of place: Place) -> [StatePath] {
    guard !context.heldStatics.isEmpty, place.path.count > 1 else { return [] }
    for number in (1..<place.path.count).reversed() where place.path[number] == .dereference {
      guard case .field(let name, let record) = place.path[number - 1],
        let held = context.heldStatics[.init(record: types[record], field: types[name])]
      else { continue }
      let rest = steps(place.path[(number + 1)...])
      let isElement = context.isArray(held) && rest.first != .index
      return [StatePath(.variable(held), (isElement ? [.index] : []) + rest)]
    }
    return []
  }

  private mutating func basePaths(of place: Place) -> [StatePath] {
    switch place.base {
    case .variable(let symbol):
      guard let id = context.package.variable(symbol, in: unit) else { return [] }
      return [StatePath(.variable(id), steps(place.path[...]))].map(normalised)
    case .local(let index):
      guard place.path.first == .dereference else { return [] }
      return targets(of: .local(index), place.path.dropFirst())
    case .temporary(let number):
      guard place.path.first == .dereference else { return [] }
      return targets(of: .temporary(number), place.path.dropFirst())
    case .unnamed: return []
    }
  }

  /// The path from a field of module state on, whatever pointer leads to it.
  private func moduleStatePath(of place: Place) -> StatePath? {
    guard !context.records.names.isEmpty else { return nil }
    var isBehindPointer = false
    for (number, step) in place.path.enumerated() {
      switch step {
      case .dereference: isBehindPointer = true
      case .field(_, let record):
        if isBehindPointer, context.records.names.contains(types[record]) {
          return StatePath(.moduleState(types[record]), steps(place.path[number...]))
        }
        isBehindPointer = false
      case .index: break
      }
    }
    return nil
  }

  func isModuleState(_ type: TypeID) -> Bool { moduleState(type) != nil }

  /// Whether a field on the way of a place is one of module state, or leads to a static.
  func hasSharedField(_ place: Place) -> Bool {
    if context.records.names.isEmpty && context.heldStatics.isEmpty { return false }
    return place.path.contains { step in
      guard case .field(let name, let record) = step else { return false }
      return context.records.names.contains(types[record])
        || context.heldStatics[.init(record: types[record], field: types[name])] != nil
    }
  }

  private mutating func targets(
    of pointer: Operand, _ rest: ArraySlice<Place.Step>
  ) -> [StatePath] {
    let more = steps(rest)
    return pointers(of: pointer).map { normalised($0.target(more)) }
  }

  private func steps(_ path: ArraySlice<Place.Step>) -> [StateStep] {
    path.map { step in
      switch step {
      case .field(let name, _): .field(types[name])
      case .index: .index
      case .dereference: .dereference
      }
    }
  }

  /// A pointer to module state held by a static is the module state.
  private func normalised(_ path: StatePath) -> StatePath {
    guard case .variable(let id) = path.root, path.steps.first == .dereference,
      let record = context.stateHolders[id]
    else { return path }
    return StatePath(.moduleState(record), Array(path.steps.dropFirst()))
  }

  // MARK: Pointers

  /// What a pointer can be; empty where it cannot be said.
  mutating func pointers(of operand: Operand) -> [PointerValue] {
    switch operand {
    case .address(let id):
      return paths(of: values.place(id)).map { PointerValue(path: $0, isAddress: true) }
    case .local(let index): return pointers(ofLocal: index)
    case .temporary(let number): return pointers(ofTemporary: number)
    case .integer, .floating, .string, .function, .unknown: return []
    }
  }

  private func moduleState(_ type: TypeID) -> PointerValue? {
    guard !context.records.names.isEmpty else { return nil }
    let record = types.pointedRecord(type)
    guard context.records.names.contains(record) else { return nil }
    return PointerValue(path: StatePath(.moduleState(record)), isAddress: true)
  }

  private mutating func pointers(ofLocal index: Int32) -> [PointerValue] {
    if let known = locals[index] { return known }
    guard beingResolved.insert(index).inserted else { return [] }
    defer { beingResolved.remove(index) }
    var found: [PointerValue] = []
    let model = values.model.locals[Int(index)]
    if let state = moduleState(model.type) {
      found = [state]
    } else {
      if index < values.model.parameterCount {
        found = [PointerValue(path: StatePath(.parameter(Int(index))), isAddress: false)]
      }
      for operand in values.localStores[Int(index)] { add(pointers(of: operand), to: &found) }
    }
    // What was found while a cycle was cut may lack something; it is not kept then.
    if beingResolved.count == 1 { locals[index] = found }
    return found
  }

  private mutating func pointers(ofTemporary number: Int32) -> [PointerValue] {
    guard let definition = values.definition(of: number) else { return [] }
    // Temporaries are numbered apart from locals: negative here.
    guard beingResolved.insert(-1 - number).inserted else { return [] }
    defer { beingResolved.remove(-1 - number) }
    switch definition {
    case .load(let id):
      let place = values.place(id)
      if let state = moduleState(place.type) { return [state] }
      var found = paths(of: place).map { PointerValue(path: $0, isAddress: false) }
      if let field = context.fieldNode(of: place, in: unit),
        let held = context.heldStatics[field]
      {
        let steps: [StateStep] = context.isArray(held) ? [.index] : []
        add([PointerValue(path: StatePath(.variable(held), steps), isAddress: true)], to: &found)
      }
      return found
    case .compute(let kind, let operands):
      // Arithmetic moves a pointer within what it points into.
      guard kind == .add || kind == .subtract else { return [] }
      var found: [PointerValue] = []
      for operand in operands where followsNumbers || isPointer(operand) {
        add(pointers(of: operand), to: &found)
      }
      return found
    case .copies(let operands):
      var found: [PointerValue] = []
      for operand in operands { add(pointers(of: operand), to: &found) }
      return found
    case .call(let block, let instruction):
      guard
        case .call(_, .direct(let symbol), let arguments)? = values.operation(
          block: block, instruction: instruction),
        let callee = context.package.function(symbol, in: unit)
      else { return [] }
      return result(of: callee, arguments)
    case .unknown: return []
    }
  }

  /// Whether an operand is a pointer and not a number that is added to one.
  private func isPointer(_ operand: Operand, depth: Int = 0) -> Bool {
    func isPointer(_ type: TypeID) -> Bool {
      [.pointer, .reference, .array, .unknown].contains(types[type].kind)
    }
    switch operand {
    case .address: return true
    case .local(let index): return isPointer(values.model.locals[Int(index)].type)
    case .temporary(let number):
      switch values.definition(of: number) {
      case .load(let place)?: return isPointer(values.place(place).type)
      case .call?: return true
      case .compute(_, let operands)?, .copies(let operands)?:
        return depth < 8 && operands.contains { self.isPointer($0, depth: depth + 1) }
      case .unknown?, nil: return false
      }
    case .integer, .floating, .string, .function, .unknown: return false
    }
  }

  /// What a call returns, by the callee's summary.
  private mutating func result(
    of callee: FunctionID, _ arguments: [Operand]
  ) -> [PointerValue] {
    var found: [PointerValue] = []
    if LibraryReferences.returnsSelf(context.package[callee]), let first = arguments.first {
      return pointers(of: first)
    }
    if let step = LibraryReferences.step(of: context.package[callee]), let first = arguments.first {
      // A reference into what the method is called on.
      return pointers(of: first).map {
        PointerValue(path: $0.target([step]), isAddress: true)
      }
    }
    for value in context.returned[Int(callee.index)] {
      guard case .parameter(let position) = value.path.root else {
        add([value], to: &found)
        continue
      }
      guard position < arguments.count else { continue }
      for pointer in pointers(of: arguments[position]) {
        if value.path.steps.first == .dereference {
          add(
            [
              PointerValue(
                path: pointer.target(value.path.steps.dropFirst()), isAddress: value.isAddress)
            ], to: &found)
        } else if !value.isAddress {
          add([pointer], to: &found)
        }
      }
    }
    return found
  }

  private func add(_ new: [PointerValue], to found: inout [PointerValue]) {
    for value in new where found.count < Self.most && !found.contains(value) {
      found.append(value)
    }
  }

  /// What the function can return, for its callers.
  mutating func returned() -> [PointerValue] {
    if let state = moduleState(values.model.resultType) { return [state] }
    var found: [PointerValue] = []
    for block in values.model.blocks {
      if case .return(.some(let operand)) = block.terminator {
        add(pointers(of: operand), to: &found)
      }
    }
    return found
  }
}
