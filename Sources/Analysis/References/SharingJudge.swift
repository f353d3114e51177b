import ProgramModel
import PythonAPI

/// Says who can have the objects that a function works on.
struct SharingJudge {
  let context: ReferenceContext
  private var package: PackageModel { context.package }
  /// Longer ways through callers and fields are not followed.
  private static let deepest = 24

  /// Who can have the object that an operand refers to at a point.
  func sharing(
    of operand: Operand, at point: ProgramPoint, in flow: ValueFlow, depth: Int = 0
  ) -> Sharing {
    var found = Sharing.isolated
    for origin in flow.origins(of: operand, at: point) {
      found = found.worse(sharing(of: origin, at: point, in: flow, depth: depth))
    }
    return found
  }

  func sharing(
    of origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    guard depth < Self.deepest else { return .shared(.unknown("")) }
    switch origin {
    case .integer, .other, .address: return .isolated
    case .unknown: return .shared(.unknown(""))
    case .parameter(let index): return parameter(index, of: flow.function, depth: depth)
    case .call(let site): return call(site, origin, at: point, in: flow, depth: depth)
    case .output(let site, let argument): return output(site, argument, in: flow, depth: depth)
    case .load(let site, let place):
      return load(place, at: site, in: flow, depth: depth)
    }
  }

  // MARK: Parameters

  /// What callers pass as a parameter, Python included.
  func parameter(_ index: Int, of function: FunctionID, depth: Int = 0) -> Sharing {
    let key = ReferenceContext.ParameterKey(function: function, parameter: index)
    if let known = context.parameters[key] { return known }
    guard depth < Self.deepest else { return .shared(.unknown("")) }
    guard context.parametersBeingFound.insert(key).inserted else { return .isolated }
    defer { context.parametersBeingFound.remove(key) }
    var found = Sharing.isolated
    if isTuple(parameter: index, of: function) {
      found = .immutable
    } else {
      if let role = context.conventions.role(of: index, in: function) {
        found = role == .container ? .isolated : .shared(.argument(function))
      }
      for edge in context.graph.incoming[Int(function.index)] {
        if found.isCertain { break }
        found = found.worse(passed(index, by: context.graph.edges[edge], depth: depth))
      }
    }
    context.parameters[key] = found
    return found
  }

  private func isTuple(parameter index: Int, of function: FunctionID) -> Bool {
    guard let (unit, model) = package.body(of: function), model.locals.indices.contains(index)
    else { return false }
    return package.units[unit].pointedRecord(model.locals[index].type) == "PyTupleObject"
  }

  private func passed(_ index: Int, by edge: CallEdge, depth: Int) -> Sharing {
    guard context.phases.isConcurrent(edge.caller), let flow = context.flow(of: edge.caller) else {
      return .isolated
    }
    let point = ProgramPoint(block: edge.block, instruction: edge.instruction)
    guard edge.kind != .callback,
      case .call(_, _, let arguments)? = flow.operation(at: point), index < arguments.count
    else { return .shared(.unknown("")) }
    let found = sharing(of: arguments[index], at: point, in: flow, depth: depth + 1)
    guard case .shared(let reason) = found else { return found }
    let lock = Covers.locks(
      on: arguments[index], at: point, in: flow, isOwn: reason.isOwn, context
    ).first
    if let lock { return .locked(isSuspendable: lock.isSuspendable) }
    if case .argument(let entry) = reason { return .shared(.passed(by: entry)) }
    return found
  }

  // MARK: Calls

  private func call(
    _ site: ProgramPoint, _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow,
    depth: Int
  ) -> Sharing {
    guard let (callee, arguments) = flow.call(at: site) else {
      return isAllocation(at: site, in: flow)
        ? fresh(origin, at: point, in: flow, depth: depth) : .shared(.unknown(""))
    }
    let name = package[callee].name
    if package[callee].definition != nil {
      return returned(by: callee, arguments, site, origin, at: point, in: flow, depth: depth)
    }
    if ReferenceEffects.returnsSame(name) || name == "PySequence_Fast", let first = arguments.first
    {
      return sharing(of: first, at: site, in: flow, depth: depth + 1)
    }
    switch made(by: name, arguments, in: flow) {
    case .immutable?: return .immutable
    case .mutable?, .instance?: return fresh(origin, at: point, in: flow, depth: depth)
    case nil: break
    }
    let fact = PythonFacts.shared.function(name)
    if fact?.borrowRisk == .threadPrivate { return .isolated }
    if fact?.borrowedFrom == .tupleItem, let first = arguments.first {
      return item(of: first, name, at: site, in: flow, depth: depth)
    }
    if name.hasPrefix("PyTuple_GetItem") || name == "PyTuple_GET_ITEM", let first = arguments.first
    {
      return item(of: first, name, at: site, in: flow, depth: depth)
    }
    if name.contains("GetAttr") || name.contains("Dict") && name.hasPrefix("PyType_") {
      return .shared(.attribute(of: name))
    }
    if ReferenceEffects.looksUp(name) { return .shared(.item(of: name)) }
    return .shared(.unknown(name))
  }

  /// An item of a tuple: an argument where the tuple holds the arguments.
  private func item(
    of tuple: Operand, _ name: String, at site: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    for origin in flow.origins(of: tuple, at: site) {
      if case .parameter(let index) = origin,
        context.conventions.role(of: index, in: flow.function) == .container
      {
        return .shared(.argument(flow.function))
      }
    }
    return .shared(.item(of: name))
  }

  private func made(
    by name: String, _ arguments: [Operand], in flow: ValueFlow
  ) -> ReferenceEffects.Made? {
    if name == "Py_BuildValue", case .string(let format)? = arguments.first {
      switch package.units[flow.unit][format].first {
      case "[", "{": return .mutable
      default: return .immutable
      }
    }
    if name.hasPrefix("PyObject_Call") || name == "PyObject_Vectorcall",
      case .address(let place)? = arguments.first,
      case .variable(let symbol) = flow.model.places[Int(place.index)].base
    {
      let type = package.units[flow.unit].name(of: symbol)
      let isBuiltin = ["PyList_Type", "PyDict_Type", "PySet_Type", "PyByteArray_Type"]
        .contains(type)
      return isBuiltin ? .mutable : nil
    }
    return ReferenceEffects.made(by: name)
  }

  /// `type->tp_alloc(type, 0)`.
  private func isAllocation(at site: ProgramPoint, in flow: ValueFlow) -> Bool {
    guard case .call(_, .indirect(let pointer), _)? = flow.operation(at: site) else { return false }
    return flow.origins(of: pointer, at: site).contains { origin in
      guard case .load(_, let place) = origin,
        case .field(let name, _)? = flow.model.places[Int(place.index)].path.last
      else { return false }
      return ["tp_alloc", "tp_new"].contains(package.units[flow.unit][name])
    }
  }

  private func returned(
    by callee: FunctionID, _ arguments: [Operand], _ site: ProgramPoint,
    _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    var found = Sharing.isolated
    for reference in context.returns(of: callee, depth: depth + 1) {
      switch reference {
      case .argument(let index):
        guard index < arguments.count else { continue }
        let argument = sharing(of: arguments[index], at: site, in: flow, depth: depth + 1)
        found = found.worse(argument)
      case .made(.immutable): found = found.worse(.immutable)
      case .made: found = found.worse(fresh(origin, at: point, in: flow, depth: depth))
      case .shared: found = found.worse(.shared(.returned(by: callee)))
      case .nothing: break
      case .unknown: found = found.worse(.shared(.unknown(package[callee].name)))
      }
    }
    return found
  }

  private func output(
    _ site: ProgramPoint, _ argument: Int, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    guard let (callee, arguments) = flow.call(at: site) else { return .shared(.unknown("")) }
    let name = package[callee].name
    if package[callee].definition != nil {
      return handedOver(by: callee, argument, arguments, at: site, in: flow, depth: depth)
    }
    if ReferenceEffects.parsesArguments(name) {
      if argument > 0, case .address(let place) = arguments[argument - 1],
        case .variable(let symbol) = flow.model.places[Int(place.index)].base,
        package.units[flow.unit].name(of: symbol) == "PyTuple_Type"
      {
        return .immutable
      }
      return .shared(.argument(flow.function))
    }
    if name == "PyIter_NextItem" { return .shared(.unknown(name)) }
    if PythonFacts.shared.function(name)?.newReferenceArguments.contains(argument) == true
      || ReferenceEffects.looksUp(name)
    {
      return name.contains("Attr") ? .shared(.attribute(of: name)) : .shared(.item(of: name))
    }
    if name == "PyDict_Next" || name == "_PyDict_Next" { return .shared(.item(of: name)) }
    return .shared(.unknown(name))
  }

  /// What a function of the package stores in the variable that its parameter points to.
  private func handedOver(
    by callee: FunctionID, _ parameter: Int, _ arguments: [Operand], at site: ProgramPoint,
    in flow: ValueFlow, depth: Int
  ) -> Sharing {
    guard depth < Self.deepest, let inner = context.flow(of: callee) else {
      return .shared(.unknown(package[callee].name))
    }
    var found: Sharing?
    for (point, operand) in inner.stores(through: parameter) {
      for origin in inner.origins(of: operand, at: point) {
        var value: Sharing
        if case .parameter(let index) = origin, index < arguments.count {
          value = sharing(of: arguments[index], at: site, in: flow, depth: depth + 1)
        } else {
          value = sharing(of: origin, at: point, in: inner, depth: depth + 1)
        }
        if case .shared(.argument(callee)) = value { value = .shared(.returned(by: callee)) }
        found = found?.worse(value) ?? value
      }
    }
    return found ?? .shared(.unknown(package[callee].name))
  }

  // MARK: Memory

  private func load(
    _ id: PlaceID, at site: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    let place = flow.model.places[Int(id.index)]
    let names = package.units[flow.unit]
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
      if !isBehindPointer { return stored(in: place, at: site, of: flow, depth: depth) }
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
    if !isOwn,
      package.isObjectLayout(field.record)
        || context.locks.stateRecords.names.contains(field.record)
    {
      return .shared(.field(record: field.record, name: field.name))
    }
    return stores(to: field, depth: depth)
  }

  /// Who can have the record that a place is a field of, one pointer away.
  private func base(
    of place: Place, at site: ProgramPoint, in flow: ValueFlow, depth: Int
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

  /// Who can have the record that a place is a field of.
  func holder(of place: Place, at site: ProgramPoint, in flow: ValueFlow) -> Sharing {
    base(of: place, at: site, in: flow, depth: 0)
  }

  private func element(
    of array: Operand, at site: ProgramPoint, in flow: ValueFlow
  ) -> Sharing {
    for origin in flow.origins(of: array, at: site) {
      switch origin {
      case .parameter(let index):
        if context.conventions.isArgumentArray(index, in: flow.function) {
          return .shared(.argument(flow.function))
        }
        return .shared(.passed(by: flow.function))
      case .call(let call):
        if let name = flow.name(ofCallAt: call) { return .shared(.item(of: name)) }
      default: break
      }
    }
    return .shared(.unknown(""))
  }

  /// What is stored in a part of a local object or array.
  private func stored(
    in place: Place, at site: ProgramPoint, of flow: ValueFlow, depth: Int
  ) -> Sharing {
    var found: Sharing?
    for (number, block) in flow.model.blocks.enumerated() {
      for (index, instruction) in block.instructions.enumerated() {
        guard case .store(let target, let operand) = instruction.operation,
          flow.model.places[Int(target.index)] == place
        else { continue }
        let point = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index)
        let value = sharing(of: operand, at: point, in: flow, depth: depth + 1)
        found = found?.worse(value) ?? value
      }
    }
    return found ?? .shared(.unknown(""))
  }

  /// What is stored anywhere in a field.
  private func stores(to field: ReferenceContext.FieldKey, depth: Int) -> Sharing {
    let key = field
    guard context.fieldsBeingFound.insert(key).inserted else { return .isolated }
    defer { context.fieldsBeingFound.remove(key) }
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

  // MARK: Publication

  /// Whether an object that the function has made is still its own at a point.
  private func fresh(
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
  private func publication(
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

extension Place.Step {
  var isField: Bool { if case .field = self { true } else { false } }
}

extension SharedReason {
  /// Code outside the package can change the object without the package's locks.
  var isOwn: Bool {
    switch self {
    case .variable, .field: true
    case .argument, .passed, .attribute, .item, .returned, .published, .unknown: false
    }
  }
}
