import ProgramModel
import PythonAPI

/// Finds references that are used after the function has given up its own: what is left is
/// borrowed from the container that holds the object too.
struct ReleasedOwners {
  let context: ReferenceContext
  let flow: ValueFlow

  struct Found {
    /// Where the reference is given up.
    var point: ProgramPoint
    var origin: ValueFlow.Origin
    /// The variables that still lead to the object then.
    var holders: Set<Operand>
    /// The container that holds it too.
    var container: Operand
    var api: String
  }

  func find() -> [Found] {
    var found: [Found] = []
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        guard case .call(let result, .direct, let arguments) = instruction.operation else {
          continue
        }
        let point = ProgramPoint(block: id, instruction: index)
        if result != nil { found += releases(of: .call(point), madeAt: point) }
        for position in arguments.indices where isOutput(arguments[position]) {
          found += releases(of: .output(point, argument: position), madeAt: point)
        }
      }
    }
    return found
  }

  private func isOutput(_ operand: Operand) -> Bool {
    if case .address = operand { true } else { false }
  }

  /// Where a value is given up that a container holds too, the first of each way.
  private func releases(of origin: ValueFlow.Origin, madeAt made: ProgramPoint) -> [Found] {
    let given = flow.uses(of: origin).filter { use in
      use.kind == .argument(0)
        && flow.name(ofCallAt: use.point).map(ReferenceEffects.givesUp) == true
    }
    guard !given.isEmpty, let first = given.first, holder(of: origin, before: first.point) != nil
    else { return [] }
    // The way tells the value of this round of a loop from that of the last.
    let outcome = BorrowFollower(context: context, flow: flow).follow(
      [origin], from: made, covers: [], returnIsUse: false, takesCount: false)
    return outcome.releases.compactMap { release in
      guard let holder = holder(of: origin, before: release.point) else { return nil }
      let variables = release.holders.filter { if case .local = $0 { true } else { false } }
      guard !variables.isEmpty else { return nil }
      return Found(
        point: release.point, origin: origin, holders: variables, container: holder.container,
        api: holder.api)
    }
  }

  /// The container that holds the object besides, if this function has one reference to it and
  /// no more.
  private func holder(
    of origin: ValueFlow.Origin, before point: ProgramPoint
  ) -> (container: Operand, api: String)? {
    let follower = BorrowFollower(context: context, flow: flow)
    var stored: (Operand, String)?
    for use in flow.uses(of: origin) {
      if follower.takes(use.kind, at: use.point) { return nil }
      guard case .argument(let position) = use.kind,
        let (callee, arguments) = flow.call(at: use.point)
      else {
        if case .stored = use.kind { return nil }
        continue
      }
      let name = context.name(callee)
      let steals = PythonFacts.shared.function(name)?.steals ?? []
      if steals.contains(where: { $0.argument == position && $0.condition != .consume }) {
        return nil
      }
      if let container = ReferenceEffects.container(ofStore: name), container != position,
        ReferenceEffects.keeps(name, argument: position), stored == nil,
        flow.leads(from: use.point, to: point)
      {
        stored = (arguments[container], name)
      }
    }
    switch origin {
    case .call(let site):
      guard let (callee, arguments) = flow.call(at: site) else { return nil }
      let name = context.name(callee)
      if name == "PyList_GetItemRef", let first = arguments.first { return (first, name) }
      guard PythonFacts.shared.function(name)?.returns == .new else { return nil }
      return stored
    case .output(let site, let argument):
      guard let (callee, arguments) = flow.call(at: site), let first = arguments.first else {
        return nil
      }
      let name = context.name(callee)
      guard name.hasPrefix("PyDict_"),
        PythonFacts.shared.function(name)?.newReferenceArguments.contains(argument) == true,
        !name.hasPrefix("PyDict_Pop")
      else { return nil }
      return (first, name)
    case .parameter, .load, .address, .integer, .other, .unknown: return nil
    }
  }
}
