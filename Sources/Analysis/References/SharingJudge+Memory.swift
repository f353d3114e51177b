import ProgramModel

extension SharingJudge {
  func load(
    _ id: PlaceID, at site: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    let place = flow.model.places[Int(id.index)]
    let names = package.units[flow.unit]
    if isForWriting, let here = stored(in: place, before: site, of: flow, depth: depth) {
      return here
    }
    let isBehindPointer = place.path.contains(.dereference)
    switch place.base {
    case .variable(let symbol):
      guard let variable = package.variable(symbol, in: flow.unit) else {
        return .shared(.unknown(""))
      }
      if let (_, model) = package.declaration(of: variable), model.isThreadLocal {
        return .isolated
      }
      if !isBehindPointer { return .shared(.variable(variable)) }
    case .local(let index):
      if !isBehindPointer { return stored(in: place, of: flow, depth: depth) }
      if place.path.allSatisfy({ !$0.isField }) {
        return element(of: .local(index), at: site, in: flow)
      }
    case .temporary(let number):
      if place.path.allSatisfy({ !$0.isField }) {
        return element(of: .temporary(number), at: site, in: flow)
      }
    case .unnamed: return .shared(.unknown(""))
    }
    guard case .field(let name, let record)? = place.path.last(where: \.isField) else {
      return .shared(.unknown(""))
    }
    let field = ReferenceContext.FieldKey(record: names[record], name: names[name])
    switch field.name {
    case "ob_item": return .shared(.item(of: "ob_item"))
    case "tp_dict": return .shared(.attribute(of: "tp_dict"))
    case "tp_mro", "tp_bases": return .immutable
    default: break
    }
    // Of a record that nobody else has, what is stored in it counts.
    let isOwn = base(of: place, at: site, in: flow, depth: depth) == .isolated
    let outer = outermostRecord(of: place, names) ?? field.record
    if !isOwn,
      package.isObjectLayout(outer) || context.locks.stateRecords.names.contains(outer)
    {
      return .shared(.field(record: field.record, name: field.name))
    }
    if let here = stored(in: place, before: site, of: flow, depth: depth) { return here }
    return stores(to: field, depth: depth)
  }

  /// The record that the last pointer on the way leads to: what others lie in.
  private func outermostRecord(of place: Place, _ names: UnitModel) -> String? {
    guard let last = place.path.lastIndex(of: .dereference) else { return nil }
    for step in place.path[last...] {
      if case .field(_, let record) = step { return names[record] }
    }
    return nil
  }

  /// Who can have the record that a place is a field of, one pointer away.
  func base(
    of place: Place, at site: ProgramPoint, in flow: ValueFlow, depth: Int = 0
  ) -> Sharing {
    guard place.path.first == .dereference,
      place.path.lastIndex(of: .dereference) == place.path.startIndex
    else { return .shared(.unknown("")) }
    let operand: Operand
    switch place.base {
    case .local(let index): operand = .local(index)
    case .temporary(let number): operand = .temporary(number)
    case .variable, .unnamed: return .shared(.unknown(""))
    }
    let origins = flow.origins(of: operand, at: site)
    guard
      origins.contains(where: {
        switch $0 {
        case .call, .parameter: true
        default: false
        }
      })
    else { return .shared(.unknown("")) }
    return sharing(of: operand, at: site, in: flow, depth: depth + 1)
  }

  func element(
    of array: Operand, at site: ProgramPoint, in flow: ValueFlow
  ) -> Sharing {
    for origin in flow.origins(of: array, at: site) {
      switch origin {
      case .parameter(let index):
        if context.conventions.isArgumentArray(index, in: flow.function) {
          return .shared(.argument(flow.function))
        }
        return pointee(of: index, flow.function)
      case .call(let call):
        if let name = flow.name(ofCallAt: call) { return .shared(.item(of: name)) }
      default: break
      }
    }
    return .shared(.unknown(""))
  }

  /// The object in the variable whose address callers pass.
  func pointee(of parameter: Int, _ function: FunctionID) -> Sharing {
    let key = ReferenceContext.ParameterKey(
      function: function, parameter: parameter, isPointee: true, isForWriting: isForWriting)
    return context.parameters.answer(key, whenCut: .isolated) {
      passedPointee(of: parameter, function)
    }
  }

  private func passedPointee(of parameter: Int, _ function: FunctionID) -> Sharing {
    var found: Sharing =
      context.conventions.entryPoints(of: function).isEmpty
      ? .isolated : .shared(.argument(function))
    for index in context.graph.incoming[Int(function.index)] {
      let edge = context.graph.edges[index]
      guard context.phases.isConcurrent(edge.caller), let flow = context.flow(of: edge.caller)
      else { continue }
      let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
      guard case .call(_, _, let arguments)? = flow.operation(at: point),
        parameter < arguments.count
      else { continue }
      var value = Sharing.shared(.unknown(""))
      if case .address(let id) = arguments[parameter] {
        let place = flow.model.places[Int(id.index)]
        if case .local(let local) = place.base, place.path.isEmpty {
          value = sharing(of: .local(local), at: point, in: flow, depth: 1)
        } else {
          value = load(id, at: point, in: flow, depth: 1)
        }
      } else {
        for origin in flow.origins(of: arguments[parameter], at: point) {
          if case .parameter(let own) = origin { value = pointee(of: own, edge.caller) }
        }
      }
      found = found.worse(value)
    }
    return found
  }

  /// What is stored in a part of a local object or array.
  func stored(in place: Place, of flow: ValueFlow, depth: Int) -> Sharing {
    var found: Sharing?
    for store in flow.stores(to: place) {
      let value = sharing(of: store.operand, at: store.point, in: flow, depth: depth + 1)
      found = found?.worse(value) ?? value
    }
    return found ?? .shared(.unknown(""))
  }

  /// What the function itself has stored in a place on every way to a point; nil: on some way it
  /// has not.
  func stored(
    in place: Place, before site: ProgramPoint, of flow: ValueFlow, depth: Int
  ) -> Sharing? {
    let stores = flow.stores(to: place).filter { store in
      store.point.block == site.block
        ? store.point.instruction < site.instruction
        : flow.dominators.dominates(store.point.block, site.block)
    }
    // The last of those that every way passes is what is there.
    guard
      let last = stores.last(where: { store in
        stores.allSatisfy { $0.point == store.point || flow.leads(from: $0.point, to: store.point) }
      })
    else { return nil }
    return sharing(of: last.operand, at: last.point, in: flow, depth: depth + 1)
  }

  /// What is stored anywhere in a field.
  func stores(to field: ReferenceContext.FieldKey, depth: Int) -> Sharing {
    guard context.fieldsBeingFound.insert(field).inserted else { return .isolated }
    defer { context.fieldsBeingFound.remove(field) }
    var found: Sharing?
    for site in context.stores(to: field) {
      guard let flow = context.flow(of: site.function) else { continue }
      let point = ProgramPoint(block: site.block, instruction: site.instruction)
      guard case .store(_, let operand)? = flow.operation(at: point) else { continue }
      var value = sharing(of: operand, at: point, in: flow, depth: depth + 1)
      if case .shared(.argument(let entry)) = value { value = .shared(.passed(by: entry)) }
      found = found?.worse(value) ?? value
      if found?.isCertain == true { break }
    }
    return found ?? .shared(.unknown(""))
  }
}
