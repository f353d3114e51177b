import ProgramModel

/// Which functions a pointer can hold: fields, variables and parameters as nodes, copies between
/// them as edges, without regard to order and objects.
struct FunctionPointers {
  enum Node: Hashable {
    case field(record: String, name: String)
    case variable(VariableID)
    case parameter(FunctionID, Int)
    /// An argument of an indirect call that was not resolved.
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
        node = callee.map { .parameter($0, position) } ?? .unknown
      case .stored(let place):
        guard let (unit, body) = package.body(of: use.function),
          let found = self.node(of: body.places[Int(place.index)], in: unit)
        else { continue }
        node = found
      case .other: continue
      }
      values[node, default: []].append(
        Entry(function: use.target, unit: use.unit, range: use.range))
    }
    guard !values.isEmpty else { return }
    for id in package.functionIDs { addCopies(of: id) }
    propagate()
  }

  /// The node that a place belongs to: its last field, else its variable. nil for plain locals.
  func node(of place: Place, in unit: Int) -> Node? {
    for step in place.path.reversed() {
      if case .field(let name, let record) = step {
        return .field(record: package.units[unit][record], name: package.units[unit][name])
      }
    }
    guard case .variable(let symbol) = place.base else { return nil }
    return package.variable(symbol, in: unit).map { .variable($0) }
  }

  /// Parameters handed on as arguments or stored.
  private mutating func addCopies(of id: FunctionID) {
    guard let (unit, body) = package.body(of: id), body.parameterCount > 0 else { return }
    func parameter(_ operand: Operand) -> Node? {
      guard case .local(let index) = operand, index < body.parameterCount else { return nil }
      return .parameter(id, Int(index))
    }
    for block in body.blocks {
      for instruction in block.instructions {
        switch instruction.operation {
        case .store(let place, let operand):
          guard let source = parameter(operand),
            let target = node(of: body.places[Int(place.index)], in: unit)
          else { continue }
          copies[source, default: []].append(target)
        case .call(_, .direct(let symbol), let arguments):
          guard let callee = package.function(symbol, in: unit) else { continue }
          for (position, argument) in arguments.enumerated() {
            guard let source = parameter(argument) else { continue }
            copies[source, default: []].append(.parameter(callee, position))
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
