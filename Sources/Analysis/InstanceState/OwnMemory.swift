import ProgramModel

/// Which pointers lead to memory of the function's own, and which to what its parameters lead to.
final class OwnMemory {
  private let package: PackageModel
  private var known: [FunctionID: FunctionValues] = [:]

  init(_ package: PackageModel) { self.package = package }

  /// Whether an operand is the address of a local variable, or nothing else.
  func contains(_ operand: Operand, in function: FunctionID) -> Bool {
    guard let unit = package.body(of: function)?.unit, let values = values(of: function) else {
      return false
    }
    let sources = values.sources(of: operand)
    var hasAddress = false
    for source in sources {
      switch source {
      case .integer: continue
      case .address(let id):
        let place = values.place(id)
        guard case .local = place.base,
          !Self.isBehindPointer(place, end: place.path.count, values.model, package.units[unit])
        else { return false }
        hasAddress = true
      default: return false
      }
    }
    return hasAddress
  }

  /// The parameters from which a pointer was reached, on whatever way; nil: it can come from
  /// elsewhere too.
  func parameters(behind operand: Operand, in function: FunctionID) -> [Int]? {
    guard let values = values(of: function) else { return nil }
    var found = Set<Int>()
    var seen = Set<Operand>()
    var work = [operand]
    while let next = work.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard seen.count < 48 else { return nil }
      for source in values.sources(of: next) {
        switch source {
        case .integer: continue
        case .local(let index):
          guard index < values.model.parameterCount else { return nil }
          found.insert(Int(index))
        case .address(let id):
          guard let base = Self.pointer(values.place(id)) else { return nil }
          work.append(base)
        case .temporary(let number):
          switch values.definition(of: number) {
          case .load(let id)?:
            guard let base = Self.pointer(values.place(id)) else { return nil }
            work.append(base)
          case .compute(let kind, let operands)? where kind == .add || kind == .subtract:
            guard let first = operands.first else { return nil }
            work.append(first)
          default: return nil
          }
        case .floating, .string, .function, .unknown: return nil
        }
      }
    }
    return found.isEmpty ? nil : found.sorted()
  }

  /// The pointer that a place begins with; nil: it begins with none.
  private static func pointer(_ place: Place) -> Operand? {
    guard !place.path.isEmpty else { return nil }
    switch place.base {
    case .local(let index): return .local(index)
    case .temporary(let number): return .temporary(number)
    case .variable, .unnamed: return nil
    }
  }

  /// Whether the first steps of a place that begins with a local variable leave its memory.
  static func isBehindPointer(
    _ place: Place, end: Int, _ model: FunctionModel, _ types: UnitModel
  ) -> Bool {
    for (number, step) in place.path.prefix(end).enumerated() {
      switch step {
      case .dereference: return true
      case .index:
        guard number == 0, case .local(let index) = place.base,
          types[model.locals[Int(index)].type].kind == .array
        else { return true }
      case .field: continue
      }
    }
    return false
  }

  private func values(of function: FunctionID) -> FunctionValues? {
    if let known = known[function] { return known }
    guard let (_, model) = package.body(of: function) else { return nil }
    let made = FunctionValues(model)
    known[function] = made
    return made
  }
}
