import ProgramModel
import PythonAPI

/// Says whether what an object does when it is compared, or when its last reference ends, can be
/// Python code.
final class ObjectManners {
  enum Question: Hashable {
    /// A reference to it ends.
    case drop
    /// Its methods are called.
    case methods
  }

  enum Answer: Hashable {
    case harmless
    /// As what the caller passes as this parameter.
    case parameter(Int)
    case arbitrary
  }

  let context: ReferenceContext
  private var fields: [ReferenceContext.FieldKey: Bool] = [:]
  private var variables: [VariableID: Bool] = [:]
  private var stores: [ReferenceContext.FieldKey: [(FunctionID, ProgramPoint, Operand)]]?

  init(_ context: ReferenceContext) { self.context = context }

  /// The worst that an operand can be at a point.
  func answer(
    _ question: Question, _ operand: Operand, at point: ProgramPoint, in flow: ValueFlow,
    depth: Int = 0
  ) -> Answer {
    var found = Answer.harmless
    for origin in flow.origins(of: operand, at: point) {
      switch answer(question, origin, at: point, in: flow, depth: depth) {
      case .harmless: continue
      case .parameter(let index): found = .parameter(index)
      case .arbitrary: return .arbitrary
      }
    }
    return found
  }

  private func answer(
    _ question: Question, _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow,
    depth: Int
  ) -> Answer {
    switch origin {
    case .integer, .address, .other, .unknown: return .harmless
    default: break
    }
    if isBuiltIn(origin, at: point, in: flow) { return .harmless }
    if question == .drop, isTaken(origin, in: flow) { return .harmless }
    guard depth < 4 else { return .harmless }
    switch origin {
    case .parameter(let index):
      if question == .drop, !context.conventions.entryPoints(of: flow.function).isEmpty {
        return .harmless
      }
      return .parameter(index)
    case .call(let site): return result(question, at: site, in: flow, depth: depth)
    case .output(let site, _):
      guard question == .drop else { return .arbitrary }
      return flow.name(ofCallAt: site)?.contains("Pop") == true ? .arbitrary : .harmless
    case .load(_, let place): return load(question, place, in: flow, depth: depth)
    case .integer, .address, .other, .unknown: return .harmless
    }
  }

  /// A test has found an object of a built-in type that has no code of its own.
  private func isBuiltIn(
    _ origin: ValueFlow.Origin, at point: ProgramPoint, in flow: ValueFlow
  ) -> Bool {
    flow.conditions(at: point).contains { condition in
      guard condition.subject == origin, condition.holds, case .type(let type) = condition.test
      else { return condition.subject == origin && condition.holds && condition.test == .equals(0) }
      return Self.plainTypes.contains(type)
    }
  }

  /// The flags are those of 'int', 'bytes' and 'str'.
  private static let plainTypes: Set<String> = [
    "PyUnicode_Type", "PyLong_Type", "PyBytes_Type", "PyFloat_Type", "PyBool_Type",
    "PyComplex_Type", "PyByteArray_Type", "flag 24", "flag 27", "flag 28", "flag 31",
  ]

  /// The function takes a reference of its own first, so that another one is left.
  private func isTaken(_ origin: ValueFlow.Origin, in flow: ValueFlow) -> Bool {
    flow.uses(of: origin).contains { use in
      use.kind == .argument(0)
        && flow.name(ofCallAt: use.point).map(ReferenceEffects.takesReference) ?? false
    }
  }

  private func result(
    _ question: Question, at site: ProgramPoint, in flow: ValueFlow, depth: Int
  ) -> Answer {
    guard let (callee, arguments) = flow.call(at: site) else {
      return question == .drop ? .harmless : .arbitrary
    }
    let name = context.package[callee].name
    if ReferenceEffects.returnsSame(name), let first = arguments.first {
      return question == .drop
        ? .harmless : answer(question, first, at: site, in: flow, depth: depth + 1)
    }
    if let (_, model) = context.package.body(of: callee) {
      guard let inner = context.flow(of: callee) else { return .harmless }
      for (number, block) in model.blocks.enumerated() {
        guard case .return(let operand?) = block.terminator else { continue }
        let end = ProgramPoint(
          block: BlockID(Int32(truncatingIfNeeded: number)), instruction: block.instructions.count)
        switch answer(question, operand, at: end, in: inner, depth: depth + 2) {
        case .harmless: continue
        case .parameter(let index):
          guard question == .methods, index < arguments.count else { continue }
          let passed = answer(question, arguments[index], at: site, in: flow, depth: depth + 2)
          if passed != .harmless { return passed }
        case .arbitrary: return .arbitrary
        }
      }
      return .harmless
    }
    if Self.makesPlain(name) { return .harmless }
    switch question {
    // What is new has no finaliser yet that somebody wrote, and what is borrowed has an owner.
    case .drop:
      guard let fact = PythonFacts.shared.function(name), fact.returns == .new else {
        return .harmless
      }
      return ReferenceEffects.made(by: name) != nil ? .harmless : .arbitrary
    case .methods: return ReferenceEffects.made(by: name) == .instance ? .harmless : .arbitrary
    }
  }

  private static let plainMakers = [
    "PyUnicode_", "_PyUnicode_", "PyLong_From", "PyFloat_From", "PyBytes_", "PyByteArray_",
    "PyBool_From", "PyCapsule_", "PyModule_", "PyErr_", "Py_TYPE", "PyType_", "PyComplex_From",
    "PyNumber_Index", "PyNumber_Long", "PyObject_Str", "PyObject_Repr", "PyObject_Type",
    "PyThreadState_", "PyMemoryView_", "Py_BuildValue", "PyWeakref_New", "PyImport_",
    "PyCFunction_", "PySlice_New",
  ]
  private static func makesPlain(_ name: String) -> Bool {
    plainMakers.contains { name.hasPrefix($0) }
  }

  // MARK: Memory

  /// What memory holds whose reference ends.
  func held(in place: PlaceID, _ flow: ValueFlow) -> Answer {
    load(.drop, place, in: flow, depth: 0)
  }

  private func load(
    _ question: Question, _ id: PlaceID, in flow: ValueFlow, depth: Int
  ) -> Answer {
    let place = flow.model.places[Int(id.index)]
    let types = context.package.units[flow.unit]
    let record = types.pointedRecord(place.type)
    if record == "_typeobject" || Self.plainRecords.contains(record) { return .harmless }
    if case .variable(let symbol) = place.base, place.path.isEmpty,
      let variable = context.package.variable(symbol, in: flow.unit)
    {
      return isPlain(variable, question, depth) ? .harmless : .arbitrary
    }
    guard case .field(let name, let owner)? = place.path.last else {
      return .arbitrary
    }
    let key = ReferenceContext.FieldKey(record: types[owner], name: types[name])
    return isPlain(key, question, depth) ? .harmless : .arbitrary
  }

  private static let plainRecords: Set<String> = [
    "PyUnicodeObject", "PyASCIIObject", "PyBytesObject", "_longobject", "PyLongObject",
    "PyFloatObject", "PyByteArrayObject",
  ]

  /// Whether all that a static is ever set to is harmless.
  private func isPlain(_ variable: VariableID, _ question: Question, _ depth: Int) -> Bool {
    if let known = variables[variable] { return known }
    variables[variable] = true
    let accesses = context.package.accesses(of: variable)
    // Who gets its address can put anything into it.
    var isPlain =
      !context.package[variable].isForeign && accesses.contains { $0.kind.writes }
      || context.package[variable].isForeign
    for access in accesses where access.kind.writes && !access.isThroughPointer && isPlain {
      guard let flow = context.flow(of: access.function) else { continue }
      let point = ProgramPoint(block: access.block, instruction: access.instruction)
      guard case .store(_, let value)? = flow.operation(at: point) else { continue }
      isPlain = answer(question, value, at: point, in: flow, depth: depth + 1) == .harmless
    }
    variables[variable] = isPlain
    return isPlain
  }

  /// Whether all that a field is ever set to is harmless.
  private func isPlain(
    _ field: ReferenceContext.FieldKey, _ question: Question, _ depth: Int
  ) -> Bool {
    if let known = fields[field] { return known }
    fields[field] = true
    let found = allStores()[field] ?? []
    let isPlain =
      !found.isEmpty
      && found.allSatisfy { function, point, value in
        guard let flow = context.flow(of: function) else { return false }
        // What the caller has given and the field now owns can be anything.
        return flow.origins(of: value, at: point).allSatisfy { origin in
          if case .unknown = origin { return false }
          return answer(.methods, origin, at: point, in: flow, depth: depth + 1) == .harmless
        }
      }
    fields[field] = isPlain
    return isPlain
  }

  private func allStores()
    -> [ReferenceContext.FieldKey: [(FunctionID, ProgramPoint, Operand)]]
  {
    if let stores { return stores }
    var found: [ReferenceContext.FieldKey: [(FunctionID, ProgramPoint, Operand)]] = [:]
    let package = context.package
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id) else { continue }
      let names = package.units[unit]
      for (number, block) in model.blocks.enumerated() {
        for (index, instruction) in block.instructions.enumerated() {
          let target: PlaceID
          let value: Operand
          switch instruction.operation {
          case .store(let place, let operand): (target, value) = (place, operand)
          case .call(_, .direct(let symbol), let arguments)
          where ReferenceEffects.replaces(names.name(of: symbol)):
            guard case .address(let place)? = arguments.first else { continue }
            (target, value) = (place, arguments.count > 1 ? arguments[1] : .integer(0))
          default: continue
          }
          guard case .field(let name, let record)? = model.places[Int(target.index)].path.last
          else { continue }
          found[
            ReferenceContext.FieldKey(record: names[record], name: names[name]), default: []
          ].append(
            (
              id,
              ProgramPoint(
                block: BlockID(Int32(truncatingIfNeeded: number)), instruction: index), value
            ))
        }
      }
    }
    stores = found
    return found
  }
}
