import ProgramModel

/// Readings of functions that several questions ask for, each made once.
final class FunctionReadings {
  private let package: PackageModel
  private let context: PathContext
  private var resolvers: [FunctionID: PathResolver] = [:]
  private var numberResolvers: [FunctionID: PathResolver] = [:]
  private var tests: [FunctionID: StateTests] = [:]
  private var reachable: [FunctionID: [BlockID: Set<BlockID>]] = [:]

  init(_ package: PackageModel, _ context: PathContext) {
    self.package = package
    self.context = context
  }

  /// nil for functions without a body.
  func resolver(of function: FunctionID) -> PathResolver? {
    if let known = resolvers[function] { return known }
    guard let (unit, body) = package.body(of: function) else { return nil }
    let made = PathResolver(function, unit: unit, body: body, context)
    resolvers[function] = made
    return made
  }

  func withTests<Result>(
    of function: FunctionID, _ body: (inout StateTests) -> Result
  ) -> Result? {
    if tests[function] == nil {
      guard var resolver = resolver(of: function) else { return nil }
      tests[function] = StateTests(&resolver)
    }
    guard var found = tests.removeValue(forKey: function) else { return nil }
    defer { tests[function] = found }
    return body(&found)
  }

  /// What a pointer or value can be in a function.
  func pointers(of operand: Operand, in function: FunctionID) -> [PointerValue] {
    guard var resolver = resolver(of: function) else { return [] }
    return resolver.pointers(of: operand)
  }

  /// The states whose values a number of a function can be made of.
  func numbers(of operand: Operand, in function: FunctionID) -> [PointerValue] {
    if numberResolvers[function] == nil, let (unit, body) = package.body(of: function) {
      numberResolvers[function] = PathResolver(
        function, unit: unit, body: body, context, followsNumbers: true)
    }
    return numberResolvers[function]?.pointers(of: operand) ?? []
  }

  /// Whether one place of a function can run after another.
  func comesAfter(_ later: CodeSite, _ earlier: CodeSite) -> Bool {
    guard later.function == earlier.function else { return false }
    if later.block == earlier.block, later.instruction > earlier.instruction { return true }
    return blocksAfter(earlier.block, in: earlier.function).contains(later.block)
  }

  private func blocksAfter(_ block: BlockID, in function: FunctionID) -> Set<BlockID> {
    if let known = reachable[function]?[block] { return known }
    guard let (_, body) = package.body(of: function) else { return [] }
    let found = body.blocks(after: block)
    reachable[function, default: [:]][block] = found
    return found
  }
}
