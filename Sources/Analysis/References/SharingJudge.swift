import ProgramModel
import PythonAPI

/// Says who can have the objects that a function works on.
struct SharingJudge {
  let context: ReferenceContext
  /// Immutable objects count by who has them: the question is who sees what is written to them.
  var isForWriting = false
  var package: PackageModel { context.package }
  /// Longer ways through callers and fields are not followed.
  static let deepest = 24

  /// Who can have the object that an operand refers to at a point.
  func sharing(
    of operand: Operand, at point: ProgramPoint, in flow: ValueFlow, depth: Int = 0
  ) -> Sharing {
    let key = ReferenceContext.OperandKey(
      function: flow.function, operand: operand, point: point, isForWriting: isForWriting)
    return context.operands.answer(key, whenCut: .isolated) {
      flow.origins(of: operand, at: point).reduce(Sharing.isolated) {
        $0.worse(sharing(of: $1, at: point, in: flow, depth: depth))
      }
    }
  }

  func sharing(
    of origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    guard depth < Self.deepest else {
      context.cuts.noteCut()
      return .shared(.unknown(""))
    }
    switch origin {
    case .integer, .other, .address: return .isolated
    default:
      if !isForWriting, flow.isTuple(origin, at: point) { return .immutable }
      if flow.isUnique(origin, at: point) { return .isolated }
    }
    switch origin {
    case .integer, .other, .address: return .isolated
    case .unknown: return .shared(.unknown(""))
    case .parameter(let index):
      return parameter(
        index, of: flow.function, given: flow.conditions(at: point), depth: depth)
    case .call(let site): return call(site, origin, at: point, in: flow, depth: depth)
    case .output(let site, let argument): return output(site, argument, in: flow, depth: depth)
    case .load(let site, let place):
      return load(place, at: site, in: flow, depth: depth)
    }
  }

  // MARK: Parameters

  /// What callers pass as a parameter, Python included.
  func parameter(
    _ index: Int, of function: FunctionID, given conditions: [Condition] = [], depth: Int = 0
  ) -> Sharing {
    let key = ReferenceContext.ParameterKey(
      function: function, parameter: index, isForWriting: isForWriting)
    let whole = parameter(key, depth: depth)
    // What is known there can only rule callers out.
    guard whole.isShared else { return whole }
    var narrow = key
    narrow.given = conditions.filter { if case .parameter = $0.subject { true } else { false } }
    return narrow.given.isEmpty ? whole : parameter(narrow, depth: depth)
  }

  private func parameter(_ key: ReferenceContext.ParameterKey, depth: Int) -> Sharing {
    context.parameters.answer(key, whenCut: .isolated) {
      var depth = depth
      if depth >= Self.deepest - 2 {
        guard context.warm(towards: key.function) else {
          context.cuts.noteCut()
          return .shared(.unknown(""))
        }
        // All callers are known now.
        depth = 0
      }
      if !isForWriting, isTuple(parameter: key.parameter, of: key.function) { return .immutable }
      var found = Sharing.isolated
      if let role = context.conventions.role(of: key.parameter, in: key.function) {
        found = role == .container ? .isolated : .shared(.argument(key.function))
      }
      for edge in context.graph.incoming[Int(key.function.index)] {
        if found.isCertain { break }
        found = found.worse(
          passed(key.parameter, by: context.graph.edges[edge], given: key.given, depth: depth))
      }
      return found
    }
  }

  private func isTuple(parameter index: Int, of function: FunctionID) -> Bool {
    guard let (unit, model) = package.body(of: function), model.locals.indices.contains(index)
    else { return false }
    return package.units[unit].pointedRecord(model.locals[index].type) == "PyTupleObject"
  }

  private func passed(
    _ index: Int, by edge: CallEdge, given: [Condition], depth: Int
  ) -> Sharing {
    guard context.phases.isConcurrent(edge.caller), let flow = context.flow(of: edge.caller) else {
      return .isolated
    }
    let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    guard edge.kind != .callback,
      case .call(_, _, let arguments)? = flow.operation(at: point), index < arguments.count
    else { return .shared(.unknown("")) }
    if !given.isEmpty, isExcluded(given, arguments, at: point, in: flow) { return .isolated }
    let found = sharing(of: arguments[index], at: point, in: flow, depth: depth + 1)
    guard case .shared(let reason) = found else { return found }
    let lock = Covers.locks(
      on: arguments[index], at: point, in: flow, isOwn: reason.isOwn, context
    ).first
    if let lock { return .locked(isSuspendable: lock.isSuspendable) }
    if case .argument(let entry) = reason { return .shared(.passed(by: entry)) }
    return found
  }

  /// Whether what a caller passes, or has tested, rules out the conditions on the callee's
  /// parameters.
  private func isExcluded(
    _ given: [Condition], _ arguments: [Operand], at point: ProgramPoint, in flow: ValueFlow
  ) -> Bool {
    var known: [Condition]?
    return given.contains { condition in
      guard case .parameter(let index) = condition.subject, index < arguments.count else {
        return false
      }
      let origins = flow.origins(of: arguments[index], at: point)
      guard origins.count == 1 else { return false }
      if case .integer(let value) = origins[0], case .equals(let wanted) = condition.test {
        return condition.holds != (value == wanted)
      }
      if case .address = origins[0], condition.test == .equals(0) { return condition.holds }
      let here = known ?? flow.conditions(at: point)
      known = here
      return here.contains { own in
        own.subject == origins[0]
          && own.contradicts(
            Condition(subject: own.subject, test: condition.test, holds: condition.holds))
      }
    }
  }
}

extension Place.Step {
  var isField: Bool { if case .field = self { true } else { false } }
}

extension SharedReason {
  /// Code outside the package can change the object without the package's locks.
  var isOwn: Bool {
    switch self {
    case .variable, .field: true
    case .argument, .passed, .instanceDict, .attribute, .item, .returned, .published, .unknown:
      false
    }
  }
}
