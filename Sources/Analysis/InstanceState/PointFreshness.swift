import ProgramModel

/// What variables hold at one point that hold other things elsewhere.
final class PointFreshness {
  private let package: PackageModel
  private var flows: [FunctionID: ValueFlow] = [:]

  init(_ package: PackageModel) { self.package = package }

  /// Whether what a variable holds at this very point was made in the function and is not
  /// published, whatever it holds elsewhere.
  func isNew(
    _ root: Operand, at point: ProgramPoint, in function: FunctionID, _ privacy: ObjectPrivacy
  ) -> Bool {
    guard case .local = root, privacy.makesAny(function), let flow = flow(of: function) else {
      return false
    }
    let origins = flow.origins(of: root, at: point).filter {
      if case .integer = $0 { false } else { true }
    }
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        guard case .call(let call) = origin,
          case .call(let result?, _, _)? = flow.operation(at: call)
        else { return false }
        return privacy.isPrivate(.temporary(result), at: point, in: function)
      }
  }

  private func flow(of function: FunctionID) -> ValueFlow? {
    if let known = flows[function] { return known }
    guard let (unit, model) = package.body(of: function) else { return nil }
    let made = ValueFlow(function, package, unit: unit, model: model) { _ in nil }
    flows[function] = made
    return made
  }
}
