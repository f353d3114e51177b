import ProgramModel

/// Which functions a pointer can hold: fields, variables and locals as nodes, copies between
/// them as edges, without regard to order and objects.
struct FunctionPointers {
  enum Node: Hashable {
    case field(record: String, name: String)
    case variable(VariableID)
    /// A parameter or automatic variable; for functions without a body, an argument.
    case local(FunctionID, Int)
    /// A temporary that joins values.
    case temporary(FunctionID, Int32)
    /// An argument of a call that is not followed.
    case unknown
  }

  /// A function put into a node, and where.
  struct Entry: Hashable {
    var function: FunctionID
    var unit: Int
    var range: SourceRange
  }

  private(set) var values: [Node: [Entry]] = [:]
  private var copies: [Node: [Node]] = [:]
  private let package: PackageModel

  init(_ package: PackageModel) {
    self.package = package
    for reference in package.staticReferences {
      guard case .function(let function) = reference.target else { continue }
      values[
        reference.field.isEmpty
          ? .variable(reference.holder)
          : .field(record: reference.record, name: reference.field), default: []
      ].append(Entry(function: function, unit: reference.unit, range: reference.range))
    }
    for use in package.functionUses {
      let node: Node
      switch use.context {
      case .argument(let callee, let position):
        node = callee.map { .local($0, position) } ?? .unknown
      case .stored(let place):
        guard let (unit, body) = package.body(of: use.function),
          let found = self.node(of: body.places[Int(place.index)], of: use.function, in: unit)
        else { continue }
        node = found
      case .joined(let temporary):
        node = .temporary(use.function, temporary)
      case .other: continue
      }
      values[node, default: []].append(
        Entry(function: use.target, unit: use.unit, range: use.range))
    }
    guard !values.isEmpty else { return }
    for id in package.functionIDs { addCopies(of: id) }
    propagate()
  }

  /// The node that a place belongs to: its last field, else its variable.
  func node(of place: Place, of function: FunctionID, in unit: Int) -> Node? {
    for step in place.path.reversed() {
      if case .field(let name, let record) = step {
        return .field(record: package.units[unit][record], name: package.units[unit][name])
      }
    }
    switch place.base {
    case .variable(let symbol): return package.variable(symbol, in: unit).map { .variable($0) }
    case .local(let index): return .local(function, Int(index))
    case .temporary, .unnamed: return nil
    }
  }

  /// Locals and joined values handed on as arguments or stored.
  private mutating func addCopies(of id: FunctionID) {
    guard let (unit, body) = package.body(of: id) else { return }
    var joined = Set<Int32>()
    var loads: [Int32: PlaceID] = [:]
    func source(_ operand: Operand) -> Node? {
      switch operand {
      case .local(let index): .local(id, Int(index))
      case .temporary(let number):
        joined.contains(number)
          ? .temporary(id, number)
          : loads[number].flatMap { node(of: body.places[Int($0.index)], of: id, in: unit) }
      default: nil
      }
    }
    for block in body.blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .load(let result, let place): loads[result] = place
        case .copy(let result, let operand):
          joined.insert(result)
          if let source = source(operand) {
            copies[source, default: []].append(.temporary(id, result))
          }
        case .store(let place, let operand):
          guard let source = source(operand),
            let target = node(of: body.places[Int(place.index)], of: id, in: unit)
          else { continue }
          copies[source, default: []].append(target)
        case .call(_, .direct(let symbol), let arguments):
          guard let callee = package.function(symbol, in: unit) else { continue }
          for (position, argument) in arguments.enumerated() {
            guard let source = source(argument) else { continue }
            copies[source, default: []].append(.local(callee, position))
          }
        case .call(_, .indirect, let arguments), .opaque(_, _, let arguments):
          for argument in arguments {
            guard let source = source(argument) else { continue }
            copies[source, default: []].append(.unknown)
          }
        default: break
        }
      }
    }
  }

  private mutating func propagate() {
    for (node, entries) in values { values[node] = Self.unique(entries) }
    var work = values.map { ($0.key, $0.value) }
    // Each function enters each node once, so this ends; the bound is for tables without end.
    var budget = 200_000
    while let (node, entries) = work.popLast(), budget > 0 {
      for target in copies[node] ?? [] {
        let known = Set((values[target] ?? []).map(\.function))
        let new = entries.filter { !known.contains($0.function) }
        budget -= known.count + 1
        guard !new.isEmpty else { continue }
        values[target, default: []] += new
        work.append((target, new))
      }
    }
  }

  private static func unique(_ entries: [Entry]) -> [Entry] {
    var seen = Set<FunctionID>()
    return entries.filter { seen.insert($0.function).inserted }
  }
}
