import ProgramModel
import PythonAPI

/// Where pointers lead: the part of reading that looks at values.
extension InstanceReader {
  /// The parts of instances that a pointer can point to.
  func targets(of operand: Operand) -> [Target] {
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

  /// Where another value is stored in a field before what it pointed to is released; nil: nowhere.
  func takenOut(_ target: Target) -> (point: ProgramPoint, range: SourceRange)? {
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
  func isBefore(_ block: BlockID, _ instruction: Int) -> Bool {
    block == point.block
      ? instruction < point.instruction : model.blocks(after: block).contains(point.block)
  }

  /// A pointer to an object of a class, of which `delete` is the end.
  func isObjectOfClass(_ target: Target) -> Bool {
    let types = package.units[unit]
    guard !target.isAddress, types.isCxx, let element = types[target.type].element else {
      return false
    }
    return types[element].kind == .record
  }

  /// A pointer to something that only a library knows.
  func isForeignHandle(_ target: Target) -> Bool {
    let types = package.units[unit]
    guard let element = types[target.type].element else { return false }
    switch types[element].kind {
    case .void: return true
    case .record: return records.layouts.record(types[element].record, in: unit) == nil
    default: return false
    }
  }

  func memory(_ target: Target) -> ForeignEffects.Memory {
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
  func isRecordOfItsOwn(_ target: Target) -> Bool {
    let types = package.units[unit]
    var type = types[target.type]
    if !target.isAddress, let element = type.element { type = types[element] }
    while type.kind == .array, let element = type.element { type = types[element] }
    return type.kind == .record && records.isTracked(type.record, in: unit)
  }
}
