import ProgramModel

/// Finds fields through which code reaches a static array or record: those in which nothing but
/// its address is ever stored.
enum HeldStatics {
  typealias FieldNode = PathContext.FieldNode

  private enum Content {
    case nothing
    case one(VariableID)
    case many
  }

  static func find(_ package: PackageModel) -> [FieldNode: VariableID] {
    var contents: [FieldNode: Content] = [:]
    var copies: [(from: FieldNode, to: FieldNode)] = []
    func put(_ value: VariableID?, into node: FieldNode) {
      switch (contents[node] ?? .nothing, value) {
      case (.nothing, let id?): contents[node] = .one(id)
      case (.one(let known), let id?) where known == id: break
      default: contents[node] = .many
      }
    }
    for id in package.functionIDs {
      guard let (unit, body) = package.body(of: id) else { continue }
      let names = package.units[unit]
      var loads: [Int32: PlaceID] = [:]
      func node(_ place: Place) -> FieldNode? {
        guard case .field(let name, let record)? = place.path.last,
          package.records[names[record]] != nil
        else { return nil }
        return FieldNode(record: names[record], field: names[name])
      }
      for block in body.blocks {
        for instruction in block.instructions {
          switch instruction.operation {
          case .load(let result, let place): loads[result] = place
          case .store(let place, let operand):
            guard let target = node(body.places[Int(place.index)]) else { continue }
            switch operand {
            case .integer(0): break
            case .address(let source):
              put(Self.storage(body.places[Int(source.index)], package, unit), into: target)
            case .temporary(let number):
              if let load = loads[number], let from = node(body.places[Int(load.index)]) {
                copies.append((from, target))
              } else {
                put(nil, into: target)
              }
            default: put(nil, into: target)
            }
          case .modify(_, let place, _, _, _), .atomic(_, .exchange, let place, _, _),
            .atomic(_, .compareExchange, let place, _, _), .atomic(_, .store, let place, _, _):
            if let target = node(body.places[Int(place.index)]) { put(nil, into: target) }
          case .call(_, _, let arguments):
            for case .address(let place) in arguments {
              if let target = node(body.places[Int(place.index)]) { put(nil, into: target) }
            }
          default: break
          }
        }
      }
    }
    for reference in package.staticReferences where !reference.field.isEmpty {
      let node = FieldNode(record: reference.record, field: reference.field)
      if case .variable(let id) = reference.target { put(id, into: node) }
    }
    // Copies of copies are rare; rounds are bounded.
    for _ in 0..<3 {
      for (from, to) in copies {
        switch contents[from] ?? .many {
        case .one(let id): put(id, into: to)
        case .nothing, .many: put(nil, into: to)
        }
      }
    }
    return contents.compactMapValues { if case .one(let id) = $0 { id } else { nil } }
  }

  /// The static array or record whose address a place's address is.
  private static func storage(
    _ place: Place, _ package: PackageModel, _ unit: Int
  ) -> VariableID? {
    guard case .variable(let symbol) = place.base, !place.path.contains(.dereference) else {
      return nil
    }
    return package.variable(symbol, in: unit)
  }
}
