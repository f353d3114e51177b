import ProgramModel
import PythonAPI

/// Which containers code of the package changes or replaces at run time, by the field or static
/// object that holds them.
final class ContainerChanges {
  private let context: ReferenceContext
  private var fields: Set<ReferenceContext.FieldKey> = []
  private var variables: Set<VariableID> = []

  init(_ context: ReferenceContext) {
    self.context = context
    findCalls()
  }

  private lazy var hasGaps = context.package.functionIDs.contains { id in
    context.package.body(of: id).map { !$0.model.gaps.isEmpty } ?? false
  }

  private func findCalls() {
    let package = context.package
    var work: [(edge: Int, argument: Int)] = []
    var seen = Set<ReferenceContext.ParameterKey>()
    for id in package.functionIDs where package[id].definition == nil {
      let name = package[id].name
      guard ReferenceEffects.changes(name) || ReferenceEffects.replaces(name) else { continue }
      work += context.graph.incoming[Int(id.index)].map { ($0, 0) }
    }
    while let (index, argument) = work.popLast() {
      let edge = context.graph.edges[index]
      guard
        context.phases.phases(of: edge.caller).contains(.runtime)
          || context.phases.possiblePhases(of: edge.caller).contains(.runtime),
        let flow = context.flow(of: edge.caller)
      else { continue }
      let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
      guard case .call(_, _, let arguments)? = flow.operation(at: point),
        argument < arguments.count
      else { continue }
      if case .address(let place) = arguments[argument] {
        add(flow.model.places[Int(place.index)], package, flow.unit)
        continue
      }
      for origin in flow.origins(of: arguments[argument], at: point) {
        switch origin {
        case .load(_, let place):
          add(flow.model.places[Int(place.index)], package, flow.unit)
        case .parameter(let parameter):
          let key = ReferenceContext.ParameterKey(function: edge.caller, parameter: parameter)
          guard seen.insert(key).inserted else { continue }
          work += context.graph.incoming[Int(edge.caller.index)].map { ($0, parameter) }
        default: break
        }
      }
    }
  }

  private func add(_ place: Place, _ package: PackageModel, _ unit: Int) {
    if case .field(let name, let record)? = place.path.last(where: \.isField) {
      fields.insert(.init(record: package.units[unit][record], name: package.units[unit][name]))
    } else if case .variable(let symbol) = place.base,
      let variable = package.variable(symbol, in: unit)
    {
      variables.insert(variable)
    }
  }

  /// Whether what a field or static object holds is changed or replaced; nil for other owners.
  func isChanged(_ reason: SharedReason) -> Bool? {
    // What could not be read may well change it.
    if hasGaps, case .field(let record, let name) = reason,
      !fields.contains(.init(record: record, name: name))
    {
      return nil
    }
    switch reason {
    case .field(let record, let name):
      let field = ReferenceContext.FieldKey(record: record, name: name)
      return fields.contains(field) || isReplaced(field)
    case .variable(let id):
      return variables.contains(id)
        || context.package.accesses(of: id).contains {
          $0.kind == .write && context.phases.phases(of: $0.function).contains(.runtime)
        }
    default: return nil
    }
  }

  /// Whether a function gives up the reference that is in a place.
  private func dropsOld(_ place: Place, _ flow: ValueFlow) -> Bool {
    flow.loads(of: place).contains { origin in
      flow.uses(of: origin).contains { use in
        guard use.kind == .argument(0), let name = flow.name(ofCallAt: use.point) else {
          return false
        }
        return ReferenceEffects.givesUp(name)
      }
    }
  }

  /// Whether the container that a field of a shared object holds is exchanged for another.
  private func isReplaced(_ field: ReferenceContext.FieldKey) -> Bool {
    let judge = SharingJudge(context: context)
    return context.stores(to: field).contains { site in
      guard context.phases.phases(of: site.function).contains(.runtime),
        let flow = context.flow(of: site.function)
      else { return false }
      let point = ProgramPoint(block: site.block, instruction: site.instruction)
      guard case .store(let target, _)? = flow.operation(at: point) else { return false }
      let place = flow.model.places[Int(target.index)]
      return dropsOld(place, flow) && judge.base(of: place, at: point, in: flow) != .isolated
    }
  }
}
