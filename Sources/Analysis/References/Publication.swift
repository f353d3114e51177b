import ProgramModel
import PythonAPI

/// A place from which on others can have an object that a function has made.
struct Publication: Hashable {
  var point: ProgramPoint
  /// What gives it away, as a word for messages.
  var how: String
}

extension SharingJudge {
  /// Whether an object that the function has made is still its own at a point.
  func fresh(
    _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    let made: ProgramPoint? = if case .call(let site) = origin { site } else { nil }
    for publication in publications(of: origin, in: flow, depth: depth)
    where publication.point != point
      && flow.leads(from: publication.point, to: point, without: made)
    {
      return .shared(.published(by: publication.how))
    }
    return .isolated
  }

  /// The places that give an object of the function away.
  func publications(
    of origin: ValueFlow.Origin, in flow: ValueFlow, depth: Int
  ) -> [Publication] {
    let key = ReferenceContext.PublicationKey(function: flow.function, origin: origin)
    return context.publications.answer(key, whenCut: []) {
      flow.uses(of: origin).flatMap { publications(by: $0, in: flow, depth: depth + 1) }
    }
  }

  /// What one use gives away, and where; mostly there and then or not at all.
  private func publications(
    by use: ValueFlow.Use, in flow: ValueFlow, depth: Int
  ) -> [Publication] {
    switch use.kind {
    case .test, .dereference, .callee, .returned, .opaque: return []
    case .stored(let place):
      let target = flow.model.places[Int(place.index)]
      if case .local = target.base, !target.path.contains(.dereference) { return [] }
      // In a field of an object that is still private nobody finds it.
      return base(of: target, at: use.point, in: flow, depth: depth) == .isolated
        ? [] : [Publication(point: use.point, how: "a store")]
    case .argument(let position):
      guard let (callee, arguments) = flow.call(at: use.point) else { return [] }
      let name = package[callee].name
      if package[callee].definition != nil {
        return context.keeps(callee, parameter: position, depth: depth)
          .map { [Publication(point: use.point, how: $0)] } ?? []
      }
      guard ReferenceEffects.keeps(name, argument: position) else { return [] }
      guard let container = ReferenceEffects.container(ofStore: name), container != position else {
        return [Publication(point: use.point, how: name)]
      }
      return publications(
        with: arguments[container], storedBy: name, at: use.point, in: flow, depth: depth)
    }
  }

  /// What is stored in a container is given away with it.
  private func publications(
    with container: Operand, storedBy name: String, at point: ProgramPoint, in flow: ValueFlow,
    depth: Int
  ) -> [Publication] {
    var found: [Publication] = []
    for origin in flow.origins(of: container, at: point) {
      if sharing(of: origin, at: point, in: flow, depth: depth + 1).isShared {
        return [Publication(point: point, how: name)]
      }
      guard case .call = origin else { continue }
      found += publications(of: origin, in: flow, depth: depth + 1).filter {
        flow.leads(from: point, to: $0.point)
      }
    }
    return found
  }

  /// Whether a function stores its parameter where others find it, and by what.
  func keeper(_ key: ReferenceContext.ParameterKey, depth: Int) -> String? {
    guard depth < Self.deepest, let flow = context.flow(of: key.function) else {
      context.cuts.noteCut()
      return nil
    }
    return publications(of: .parameter(key.parameter), in: flow, depth: depth + 1).first?.how
  }
}
