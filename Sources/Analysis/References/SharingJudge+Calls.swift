import ProgramModel
import PythonAPI

extension SharingJudge {
  func call(
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
    if name == "PySequence_Fast", let first = arguments.first,
      isNoList(first, at: site, in: flow)
    {
      return fresh(origin, at: point, in: flow, depth: depth)
    }
    if ReferenceEffects.returnsSame(name) || name == "PySequence_Fast", let first = arguments.first
    {
      return sharing(of: first, at: site, in: flow, depth: depth + 1)
    }
    switch made(by: name, arguments, in: flow) {
    case .immutable? where !isForWriting: return .immutable
    case .immutable?, .mutable?, .instance?: return fresh(origin, at: point, in: flow, depth: depth)
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
    if let attribute = attribute(name, arguments, at: site, in: flow) { return .shared(attribute) }
    if Self.namespaces.contains(name) { return .shared(.attribute(of: name)) }
    if ReferenceEffects.looksUp(name) { return .shared(.item(of: name)) }
    return .shared(.unknown(name))
  }

  /// What hardly any program changes at run time, though all threads could.
  private static let namespaces: Set<String> = [
    "PySys_GetObject", "PyImport_GetModuleDict", "PyEval_GetGlobals", "PyEval_GetBuiltins",
    "PySys_GetXOptions", "PyEval_GetFrameGlobals", "PyEval_GetFrameBuiltins",
  ]

  /// Whether an object has been found to be no list: then 'PySequence_Fast' makes a new one.
  func isNoList(
    _ operand: Operand, at site: ProgramPoint, in flow: ValueFlow
  ) -> Bool {
    let conditions = flow.conditions(at: site)
    let origins = flow.origins(of: operand, at: site)
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        if case .output(let parser, let argument) = origin,
          let type = flow.parsedType(argument, ofCallAt: parser),
          ["PyDict_Type", "PySet_Type", "PyUnicode_Type", "PyBytes_Type"].contains(type)
        {
          return true
        }
        return conditions.contains {
          // Py_TPFLAGS_LIST_SUBCLASS is the flag 25.
          $0.subject == origin && !$0.holds
            && [.type("PyList_Type"), .type("flag 25")].contains($0.test)
        }
      }
  }

  /// An item of a tuple: an argument where the tuple holds the arguments.
  func item(
    of tuple: Operand, _ name: String, at site: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    for origin in flow.origins(of: tuple, at: site) {
      if case .parameter(let index) = origin,
        context.conventions.role(of: index, in: flow.function) == .container
      {
        return .shared(.argument(flow.function))
      }
    }
    switch sharing(of: tuple, at: site, in: flow, depth: depth + 1) {
    case .shared(.unknown(let source)): return .shared(.unknown(source.isEmpty ? name : source))
    // What is in a tuple that the package keeps may well be nobody else's.
    case .shared(.field), .shared(.variable), .shared(.attribute): return .shared(.unknown(name))
    default: return .shared(.item(of: name))
    }
  }

  /// The attribute that a function looks up, by how likely others change what it holds.
  func attribute(
    _ name: String, _ arguments: [Operand], at site: ProgramPoint, in flow: ValueFlow
  ) -> SharedReason? {
    if name.hasSuffix("GenericGetDict") || name.contains("GetDictPtr") {
      return .instanceDict(of: name)
    }
    if name.hasPrefix("PyType_"), name.contains("Dict") { return .attribute(of: name) }
    if name.hasPrefix("PyInterpreterState_") { return .attribute(of: name) }
    guard name.contains("Attr") else { return nil }
    let isDict = arguments.dropFirst().prefix(1).contains { argument in
      switch argument {
      case .string(let text): package.units[flow.unit][text] == "\"__dict__\""
      default: OwnerNames(flow: flow).names(of: argument, at: site).name.contains("__dict__")
      }
    }
    return isDict ? .instanceDict(of: name) : .attribute(of: name)
  }

  func made(
    by name: String, _ arguments: [Operand], in flow: ValueFlow
  ) -> ReferenceEffects.Made? {
    if name == "Py_BuildValue", case .string(let format)? = arguments.first {
      switch package.units[flow.unit][format].dropFirst().first {
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
      if isBuiltin { return .mutable }
      // Calling one of the package's own types makes an instance.
      let variable = package.variable(symbol, in: flow.unit)
      let isOwnType = variable.map { package[$0].definition != nil } ?? false
      return isOwnType ? .instance : nil
    }
    return ReferenceEffects.made(by: name)
  }

  /// `type->tp_alloc(type, 0)`.
  func isAllocation(at site: ProgramPoint, in flow: ValueFlow) -> Bool {
    guard case .call(_, .indirect(let pointer), _)? = flow.operation(at: site) else { return false }
    return flow.origins(of: pointer, at: site).contains { origin in
      guard case .load(_, let place) = origin,
        case .field(let name, _)? = flow.model.places[Int(place.index)].path.last
      else { return false }
      return ["tp_alloc", "tp_new"].contains(package.units[flow.unit][name])
    }
  }

  func returned(
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
      case .made(.immutable) where !isForWriting: found = found.worse(.immutable)
      case .made: found = found.worse(fresh(origin, at: point, in: flow, depth: depth))
      case .shared(let reason):
        // What is uncertain stays so, however many functions hand it on.
        let isCertain = Sharing.shared(reason).isCertain
        found = found.worse(.shared(isCertain ? .returned(by: callee) : reason))
      case .nothing: break
      case .unknown: found = found.worse(.shared(.unknown(package[callee].name)))
      }
    }
    return found
  }

  func output(
    _ site: ProgramPoint, _ argument: Int, in flow: ValueFlow, depth: Int
  ) -> Sharing {
    guard let (callee, arguments) = flow.call(at: site) else { return .shared(.unknown("")) }
    let name = package[callee].name
    if package[callee].definition != nil {
      return handedOver(by: callee, argument, arguments, at: site, in: flow, depth: depth)
    }
    if ReferenceEffects.parsesArguments(name) {
      if flow.parsedType(argument, ofCallAt: site) == "PyTuple_Type" { return .immutable }
      return .shared(.argument(flow.function))
    }
    if name == "PyIter_NextItem" { return .shared(.unknown(name)) }
    if PythonFacts.shared.function(name)?.newReferenceArguments.contains(argument) == true
      || ReferenceEffects.looksUp(name)
    {
      return .shared(attribute(name, arguments, at: site, in: flow) ?? .item(of: name))
    }
    if name == "PyDict_Next" || name == "_PyDict_Next" { return .shared(.item(of: name)) }
    return .shared(.unknown(name))
  }

  /// What a function of the package stores in the variable that its parameter points to.
  func handedOver(
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
}
