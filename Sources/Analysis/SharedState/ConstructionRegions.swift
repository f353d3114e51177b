import ProgramModel

/// Where a function constructs its function-local statics of C++: code that the compiler runs
/// once, between `__cxa_guard_acquire` and `__cxa_guard_release`.
struct ConstructionRegions {
  private struct Span: Hashable {
    var block: Int
    var instructions: Range<Int>
  }

  private var regions: [VariableID: [Span]] = [:]

  init(_ model: FunctionModel, _ package: PackageModel, _ unit: Int) {
    guard package.units[unit].isCxx else { return }
    for block in model.blocks {
      guard
        case .call(let result?, .direct(let symbol), let arguments)? = block.instructions.last?
          .operation, package.units[unit].name(of: symbol) == "__cxa_guard_acquire",
        case .branch(.temporary(result), let then, _) = block.terminator,
        let variable = Self.guarded(arguments, model, package, unit)
      else { continue }
      regions[variable] = Self.region(from: Int(then.index), of: variable, model, package, unit)
    }
  }

  /// The static that a guard's argument names.
  private static func guarded(
    _ arguments: [Operand], _ model: FunctionModel, _ package: PackageModel, _ unit: Int
  ) -> VariableID? {
    guard case .address(let place)? = arguments.first,
      case .variable(let symbol) = model.places[Int(place.index)].base
    else { return nil }
    return package.variable(symbol, in: unit)
  }

  private static func region(
    from start: Int, of variable: VariableID, _ model: FunctionModel, _ package: PackageModel,
    _ unit: Int
  ) -> [Span] {
    var spans: [Span] = []
    var seen: Set<Int> = [start]
    var work = [start]
    while let next = work.popLast() {
      let block = model.blocks[next]
      let end = block.instructions.firstIndex { instruction in
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation,
          package.units[unit].name(of: symbol) == "__cxa_guard_release"
        else { return false }
        return guarded(arguments, model, package, unit) == variable
      }
      spans.append(Span(block: next, instructions: 0..<(end ?? block.instructions.count + 1)))
      if end == nil {
        for successor in block.successors where seen.insert(Int(successor.index)).inserted {
          work.append(Int(successor.index))
        }
      }
    }
    return spans
  }

  func contains(_ variable: VariableID, block: Int, instruction: Int) -> Bool {
    regions[variable]?.contains { $0.block == block && $0.instructions.contains(instruction) }
      ?? false
  }

  var variables: [VariableID] { regions.keys.sorted() }
}
