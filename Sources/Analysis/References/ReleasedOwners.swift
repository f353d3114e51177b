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
    /// The container that holds it too, and where it is known to.
    var container: Operand
    var containerPoint: ProgramPoint
    var api: String
  }

  func find() -> [Found] {
    var found: [Found] = []
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        guard case .call = instruction.operation, let (callee, arguments) = flow.call(at: point),
          ReferenceEffects.givesUp(context.name(callee)), let operand = arguments.first
        else { continue }
        let origins = flow.origins(of: operand, at: point).filter {
          if case .integer = $0 { false } else { true }
        }
        // With several origins, which of them is given up is not known.
        guard origins.count == 1, let holder = holder(of: origins[0], before: point) else {
          continue
        }
        let after = ProgramPoint(block: id, instruction: index + 1)
        var holders = Set<Operand>()
        for local in flow.model.locals.indices {
          let variable = Operand.local(Int32(truncatingIfNeeded: local))
          if flow.origins(of: variable, at: after).contains(origins[0]) { holders.insert(variable) }
        }
        guard !holders.isEmpty else { continue }
        found.append(
          Found(
            point: point, origin: origins[0], holders: holders, container: holder.container,
            containerPoint: holder.point, api: holder.api))
      }
    }
    return found
  }

  /// The container that holds the object besides, if this function has one reference to it and
  /// no more.
  private func holder(
    of origin: ValueFlow.Origin, before point: ProgramPoint
  ) -> (container: Operand, point: ProgramPoint, api: String)? {
    let follower = BorrowFollower(context: context, flow: flow)
    var stored: (Operand, ProgramPoint, String)?
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
        stored = (arguments[container], use.point, name)
      }
    }
    switch origin {
    case .call(let site):
      guard let (callee, arguments) = flow.call(at: site) else { return nil }
      let name = context.name(callee)
      if name == "PyList_GetItemRef", let first = arguments.first { return (first, site, name) }
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
      return (first, site, name)
    case .parameter, .load, .address, .integer, .other, .unknown: return nil
    }
  }
}
