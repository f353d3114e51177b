import ProgramModel
import PythonAPI

/// Reads the accesses of one function to fields of instances.
struct InstanceReader {
  private let package: PackageModel
  private let records: InstanceRecords
  private let locks: Locks
  private let effects: PointerEffects
  private let function: FunctionID
  private let unit: Int
  private let model: FunctionModel
  private let values: FunctionValues
  /// By place.
  private var places: [[InstancePlace]]
  private var found: [RawInstanceAccess] = []
  private var point = ProgramPoint(block: BlockID(0), instruction: 0)
  private var range = SourceRange.none
  private var keys: [ObjectWay: LockKey?] = [:]

  private struct ObjectWay: Hashable {
    var place: PlaceID
    var end: Int
  }

  /// What an operand points to: a part of an instance.
  private struct Target: Hashable {
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
  private struct GivenObject: Hashable {
    var key: LockKey?
    var root: Operand
  }

  init(
    _ function: FunctionID, _ unit: Int, _ model: FunctionModel, _ package: PackageModel,
    _ records: InstanceRecords, _ locks: Locks, _ effects: PointerEffects,
    _ places: [[InstancePlace]]
  ) {
    self.function = function
    self.unit = unit
    self.model = model
    self.package = package
    self.records = records
    self.locks = locks
    self.effects = effects
    self.places = places
    values = FunctionValues(model)
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

  /// The parts of instances that a pointer can point to.
  private func targets(of operand: Operand) -> [Target] {
    switch operand {
    case .address, .local, .temporary: break
    default: return []
    }
    var found: [Target] = []
    func add(_ target: Target) {
      if found.count < 4, !found.contains(target) { found.append(target) }
    }
    func read(_ source: Operand, _ depth: Int) {
      switch source {
      case .address(let id):
        let place = model.places[Int(id.index)]
        // '&*p' is 'p'.
        if place.path == [.dereference], places[Int(id.index)].isEmpty, depth < 6 {
          switch place.base {
          case .local(let index):
            for source in values.sources(of: .local(index)) { read(source, depth + 1) }
          case .temporary(let number): read(.temporary(number), depth + 1)
          case .variable, .unnamed: break
          }
          return
        }
        guard let last = places[Int(id.index)].last, last.end == place.path.count else { return }
        add(
          Target(
            place: id, type: place.type, object: nil, field: last, part: last.part,
            isAddress: true))
      case .temporary(let number):
        switch values.definition(of: number) {
        case .load(let id)?:
          let place = model.places[Int(id.index)]
          guard let last = places[Int(id.index)].last, last.end == place.path.count else { return }
          let kind = records[last.field].kind
          guard last.part != .value || kind == .memory || kind == .references else { return }
          if case .elements = last.part, kind != .references { return }
          guard package.units[unit][place.type].kind == .pointer,
            !records.layouts.isReference(place.type, in: unit)
          else { return }
          add(
            Target(
              place: id, type: place.type, object: nil, field: last,
              part: .elements(member: last.part.member), isAddress: false))
        case .compute(.add, let operands)?, .compute(.subtract, let operands)?:
          guard depth < 6 else { return }
          for operand in operands {
            for source in values.sources(of: operand) { read(source, depth + 1) }
          }
        case .call(let block, let index)?:
          guard depth < 6,
            case .call(_, .direct(let symbol), let arguments)? = values.operation(
              block: block, instruction: index),
            let id = package.function(symbol, in: unit), let first = arguments.first
          else { return }
          if LibraryReferences.step(of: package[id]) != nil {
            for source in values.sources(of: first) { read(source, depth + 1) }
          } else if let given = givenPart(by: id, arguments) {
            add(given)
          }
        default: return
        }
      default: return
      }
    }
    for source in values.sources(of: operand) { read(source, 0) }
    return found
  }

  /// The part of an argument's object whose address a function of the package gives.
  private func givenPart(by callee: FunctionID, _ arguments: [Operand]) -> Target? {
    guard let (other, body) = package.body(of: callee), other == unit, body.blocks.count < 8 else {
      return nil
    }
    var found: Target?
    for block in body.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      guard case .address(let id) = operand else { return nil }
      let place = body.places[Int(id.index)]
      guard case .local(let parameter) = place.base, Int(parameter) < arguments.count,
        parameter < body.parameterCount, place.path.first == .dereference,
        let last = records.fields(of: place, in: unit).last, last.end == place.path.count,
        last.objectEnd == 1, found == nil
      else { return nil }
      let root = arguments[Int(parameter)]
      found = Target(
        place: nil, type: place.type,
        object: GivenObject(key: locks.object(root, in: function), root: root), field: last,
        part: last.part, isAddress: true)
    }
    return found
  }

  // MARK: Calls

  private mutating func call(_ callee: Callee, _ arguments: [Operand]) {
    var linked: FunctionID?
    if case .direct(let symbol) = callee { linked = package.function(symbol, in: unit) }
    for (position, argument) in arguments.enumerated() {
      follow(argument)
      let found = targets(of: argument)
      for target in found {
        pass(target, to: linked, position, isOnly: found.count == 1 && isLoad(argument))
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
    _ target: Target, to callee: FunctionID?, _ position: Int, isOnly: Bool
  ) {
    guard let callee else {
      add(target, .read, isUncertain: true)
      return
    }
    if locks.isLocker(callee) { return }
    let effect = effects.effect(of: callee, argument: position, on: memory(target))
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

  /// Where another value is stored in a field before what it pointed to is released; nil: nowhere.
  private func takenOut(_ target: Target) -> (point: ProgramPoint, range: SourceRange)? {
    guard !target.isAddress, let id = target.place else { return nil }
    let place = model.places[Int(id.index)]
    for (number, block) in model.blocks.enumerated() {
      let id = BlockID(Int32(truncatingIfNeeded: number))
      for (index, instruction) in block.instructions.enumerated() {
        guard case .store(let other, _) = instruction.operation,
          model.places[Int(other.index)].path == place.path,
          model.places[Int(other.index)].base == place.base,
          isBefore(id, index)
        else { continue }
        return (ProgramPoint(block: id, instruction: index), instruction.range)
      }
    }
    return nil
  }

  /// Whether an instruction comes before the one at hand on the way to it.
  private func isBefore(_ block: BlockID, _ instruction: Int) -> Bool {
    if block == point.block { return instruction < point.instruction }
    var seen: Set<Int32> = [block.index]
    var work = model.blocks[Int(block.index)].successors
    while let next = work.popLast() {
      if next == point.block { return true }
      if seen.insert(next.index).inserted { work += model.blocks[Int(next.index)].successors }
    }
    return false
  }

  /// A pointer to an object of a class, of which `delete` is the end.
  private func isObjectOfClass(_ target: Target) -> Bool {
    let types = package.units[unit]
    guard !target.isAddress, types.isCxx, let element = types[target.type].element else {
      return false
    }
    return types[element].kind == .record
  }

  /// A pointer to something that only a library knows.
  private func isForeignHandle(_ target: Target) -> Bool {
    let types = package.units[unit]
    guard let element = types[target.type].element else { return false }
    switch types[element].kind {
    case .void: return true
    case .record: return records.layouts.record(types[element].record, in: unit) == nil
    default: return false
    }
  }

  private func memory(_ target: Target) -> ForeignEffects.Memory {
    let types = package.units[unit]
    var type = types[target.type]
    if !target.isAddress, let element = type.element { type = types[element] }
    var isElement = !target.isAddress
    while type.kind == .array, let element = type.element {
      type = types[element]
      isElement = true
    }
    return ForeignEffects.Memory(
      isPython: type.kind == .record && PythonRecords.isPython(types[type.record]),
      isScalar: [.boolean, .integer, .floating, .enumeration, .pointer].contains(type.kind),
      isClass: type.kind == .record && types.isCxx, isElement: isElement)
  }

  /// Whether a pointer leads to a record whose fields are looked at wherever they are touched.
  private func isRecordOfItsOwn(_ target: Target) -> Bool {
    let types = package.units[unit]
    var type = types[target.type]
    if !target.isAddress, let element = type.element { type = types[element] }
    while type.kind == .array, let element = type.element { type = types[element] }
    return type.kind == .record && records.isTracked(type.record, in: unit)
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
