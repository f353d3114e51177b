import ProgramModel

/// Where values come from in each function, worked out once for all who ask.
///
/// A class, as it remembers; for one task.
final class ValueTables {
  private let package: PackageModel
  private var known: [FunctionID: FunctionValues] = [:]

  init(_ package: PackageModel) { self.package = package }

  /// nil for functions without a body.
  func values(of function: FunctionID) -> FunctionValues? {
    if let known = known[function] { return known }
    guard let (_, model) = package.body(of: function) else { return nil }
    let made = FunctionValues(model)
    known[function] = made
    return made
  }
}
