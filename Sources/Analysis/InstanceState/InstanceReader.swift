import ProgramModel
import PythonAPI

/// Reads the accesses of one function to fields of instances.
struct InstanceReader {
  let package: PackageModel
  let records: InstanceRecords
  let locks: Locks
  let effects: PointerEffects
  let function: FunctionID
  let unit: Int
  let model: FunctionModel
  let values: FunctionValues
  /// By place.
  let places: [[InstancePlace]]
  private var found: [RawInstanceAccess] = []
  var point = ProgramPoint(block: BlockID(0), instruction: 0)
  var range = SourceRange.none
  private var keys: [ObjectWay: LockKey?] = [:]

  private struct ObjectWay: Hashable {
    var place: PlaceID
    var end: Int
  }

  /// What an operand points to: a part of an instance.
  struct Target: Hashable {
    /// The place that is loaded or whose address is taken; nil: a function gave the address.
    var place: PlaceID?
    /// Of the place's memory, in the unit.
    var type: TypeID
    var object: GivenObject?
    var field: InstancePlace
    var part: InstancePart
    /// The field's own memory, not what its pointer points to.
    var isAddress: Bool
  }

  /// An object of which a function gave the address of a part.
  struct GivenObject: Hashable {
    var key: LockKey?
    var root: Operand
  }

  init(
    _ function: FunctionID, _ unit: Int, _ values: FunctionValues, _ package: PackageModel,
    _ records: InstanceRecords, _ locks: Locks, _ effects: PointerEffects,
    _ places: [[InstancePlace]]
  ) {
    self.function = function
    self.unit = unit
    self.values = values
    model = values.model
    self.package = package
    self.records = records
    self.locks = locks
    self.effects = effects
    self.places = places
  }

  /// The fields that each place of a function names; nil: none does.
  static func places(
    _ model: FunctionModel, in unit: Int, _ records: InstanceRecords
  ) -> [[InstancePlace]]? {
    var hasAny = false
    let found = model.places.map { place -> [InstancePlace] in
      guard place.path.count > 0 else { return [] }
      let fields = records.fields(of: place, in: unit)
      if !fields.isEmpty { hasAny = true }
      return fields
    }
    return hasAny ? found : nil
  }

  mutating func read() -> [RawInstanceAccess] {
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        range = instruction.range
        read(instruction.operation)
      }
    }
    return found
  }

  private mutating func read(_ operation: Operation) {
    switch operation {
    case .load(_, let place): touch(place, .read)
    case .store(let place, let value):
      follow(value)
      touch(place, .write, value: value)
    case .modify(let result, let place, _, let operand, _):
      touch(place, .modify, value: result == nil ? operand : nil)
    case .atomic(_, let kind, let place, _, _):
      switch kind {
      case .load: touch(place, .read, isAtomic: true)
      case .store: touch(place, .write, isAtomic: true)
      case .exchange, .compareExchange, .modify: touch(place, .modify, isAtomic: true)
      case .fence: break
      }
    case .call(_, let callee, let arguments): call(callee, arguments)
    case .opaque(_, let name, let operands):
      let isLoop = package.units[unit][name].hasPrefix("range-for")
      for operand in operands {
        follow(operand)
        for target in targets(of: operand) {
          add(target, isLoop ? .read : .modify, isUncertain: !isLoop)
        }
      }
    case .compute(_, _, let operands): for operand in operands { follow(operand) }
    case .copy(_, let operand): follow(operand)
    }
  }

  // MARK: Places

  /// An access to a place, and the reads on the way to it.
  private mutating func touch(
    _ id: PlaceID, _ use: InstanceUse, isAtomic: Bool = false, value: Operand? = nil
  ) {
    let fields = places[Int(id.index)]
    let place = model.places[Int(id.index)]
    for field in fields where field.end < place.path.count {
      emit(id, field, field.part, .read)
    }
    if let last = fields.last, last.end == place.path.count {
      emit(id, last, last.part, use, isAtomic: isAtomic, value: value)
    } else if fields.isEmpty {
      throughPointer(place, use, isAtomic: isAtomic)
    }
  }

  /// `*p = 0` where `p` was read from a field.
  private mutating func throughPointer(_ place: Place, _ use: InstanceUse, isAtomic: Bool) {
    guard let first = place.path.first else { return }
    if case .field = first { return }
    for step in place.path.dropFirst() {
      if case .index = step { continue }
      return
    }
    let base: Operand
    switch place.base {
    case .local(let index): base = .local(index)
    case .temporary(let number): base = .temporary(number)
    case .variable, .unnamed: return
    }
    for target in targets(of: base) { add(target, use, isAtomic: isAtomic) }
  }

  /// The reads in taking an address.
  private mutating func follow(_ operand: Operand) {
    guard case .address(let id) = operand else { return }
    let place = model.places[Int(id.index)]
    for field in places[Int(id.index)] where field.end < place.path.count {
      emit(id, field, field.part, .read)
    }
  }

  // MARK: Calls

  private mutating func call(_ callee: Callee, _ arguments: [Operand]) {
    var linked: FunctionID?
    if case .direct(let symbol) = callee { linked = package.function(symbol, in: unit) }
    for (position, argument) in arguments.enumerated() {
      follow(argument)
      let found = targets(of: argument)
      for target in found {
        pass(
          target, to: linked, position, isOnly: found.count == 1 && isLoad(argument),
          isAlone: arguments.dropFirst().allSatisfy(Self.isConstant))
      }
    }
    if let linked, let first = arguments.first, ReleaseNames.closes(package[linked]) {
      closeNumber(first, linked)
    }
  }

  /// `close(self->fd)`: the handle is a number.
  private mutating func closeNumber(_ operand: Operand, _ callee: FunctionID) {
    for source in values.sources(of: operand) {
      guard case .temporary(let number) = source,
        case .load(let id)? = values.definition(of: number),
        let last = places[Int(id.index)].last,
        last.end == model.places[Int(id.index)].path.count,
        records[last.field].kind == .scalar, last.part == .value,
        package.units[unit][model.places[Int(id.index)].type].kind == .integer
      else { continue }
      emit(id, last, .value, .close, callee: callee)
    }
  }

  private static func isConstant(_ operand: Operand) -> Bool {
    if case .integer = operand { true } else { false }
  }

  /// Whether an operand is nothing else than what was loaded, or NULL.
  private func isLoad(_ operand: Operand) -> Bool {
    values.sources(of: operand).allSatisfy { source in
      switch source {
      case .integer, .address: return true
      case .temporary(let number):
        if case .load? = values.definition(of: number) { return true }
        return false
      default: return false
      }
    }
  }

  private mutating func pass(
    _ target: Target, to callee: FunctionID?, _ position: Int, isOnly: Bool, isAlone: Bool
  ) {
    guard let callee else {
      add(target, .read, isUncertain: true)
      return
    }
    if locks.isLocker(callee) { return }
    var effect = effects.effect(of: callee, argument: position, on: memory(target))
    // Of several things that are given it may end another one.
    if effect == [.closes], !isAlone, package[callee].definition == nil { effect = [.reads] }
    if !effect.isDisjoint(with: [.releases, .closes]) {
      let isDelete = package[callee].name.hasPrefix("operator delete")
      let isMemory = effect.contains(.releases) && !(isDelete && isObjectOfClass(target))
      // A variable that can hold something else as well is released for that.
      if target.isAddress && isMemory || !target.isAddress && !isOnly { return }
      // What was taken out of the field before is nobody else's.
      let taken = takenOut(target)
      let (oldPoint, oldRange) = (point, range)
      if let taken { (point, range) = (taken.point, taken.range) }
      // Memory behind one member of a record is not that behind another.
      let part = target.part.member.isEmpty || target.isAddress ? InstancePart.all : target.part
      add(target, isMemory ? .release : .close, callee: callee, part: part)
      (point, range) = (oldPoint, oldRange)
      return
    }
    // A handle of a library: its functions look after themselves, as far as is known.
    if !target.isAddress, package[callee].definition == nil, isForeignHandle(target) {
      add(target, .read, callee: callee)
      return
    }
    // What a function of the package does to a record is read there.
    if package[callee].definition != nil, isRecordOfItsOwn(target) { return }
    if effect.contains(.writes) {
      add(
        target, effect.contains(.reads) ? .modify : .write,
        isUncertain: effect.contains(.unknown), callee: callee)
    } else if effect.contains(.reads) {
      add(target, .read, callee: callee)
    }
  }

  // MARK: Output

  private mutating func add(
    _ target: Target, _ use: InstanceUse, isAtomic: Bool = false, isUncertain: Bool = false,
    callee: FunctionID? = nil, part: InstancePart? = nil
  ) {
    if let place = target.place {
      emit(
        place, target.field, part ?? target.part, use, isAtomic: isAtomic,
        isUncertain: isUncertain, callee: callee)
    } else if let object = target.object {
      keep(
        target.field, part ?? target.part, use, isAtomic: isAtomic, isReference: false,
        isUncertain: isUncertain, callee: callee, value: nil, key: object.key, root: object.root)
    }
  }

  private mutating func emit(
    _ id: PlaceID, _ field: InstancePlace, _ part: InstancePart, _ use: InstanceUse,
    isAtomic: Bool = false, isUncertain: Bool = false, callee: FunctionID? = nil,
    value: Operand? = nil
  ) {
    let place = model.places[Int(id.index)]
    var root: Operand?
    switch place.base {
    case .local(let index):
      // An object of the function's own.
      guard
        OwnMemory.isBehindPointer(place, end: field.objectEnd, model, package.units[unit])
      else { return }
      root = .local(index)
    case .temporary(let number): root = .temporary(number)
    case .variable: break
    case .unnamed: return
    }
    let way = ObjectWay(place: id, end: field.objectEnd)
    let key: LockKey?
    if let known = keys[way] {
      key = known
    } else {
      key = ObjectKeys.key(of: place, end: field.objectEnd, in: function, unit, package, locks)
      keys[way] = .some(key)
    }
    keep(
      field, part, use, isAtomic: isAtomic,
      isReference: field.end == place.path.count
        && records.layouts.isReference(place.type, in: unit),
      isUncertain: isUncertain, callee: callee, value: value, key: key, root: root)
  }

  private mutating func keep(
    _ field: InstancePlace, _ part: InstancePart, _ use: InstanceUse, isAtomic: Bool,
    isReference: Bool, isUncertain: Bool, callee: FunctionID?, value: Operand?, key: LockKey?,
    root: Operand?
  ) {
    if records[field.field].kind == .other && part == .value { return }
    found.append(
      RawInstanceAccess(
        place: field, part: part, use: use, isAtomic: isAtomic, isReference: isReference,
        isUncertain: isUncertain,
        site: CodeSite(
          function: function, unit: unit, block: point.block, instruction: point.instruction,
          range: range),
        callee: callee, value: value, key: key, root: root))
  }
}
