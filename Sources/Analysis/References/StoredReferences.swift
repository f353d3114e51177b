import ProgramModel
import PythonAPI

/// Finds borrowed references that are stored in lasting memory as if they were owned.
struct StoredReferences {
  let context: ReferenceContext
  let flow: ValueFlow

  /// A store of a reference that nobody holds for the memory.
  struct Found {
    var point: ProgramPoint
    var place: Place
    /// The function that lends it, and the object that it is borrowed from.
    var api: String
    var owner: Operand?
    var lender: ProgramPoint
  }

  func find() -> [Found] {
    var found: [Found] = []
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        if case .call = instruction.operation { found += parsed(at: point) }
        guard let (place, operand) = stored(by: instruction.operation, at: point) else { continue }
        guard isLasting(place), pointsToObject(place.type), let lender = lender(of: operand, point),
          !isTaken(operand, at: point), !isTaken(place), !isReplaced(place, after: point)
        else { continue }
        found.append(
          Found(
            point: point, place: place, api: lender.api, owner: lender.owner, lender: lender.point))
      }
    }
    return found
  }

  /// What an instruction stores, and where; the macros that replace a reference included.
  private func stored(
    by operation: Operation, at point: ProgramPoint
  ) -> (place: Place, operand: Operand)? {
    switch operation {
    case .store(let place, let operand): return (flow.model.places[Int(place.index)], operand)
    case .call:
      guard let (callee, arguments) = flow.call(at: point), arguments.count > 1,
        ReferenceEffects.replaces(context.name(callee)), case .address(let place) = arguments[0]
      else { return nil }
      return (flow.model.places[Int(place.index)], arguments[1])
    default: return nil
    }
  }

  /// What a parser stores right where it stays.
  private func parsed(at point: ProgramPoint) -> [Found] {
    guard let (callee, arguments) = flow.call(at: point) else { return [] }
    return flow.parsedObjects(ofCallAt: point).compactMap { position in
      guard case .address(let placeID) = arguments[position] else { return nil }
      let place = flow.model.places[Int(placeID.index)]
      guard isLasting(place), !isTaken(place), !isReplaced(place, after: point) else { return nil }
      return Found(
        point: point, place: place, api: context.name(callee), owner: arguments.first,
        lender: point)
    }
  }

  /// A static object, a field of module state or of a Python object.
  private func isLasting(_ place: Place) -> Bool {
    if case .variable = place.base, !place.path.contains(.dereference) { return true }
    guard place.path.contains(.dereference),
      case .field(_, let record)? = place.path.last(where: \.isField)
    else { return false }
    let name = flow.package.units[flow.unit][record]
    return context.package.isObjectLayout(name) || context.locks.stateRecords.names.contains(name)
  }

  private func pointsToObject(_ type: TypeID) -> Bool {
    let record = flow.package.units[flow.unit].pointedRecord(type)
    return ["_object", "PyObject"].contains(record) || context.package.isObjectLayout(record)
      || record.hasPrefix("Py") && record.hasSuffix("Object")
  }

  /// Who lends a value, if nothing but lenders give it.
  private func lender(
    of operand: Operand, _ point: ProgramPoint, depth: Int = 0
  ) -> (api: String, owner: Operand?, point: ProgramPoint)? {
    var found: (String, Operand?, ProgramPoint)?
    for origin in flow.origins(of: operand, at: point) {
      switch origin {
      case .integer, .address: continue
      case .call(let site):
        guard let (callee, arguments) = flow.call(at: site),
          Self.lends(flow.package[callee].name)
        else { return nil }
        found = (flow.package[callee].name, arguments.first, site)
      case .output(let site, let argument):
        guard let (callee, arguments) = flow.call(at: site) else { return nil }
        let name = flow.package[callee].name
        guard flow.package[callee].definition == nil,
          Lenders.outputs(of: name).contains(argument)
            || flow.parsedObjects(ofCallAt: site).contains(argument)
        else { return nil }
        found = (name, arguments.first, site)
      case .parameter(let index):
        guard isGiven(index) || depth < 3 && isLentByCaller(index, depth: depth) else {
          return nil
        }
        found = ("a call", .local(Int32(truncatingIfNeeded: index)), point)
      case .load, .other, .unknown: return nil
      }
    }
    return found
  }

  private static func lends(_ name: String) -> Bool {
    guard let fact = PythonFacts.shared.function(name), fact.returns == .borrowed else {
      return false
    }
    switch fact.borrowRisk {
    case .dangerous?, .dangerousIfList?: return true
    default: return fact.borrowedFrom == .tupleItem
    }
  }

  /// Whether a caller passes a reference that it has only borrowed.
  private func isLentByCaller(_ parameter: Int, depth: Int) -> Bool {
    guard context.conventions.entryPoints(of: flow.function).isEmpty else { return false }
    return context.graph.incoming[Int(flow.function.index)].contains { index in
      let edge = context.graph.edges[index]
      guard edge.kind == .direct, edge.caller != flow.function,
        context.phases.isConcurrent(edge.caller), let caller = context.flow(of: edge.caller)
      else { return false }
      let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
      guard case .call(_, _, let arguments)? = caller.operation(at: point),
        parameter < arguments.count
      else { return false }
      let finder = StoredReferences(context: context, flow: caller)
      return finder.lender(of: arguments[parameter], point, depth: depth + 1) != nil
        && !finder.isTaken(arguments[parameter], at: point)
    }
  }

  /// An argument that Python passes to a method or setter.
  private func isGiven(_ parameter: Int) -> Bool {
    guard parameter > 0, context.conventions.role(of: parameter, in: flow.function) == .object
    else {
      return false
    }
    return context.conventions.entryPoints(of: flow.function).allSatisfy { entry in
      switch entry.kind {
      case .method: !context.conventions.isArgumentArray(parameter, in: flow.function)
      case .setter: parameter == 1
      default: false
      }
    }
  }

  /// Something takes a reference to the value, before or after.
  private func isTaken(_ operand: Operand, at point: ProgramPoint) -> Bool {
    let follower = BorrowFollower(context: context, flow: flow)
    return flow.origins(of: operand, at: point).contains { origin in
      flow.uses(of: origin).contains { follower.takes($0.kind, at: $0.point) }
    }
  }

  /// Something takes a reference to what is in the place.
  private func isTaken(_ place: Place) -> Bool {
    let follower = BorrowFollower(context: context, flow: flow)
    return flow.loads(of: place).contains { origin in
      flow.uses(of: origin).contains { follower.takes($0.kind, at: $0.point) }
    }
  }

  /// Something else is stored there afterwards: it was there for the time of a call.
  private func isReplaced(_ place: Place, after point: ProgramPoint) -> Bool {
    flow.stores(to: place).contains {
      $0.point != point && flow.leads(from: point, to: $0.point)
    }
  }
}
