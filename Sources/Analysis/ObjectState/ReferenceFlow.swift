import ProgramModel

/// An object that a function reaches, to tell its accesses to one object from those to another.
enum ObjectIdentity: Hashable {
  case key(LockKey)
  case way(Place.Base, [Place.Step])
}

/// Memory that holds a reference, or a reference itself, whose use a function is asked about.
enum ReferenceTarget: Hashable {
  /// A field of an object.
  case field(ObjectFieldID, ObjectIdentity)
  /// What a parameter points to: the caller gave the address of a reference.
  case slot(Int32)
  /// The reference that a parameter is.
  case value(Int32)
}

/// One read of a reference.
struct ReferenceLoad: Hashable {
  var target: ReferenceTarget
  var point: ProgramPoint
  /// The place read; nil for parameters and for reads through a pointer.
  var place: PlaceID?
  var isAtomic: Bool
}

/// What a function does to a reference at one point.
struct ReferenceEvent: Hashable {
  enum Kind: Hashable {
    /// The value of a read is used while nothing but the field keeps the object alive;
    /// `late`: after a call that can run Python code.
    case use(load: Int32, late: Bool)
    /// A reference of the function's own is taken of it.
    case take(load: Int32, late: Bool)
    /// The field's reference is dropped by way of the value read.
    case drop(load: Int32)
    /// The value read left the field, and its reference goes to somebody else.
    case handOver(load: Int32)
    /// Another value is put into the memory it was read from.
    case moved(load: Int32)
    /// Read and used in one, as where a pointer is followed.
    case follow(ReferenceTarget)
    /// Another value is put into the memory.
    case store(ReferenceTarget)
    /// Another value is put there and the old reference dropped.
    case replace(ReferenceTarget)
    /// The same in one atomic step.
    case exchange(ReferenceTarget)
  }

  var kind: Kind
  var point: ProgramPoint
}

/// Which values hold which reads of references, at one point.
struct ReferenceState: JoinSemilattice, Equatable {
  /// Locals and temporaries, and the reads whose values they may hold.
  var holders: [Operand: Set<Int32>] = [:]
  /// Reads whose object only the memory read keeps alive.
  var open: Set<Int32> = []
  /// Reads before a call that can run Python code, which suspends critical sections.
  var late: Set<Int32> = []
  /// Reads whose reference was taken out of the memory: it is the function's.
  var moved: Set<Int32> = []
  /// Memory of whose reference the function has taken one of its own: what is read there is
  /// the same object, as long as the lock is held.
  var kept: Set<ReferenceTarget> = []
  /// Memory that was stored to: a reference taken of what is there now is the memory's own.
  var stored: Set<ReferenceTarget> = []

  mutating func join(_ other: Self) -> Bool {
    if self == other { return false }
    let old = self
    holders.merge(other.holders) { $0.union($1) }
    open.formUnion(other.open)
    late.formUnion(other.late)
    moved.formUnion(other.moved)
    kept.formUnion(other.kept)
    stored.formUnion(other.stored)
    return self != old
  }
}

/// Follows the references of a function that are read from fields of objects, or given to it.
struct ReferenceFlow: DataFlowProblem {
  /// What an operation on a place touches.
  struct Meaning {
    /// Fields that are read and followed on the way.
    var followed: [ReferenceTarget] = []
    /// The memory that the place is.
    var target: ReferenceTarget?
  }

  let model: FunctionModel
  let unit: Int
  let meanings: [PlaceID: Meaning]
  /// Variables that hold the address of memory that is asked about.
  let pointers: [Operand: ReferenceTarget]
  let calls: any ReferenceCalls
  private let values: FunctionValues
  /// Parameters first, where the function is asked about these.
  let loads: [ReferenceLoad]
  private let loadNumbers: [ProgramPoint: Int32]
  let boundary: ReferenceState
  var safe: ReferenceState { ReferenceState() }

  init(
    _ model: FunctionModel, unit: Int, meanings: [PlaceID: Meaning],
    pointers: [Operand: ReferenceTarget], parameters: [Int32], calls: any ReferenceCalls
  ) {
    self.model = model
    self.unit = unit
    self.meanings = meanings
    self.pointers = pointers
    self.calls = calls
    values = FunctionValues(model)
    var loads: [ReferenceLoad] = []
    var state = ReferenceState()
    let entry = ProgramPoint(block: BlockID(0), instruction: 0)
    for parameter in parameters {
      let number = Int32(truncatingIfNeeded: loads.count)
      loads.append(
        ReferenceLoad(target: .value(parameter), point: entry, place: nil, isAtomic: false))
      state.holders[.local(parameter)] = [number]
      state.open.insert(number)
    }
    var numbers: [ProgramPoint: Int32] = [:]
    for (block, body) in model.blocks.enumerated() {
      for (index, instruction) in body.instructions.enumerated() {
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: block)), instruction: index)
        func add(_ target: ReferenceTarget?, _ place: PlaceID?, isAtomic: Bool) {
          guard let target else { return }
          numbers[point] = Int32(truncatingIfNeeded: loads.count)
          loads.append(
            ReferenceLoad(target: target, point: point, place: place, isAtomic: isAtomic))
        }
        switch instruction.operation {
        case .load(_, let place): add(meanings[place]?.target, place, isAtomic: false)
        case .atomic(.some, .load, let place, _, _):
          add(meanings[place]?.target, place, isAtomic: true)
        case .call(.some, .direct(let symbol), let arguments):
          guard let first = arguments.first,
            let target = Self.target(first, meanings, pointers),
            calls.slotEffect(of: .direct(symbol), argument: 0, in: unit).isAtomicLoad
          else { continue }
          add(target, nil, isAtomic: true)
        default: break
        }
      }
    }
    self.loads = loads
    loadNumbers = numbers
    boundary = state
  }

  /// The memory whose address an operand is.
  private static func target(
    _ operand: Operand, _ meanings: [PlaceID: Meaning], _ pointers: [Operand: ReferenceTarget]
  ) -> ReferenceTarget? {
    if case .address(let place) = operand { return meanings[place]?.target }
    return pointers[operand]
  }

  // MARK: Steps

  func transfer(
    _ instruction: Instruction, at point: ProgramPoint, _ state: inout ReferenceState
  ) {
    step(instruction.operation, point, &state) { _ in }
  }

  /// All that happens, in the order of blocks and instructions.
  func events() -> [ReferenceEvent] {
    let solution = solve(model, ControlFlow(model))
    var found: [ReferenceEvent] = []
    guard solution.isComplete else { return [] }
    for (number, block) in model.blocks.enumerated() {
      guard var state = solution.states[number] else { continue }
      let id = BlockID(Int32(truncatingIfNeeded: number))
      for (index, instruction) in block.instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        step(instruction.operation, point, &state) {
          found.append(ReferenceEvent(kind: $0, point: point))
        }
      }
      guard case .return(let operand?) = block.terminator else { continue }
      let end = ProgramPoint(block: id, instruction: block.instructions.count)
      for load in (state.holders[operand] ?? []).sorted() {
        let kind: ReferenceEvent.Kind? =
          state.open.contains(load)
          ? .use(load: load, late: state.late.contains(load))
          : state.moved.contains(load) ? .handOver(load: load) : nil
        if let kind { found.append(ReferenceEvent(kind: kind, point: end)) }
      }
    }
    return found
  }

  private func step(
    _ operation: Operation, _ point: ProgramPoint, _ state: inout ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    switch operation {
    case .load(let result, let place):
      follow(place, point, state, emit)
      bind(.temporary(result), to: read(point, &state, emit), &state)
    case .atomic(let result, let kind, let place, _, let operands):
      atomic(result, kind, place, operands, point, &state, emit)
    case .store(let place, let operand):
      follow(place, point, state, emit)
      followAddress(operand, point, state, emit)
      store(operand, in: place, &state, emit)
    case .modify(let result, let place, _, _, _):
      follow(place, point, state, emit)
      if let result { bind(.temporary(result), to: [], &state) }
    case .copy(let result, let operand):
      bind(.temporary(result), to: state.holders[operand] ?? [], &state)
    case .compute(let result, let kind, let operands):
      let isPointer = kind == .add || kind == .subtract
      let held =
        isPointer ? operands.reduce(into: Set()) { $0.formUnion(state.holders[$1] ?? []) } : []
      bind(.temporary(result), to: held, &state)
    case .call(let result, let callee, let arguments):
      call(result, callee, arguments, point, &state, emit)
    case .opaque(let result, _, let operands):
      for operand in operands { use(operand, state, emit) }
      if let result { bind(.temporary(result), to: [], &state) }
    }
  }

  private func bind(_ holder: Operand, to loads: Set<Int32>, _ state: inout ReferenceState) {
    if loads.isEmpty {
      state.holders[holder] = nil
    } else {
      state.holders[holder] = loads
    }
  }

  /// The read that an operation makes whose value it gives.
  private func read(
    _ point: ProgramPoint, _ state: inout ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) -> Set<Int32> {
    guard let load = loadNumbers[point] else { return [] }
    state.moved.remove(load)
    state.late.remove(load)
    if state.kept.contains(loads[Int(load)].target) {
      state.open.remove(load)
      emit(.take(load: load, late: false))
    } else {
      state.open.insert(load)
    }
    return [load]
  }

  private func use(
    _ operand: Operand, _ state: ReferenceState, _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    guard let held = state.holders[operand] else { return }
    for load in held.intersection(state.open).sorted() {
      emit(.use(load: load, late: state.late.contains(load)))
    }
  }

  /// The uses in going the way to a place.
  private func follow(
    _ place: PlaceID, _ point: ProgramPoint, _ state: ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    if let base = Self.base(model.places[Int(place.index)]) { use(base, state, emit) }
    for target in meanings[place]?.followed ?? [] { emit(.follow(target)) }
  }

  private func followAddress(
    _ operand: Operand, _ point: ProgramPoint, _ state: ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    if case .address(let place) = operand { follow(place, point, state, emit) }
  }

  /// The pointer that a place begins with.
  static func base(_ place: Place) -> Operand? {
    guard place.path.first == .dereference else { return nil }
    switch place.base {
    case .local(let index): return .local(index)
    case .temporary(let number): return .temporary(number)
    case .variable, .unnamed: return nil
    }
  }

  // MARK: Stores

  private func store(
    _ operand: Operand, in place: PlaceID, _ state: inout ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    let model = model.places[Int(place.index)]
    if case .local(let local) = model.base, model.path.isEmpty {
      bind(.local(local), to: state.holders[operand] ?? [], &state)
      return
    }
    if let target = meanings[place]?.target {
      // A value put back where it came from is no use of it.
      for load in (state.holders[operand] ?? []).intersection(state.open).sorted()
      where loads[Int(load)].target != target {
        emit(.use(load: load, late: state.late.contains(load)))
      }
      emit(.store(target))
      takeOut(of: target, isBorrowed: calls.isBorrowed(operand, values, unit), &state, emit)
    } else {
      use(operand, state, emit)
      handOver(operand, state, emit)
    }
  }

  /// Another value is put into the memory: what was read of it before is the function's.
  private func takeOut(
    of target: ReferenceTarget, isBorrowed: Bool, _ state: inout ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    state.kept.remove(target)
    if isBorrowed { state.stored.insert(target) }
    for load in state.open.sorted() where loads[Int(load)].target == target {
      emit(.moved(load: load))
      state.open.remove(load)
      state.moved.insert(load)
    }
  }

  private func handOver(
    _ operand: Operand, _ state: ReferenceState, _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    guard let held = state.holders[operand] else { return }
    for load in held.intersection(state.moved).sorted() { emit(.handOver(load: load)) }
  }

  private func atomic(
    _ result: Int32?, _ kind: AtomicKind, _ place: PlaceID, _ operands: [Operand],
    _ point: ProgramPoint, _ state: inout ReferenceState,
    _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    follow(place, point, state, emit)
    let target = meanings[place]?.target
    switch kind {
    case .load:
      if let result { bind(.temporary(result), to: read(point, &state, emit), &state) }
      return
    case .store, .compareExchange:
      if let target { emit(.store(target)) }
    case .exchange: if let target { emit(.exchange(target)) }
    case .modify, .fence: break
    }
    for operand in operands { use(operand, state, emit) }
    if let result { bind(.temporary(result), to: [], &state) }
  }

  // MARK: Calls

  private func call(
    _ result: Int32?, _ callee: Callee, _ arguments: [Operand], _ point: ProgramPoint,
    _ state: inout ReferenceState, _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    var returned = Set<Int32>()
    for (position, argument) in arguments.enumerated() {
      if case .address(let place) = argument { follow(place, point, state, emit) }
      slot(argument, callee, position, point, &state, emit, &returned)
      guard let held = state.holders[argument] else { continue }
      let effect = calls.valueEffect(of: callee, argument: position, in: unit)
      let open = held.intersection(state.open).sorted()
      if effect.takes {
        for load in open { take(load, &state, emit) }
        continue
      }
      for load in open {
        if effect.drops {
          emit(.drop(load: load))
        } else if effect.uses {
          emit(.use(load: load, late: state.late.contains(load)))
        }
      }
      if effect.drops || effect.keeps { handOver(argument, state, emit) }
      if effect.returns { returned.formUnion(held) }
    }
    if case .indirect(let operand) = callee { use(operand, state, emit) }
    if calls.runsPython(callee, in: unit) { state.late.formUnion(state.open) }
    if let result { bind(.temporary(result), to: returned, &state) }
  }

  /// All that was read from the same memory now stands for a reference of the function's own.
  private func take(
    _ load: Int32, _ state: inout ReferenceState, _ emit: (ReferenceEvent.Kind) -> Void
  ) {
    let target = loads[Int(load)].target
    if state.stored.remove(target) == nil { state.kept.insert(target) }
    for other in state.open.sorted() where loads[Int(other)].target == target {
      emit(.take(load: other, late: state.late.contains(other)))
      state.open.remove(other)
    }
  }

  /// The effect of giving a call the address of memory.
  private func slot(
    _ argument: Operand, _ callee: Callee, _ position: Int, _ point: ProgramPoint,
    _ state: inout ReferenceState, _ emit: (ReferenceEvent.Kind) -> Void,
    _ returned: inout Set<Int32>
  ) {
    if case .address(let id) = argument {
      let place = model.places[Int(id.index)]
      if case .local(let local) = place.base, place.path.isEmpty {
        let effect = calls.slotEffect(of: callee, argument: position, in: unit)
        // 'Py_CLEAR(old)' and its like drop what a local variable holds.
        if effect.replaces, let held = state.holders[.local(local)] {
          for load in held.intersection(state.open).sorted() { emit(.drop(load: load)) }
          handOver(.local(local), state, emit)
        }
        if effect.replaces || effect.stores { bind(.local(local), to: [], &state) }
        return
      }
    }
    guard let target = Self.target(argument, meanings, pointers) else { return }
    let effect = calls.slotEffect(of: callee, argument: position, in: unit)
    if effect.isAtomicLoad { returned.formUnion(read(point, &state, emit)) }
    if effect.uses { emit(.follow(target)) }
    if effect.exchanges {
      emit(.exchange(target))
    } else if effect.replaces {
      emit(.replace(target))
      state.kept.remove(target)
    } else if effect.stores {
      emit(.store(target))
      takeOut(of: target, isBorrowed: false, &state, emit)
    }
  }
}
