import ProgramModel
import PythonAPI

/// Which pointers lead to memory of the function's own, and which to what its parameters lead to.
final class OwnMemory {
  private let package: PackageModel
  private let tables: ValueTables
  private var threadLocalGivers: [FunctionID: Bool] = [:]

  init(_ package: PackageModel, _ tables: ValueTables) {
    self.package = package
    self.tables = tables
  }

  /// Whether an operand is the address of a local variable, or nothing else.
  func contains(_ operand: Operand, in function: FunctionID) -> Bool {
    guard let unit = package.body(of: function)?.unit, let values = tables.values(of: function)
    else {
      return false
    }
    let sources = values.sources(of: operand)
    var hasAddress = false
    for source in sources {
      switch source {
      case .integer: continue
      case .temporary(let number):
        guard case .call(let block, let index)? = values.definition(of: number),
          case .call(_, .direct(let symbol), _)? = values.operation(
            block: block, instruction: index),
          let callee = package.function(symbol, in: unit), givesThreadLocal(callee)
        else { return false }
        hasAddress = true
      case .address(let id):
        let place = values.place(id)
        if case .variable(let symbol) = place.base, let id = package.variable(symbol, in: unit),
          package.isThreadLocal(id), !place.path.contains(.dereference)
        {
          hasAddress = true
          continue
        }
        guard case .local = place.base,
          !Self.isBehindPointer(place, end: place.path.count, values.model, package.units[unit])
        else { return false }
        hasAddress = true
      default: return false
      }
    }
    return hasAddress
  }

  /// Whether a function gives memory that each thread has for itself.
  private func givesThreadLocal(_ function: FunctionID, depth: Int = 0) -> Bool {
    if PythonFacts.shared.lockFunctions[package[function].name]?.role == .threadLocal {
      return true
    }
    if let known = threadLocalGivers[function] { return known }
    threadLocalGivers[function] = false
    guard depth < 4, let (unit, model) = package.body(of: function),
      let values = tables.values(of: function)
    else { return false }
    var found = false
    for block in model.blocks {
      guard case .return(let operand?) = block.terminator else { continue }
      for source in values.sources(of: operand) {
        switch source {
        case .integer: continue
        case .address(let id):
          guard case .variable(let symbol) = values.place(id).base,
            let variable = package.variable(symbol, in: unit), package.isThreadLocal(variable)
          else { return false }
          found = true
        case .temporary(let number):
          guard case .call(let block, let index)? = values.definition(of: number),
            case .call(_, .direct(let symbol), _)? = values.operation(
              block: block, instruction: index),
            let callee = package.function(symbol, in: unit),
            givesThreadLocal(callee, depth: depth + 1)
              || ObjectPrivacy.isAllocator(package[callee].name)
          else { return false }
          found = true
        default: return false
        }
      }
    }
    threadLocalGivers[function] = found
    return found
  }

  /// The parameters from which a pointer was reached, on whatever way; nil: it can come from
  /// elsewhere too.
  func parameters(behind operand: Operand, in function: FunctionID) -> [Int]? {
    guard let values = tables.values(of: function) else { return nil }
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
          case .call(let block, let index)?:
            // New memory is the function's own, whatever else the pointer can be.
            guard
              case .call(_, .direct(let symbol), _)? = values.operation(
                block: block, instruction: index),
              let unit = package.body(of: function)?.unit,
              ObjectPrivacy.isAllocator(package.units[unit].name(of: symbol))
            else { return nil }
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

  /// The pointers by whose objects a pointer was reached, the nearest first: of `self->st`, `self`.
  func owners(of operand: Operand, in function: FunctionID) -> [Operand] {
    guard let values = tables.values(of: function) else { return [] }
    var found: [Operand] = []
    var next = operand
    for _ in 0..<6 {
      var bases = Set<Operand>()
      for source in values.sources(of: next) {
        switch source {
        case .integer: continue
        case .address(let id): Self.pointer(values.place(id)).map { _ = bases.insert($0) }
        case .temporary(let number):
          guard case .load(let id)? = values.definition(of: number),
            let base = Self.pointer(values.place(id))
          else { return found }
          bases.insert(base)
        default: return found
        }
      }
      guard bases.count == 1, let only = bases.first, !found.contains(only) else { return found }
      found.append(only)
      next = only
    }
    return found
  }

  /// The pointer from which the value of an operand was read, over all fields on the way.
  static func outermost(of operand: Operand, _ values: FunctionValues) -> Operand? {
    var next = operand
    var found: Operand?
    for _ in 0..<6 {
      guard case .temporary(let number) = next,
        case .load(let id)? = values.definition(of: number),
        let base = pointer(values.place(id))
      else { return found }
      found = base
      next = base
    }
    return found
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
}
