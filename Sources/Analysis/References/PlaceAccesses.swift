import ProgramModel

/// What a function stores in each place and where it reads it, in the order of its blocks.
struct PlaceAccesses {
  typealias Store = (point: ProgramPoint, operand: Operand)

  fileprivate private(set) var stores: [Place: [Store]] = [:]
  fileprivate private(set) var loads: [Place: [ValueFlow.Origin]] = [:]
  fileprivate private(set) var outputs: [Int32: [Store]] = [:]

  init(_ flow: ValueFlow) {
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .store(let place, let operand):
          let target = flow.model.places[Int(place.index)]
          stores[target, default: []].append((point, operand))
          if let parameter = flow.model.output(of: place) {
            outputs[parameter, default: []].append((point, operand))
          }
        case .load(_, let place):
          loads[flow.model.places[Int(place.index)], default: []].append(.load(point, place))
        default: continue
        }
      }
    }
  }
}

extension ValueFlow {
  /// What is stored in the variable that a parameter points to, and where.
  func stores(through parameter: Int) -> [PlaceAccesses.Store] {
    memory.outputs[Int32(truncatingIfNeeded: parameter)] ?? []
  }

  /// What the function stores in a place, in the order of its blocks.
  func stores(to place: Place) -> [PlaceAccesses.Store] { memory.stores[place] ?? [] }

  /// The values read from one place anywhere in the function.
  func loads(of place: Place) -> [Origin] { memory.loads[place] ?? [] }
}

extension FunctionModel {
  /// The parameter whose pointee a place is: a variable of the caller. nil for other places.
  func output(of place: PlaceID) -> Int32? {
    let target = places[Int(place.index)]
    guard case .local(let local) = target.base, local < parameterCount,
      target.path == [.dereference]
    else { return nil }
    return local
  }
}
