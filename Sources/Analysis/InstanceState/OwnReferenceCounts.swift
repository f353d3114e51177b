package import ProgramModel

/// A field by which the package counts references to its own records, without a lock.
package struct OwnReferenceCount: Sendable {
  /// Canonical name of the record.
  package var record: String
  package var field: String
  package var type: String
  package var position: SourcePosition
  /// Where it is counted down, and the record released at zero.
  package var decrement: CodeSite
  /// Where it is counted up.
  package var increment: CodeSite
}

/// Finds counters that are counted down and end the record at zero.
struct OwnReferenceCountFinder {
  let package: PackageModel
  let phases: Phases
  let locks: Locks
  let tables: ValueTables

  private struct Counter: Hashable {
    var record: String
    var field: String
  }

  /// Sorted by place.
  func find() -> [OwnReferenceCount] {
    var increments: [Counter: CodeSite] = [:]
    var decrements: [Counter: (site: CodeSite, unit: Int, record: Name)] = [:]
    for id in package.functionIDs where phases.isConcurrent(id) {
      guard let (unit, model) = package.body(of: id) else { continue }
      for (number, block) in model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          guard
            case .modify(let result, let placeID, let kind, let operand, _) =
              instruction.operation,
            operand == .integer(1) || operand == .integer(-1), kind == .add || kind == .subtract
          else { continue }
          let place = model.places[Int(placeID.index)]
          guard case .field(let name, let record)? = place.path.last,
            place.path.contains(.dereference)
          else { continue }
          let types = package.units[unit]
          let counter = Counter(record: types[record], field: types[name])
          let point = BlockID(Int32(truncatingIfNeeded: number))
          let site = CodeSite(
            function: id, unit: unit, block: point, instruction: index, range: instruction.range)
          guard locks.held(in: id, block: point, instruction: index).isEmpty else { continue }
          if (kind == .add) == (operand == .integer(1)) {
            if increments[counter] == nil { increments[counter] = site }
          } else if decrements[counter] == nil,
            let branch = decision(on: place, result, after: site, model),
            releases(place, after: site, within: branch, unit, model)
          {
            decrements[counter] = (site, unit, record)
          }
        }
      }
    }
    var found: [OwnReferenceCount] = []
    for (counter, decrement) in decrements {
      guard let increment = increments[counter], !PythonRecords.isPython(counter.record) else {
        continue
      }
      let types = package.units[decrement.unit]
      guard
        let record = types.records.first(where: { $0.name == decrement.record }),
        let field = record.fields.first(where: { types[$0.name] == counter.field }),
        let position = types.position(of: field.range), !types[field.type].isAtomic,
        [.integer, .enumeration].contains(types[field.type].kind)
      else { continue }
      found.append(
        OwnReferenceCount(
          record: counter.record, field: counter.field,
          type: types[types[field.type].spelling], position: position,
          decrement: decrement.site, increment: increment))
    }
    return found.sorted { ($0.position, $0.field) < ($1.position, $1.field) }
  }

  /// The block that ends with a branch on the new count; nil: the count decides nothing.
  private func decision(
    on place: Place, _ result: Int32?, after site: CodeSite, _ model: FunctionModel
  ) -> BlockID? {
    guard let values = tables.values(of: site.function) else { return nil }
    func isCount(_ operand: Operand, _ depth: Int) -> Bool {
      guard depth < 4 else { return false }
      return values.sources(of: operand).contains { source in
        guard case .temporary(let number) = source else { return false }
        if number == result { return true }
        switch values.definition(of: number) {
        case .load(let id)?:
          let other = values.place(id)
          return other.base == place.base && other.path == place.path
        case .compute(let kind, let operands)? where kind.isComparison:
          return operands.contains { isCount($0, depth + 1) }
        default: return false
        }
      }
    }
    var block = site.block
    for _ in 0..<4 {
      switch model.blocks[Int(block.index)].terminator {
      case .branch(let operand, _, _): return isCount(operand, 0) ? block : nil
      case .jump(let next): block = next
      default: return nil
      }
    }
    return nil
  }

  /// Whether the record that has the counter is released in a block that can follow.
  private func releases(
    _ place: Place, after site: CodeSite, within branch: BlockID, _ unit: Int,
    _ model: FunctionModel
  ) -> Bool {
    guard let values = tables.values(of: site.function),
      let base = Self.pointer(place, values)
    else { return false }
    // What is further away than this is done for other reasons too.
    let nearest = 8
    var seen: Set<Int32> = [site.block.index, branch.index]
    var work = model.blocks[Int(branch.index)].successors
    while !work.isEmpty, seen.count < nearest {
      let next = work.removeFirst()
      let block = model.blocks[Int(next.index)]
      if !seen.insert(next.index).inserted { continue }
      for instruction in block.instructions {
        guard case .call(_, let callee, let arguments) = instruction.operation,
          let first = arguments.first, case .direct(let symbol) = callee,
          let id = package.function(symbol, in: unit)
        else { continue }
        let isEnd =
          ReleaseNames.isRelease(package[id].name) || ReleaseNames.closes(package[id])
          || package[id].name.hasPrefix("~")
        if isEnd,
          !Set(values.sources(of: first)).isDisjoint(with: base)
            || isEnd && Self.isSameLoad(first, base, values)
        {
          return true
        }
      }
      work += block.successors
    }
    return false
  }

  /// What the pointer to the record can be.
  private static func pointer(_ place: Place, _ values: FunctionValues) -> Set<Operand>? {
    // Only `p->count` and `this->p->count`: the record itself is behind one pointer.
    switch place.base {
    case .local(let index):
      if place.path.count == 2 { return Set(values.sources(of: .local(index))) }
    case .temporary(let number):
      if place.path.count == 2 { return Set(values.sources(of: .temporary(number))) }
    case .variable, .unnamed: return nil
    }
    let prefix = Place(base: place.base, path: Array(place.path.dropLast(2)), type: place.type)
    var found = Set<Operand>()
    for (number, other) in values.model.places.enumerated()
    where other.base == prefix.base && other.path == prefix.path {
      found.insert(.address(PlaceID(Int32(truncatingIfNeeded: number))))
    }
    return found
  }

  /// Whether an operand was loaded from the place by which the counter is reached.
  private static func isSameLoad(
    _ operand: Operand, _ base: Set<Operand>, _ values: FunctionValues
  ) -> Bool {
    values.sources(of: operand).contains { source in
      guard case .temporary(let number) = source,
        case .load(let place)? = values.definition(of: number)
      else { return false }
      return base.contains(.address(place))
    }
  }
}
