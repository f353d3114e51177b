import ProgramModel
import PythonAPI

extension SharingJudge {
  /// Whether an object that the function has made is still its own at a point.
  func fresh(
    _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    let made: ProgramPoint? = if case .call(let site) = origin { site } else { nil }
    for use in flow.uses(of: origin) {
      guard let how = publication(use, in: flow, depth: depth + 1),
        use.point == point ? false : flow.leads(from: use.point, to: point, without: made)
      else { continue }
      return .shared(.published(by: how))
    }
    return .isolated
  }

  /// What gives an object away, as a word for messages; nil: this use does not.
  func publication(
    _ use: ValueFlow.Use, in flow: ValueFlow, depth: Int
  ) -> String? {
    switch use.kind {
    case .test, .dereference, .callee, .returned: return nil
    case .opaque: return nil
    case .stored(let place):
      let target = flow.model.places[Int(place.index)]
      if case .local = target.base, !target.path.contains(.dereference) { return nil }
      // In a field of an object that is still private nobody finds it.
      return base(of: target, at: use.point, in: flow, depth: depth) == .isolated
        ? nil : "a store"
    case .argument(let position):
      guard let (callee, arguments) = flow.call(at: use.point) else { return nil }
      let name = package[callee].name
      if package[callee].definition != nil {
        return context.keeps(callee, parameter: position, depth: depth)
      }
      guard ReferenceEffects.keeps(name, argument: position) else { return nil }
      if let container = ReferenceEffects.container(ofStore: name), container != position,
        case .temporary = arguments[container]
      {
        // Stored in what is itself private, it stays so as long.
        return sharing(of: arguments[container], at: use.point, in: flow, depth: depth + 1)
          .isShared ? name : nil
      }
      if let container = ReferenceEffects.container(ofStore: name), container != position,
        case .local = arguments[container]
      {
        return sharing(of: arguments[container], at: use.point, in: flow, depth: depth + 1)
          .isShared ? name : nil
      }
      return name
    }
  }

  /// Whether a function stores its parameter where others find it, and by what.
  func keeper(_ key: ReferenceContext.ParameterKey, depth: Int) -> String? {
    guard depth < Self.deepest, let flow = context.flow(of: key.function) else { return nil }
    for use in flow.uses(of: .parameter(key.parameter)) {
      if let how = publication(use, in: flow, depth: depth + 1) { return how }
    }
    return nil
  }
}
