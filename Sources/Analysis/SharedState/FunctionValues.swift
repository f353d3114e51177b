import ProgramModel

/// Where the values of one function's temporaries and locals come from, by number.
struct FunctionValues {
  enum Definition {
    case load(PlaceID)
    case call(block: Int, instruction: Int)
    case compute(Operator, [Operand])
    case copies([Operand])
    case unknown
  }

  private var definitions: [Definition?]
  private(set) var localStores: [[Operand]]
  let model: FunctionModel

  init(_ model: FunctionModel) {
    self.model = model
    definitions = Array(repeating: nil, count: Int(model.temporaries))
    localStores = Array(repeating: [], count: model.locals.count)
    for (number, block) in model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        read(instruction.operation, number, index)
      }
    }
  }

  private mutating func read(_ operation: Operation, _ block: Int, _ index: Int) {
    switch operation {
    case .load(let result, let place): define(result, .load(place))
    case .modify(let result?, let place, _, _, _): define(result, .load(place))
    case .atomic(let result?, let kind, let place, _, _):
      define(result, kind == .compareExchange ? .unknown : .load(place))
    case .compute(let result, let kind, let operands): define(result, .compute(kind, operands))
    case .copy(let result, let operand):
      guard definitions.indices.contains(Int(result)) else { return }
      if case .copies(let known) = definitions[Int(result)] {
        definitions[Int(result)] = .copies(known + [operand])
      } else {
        definitions[Int(result)] = .copies([operand])
      }
    case .call(let result?, _, _): define(result, .call(block: block, instruction: index))
    case .opaque(let result?, _, _): define(result, .unknown)
    case .store(let place, let operand):
      let target = model.places[Int(place.index)]
      if case .local(let local) = target.base, target.path.isEmpty,
        localStores.indices.contains(Int(local))
      {
        localStores[Int(local)].append(operand)
      }
    case .modify(nil, _, _, _, _), .atomic(nil, _, _, _, _), .call(nil, _, _), .opaque(nil, _, _):
      break
    }
  }

  private mutating func define(_ result: Int32, _ definition: Definition) {
    if definitions.indices.contains(Int(result)) { definitions[Int(result)] = definition }
  }

  /// What gives a temporary its value; nil where nothing does.
  func definition(of temporary: Int32) -> Definition? {
    definitions.indices.contains(Int(temporary)) ? definitions[Int(temporary)] : nil
  }

  func place(_ id: PlaceID) -> Place { model.places[Int(id.index)] }

  /// The operation at a place of the function.
  func operation(block: Int, instruction: Int) -> Operation? {
    let instructions = model.blocks[block].instructions
    return instruction < instructions.count ? instructions[instruction].operation : nil
  }

  /// The operands that an operand can be, with copies and locals looked through; bounded.
  func sources(of operand: Operand) -> [Operand] {
    var found: [Operand] = []
    var seen = Set<Operand>()
    var work = [operand]
    while let next = work.popLast(), seen.count < 32 {
      guard seen.insert(next).inserted else { continue }
      switch next {
      case .temporary(let number):
        if case .copies(let operands) = definition(of: number) {
          work += operands
        } else {
          found.append(next)
        }
      case .local(let index):
        let stores = Int(index) < localStores.count ? localStores[Int(index)] : []
        if index < model.parameterCount || stores.isEmpty { found.append(next) }
        work += stores
      default: found.append(next)
      }
    }
    return found
  }
}
