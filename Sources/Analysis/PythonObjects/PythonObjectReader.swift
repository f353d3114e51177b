import ProgramModel

/// Reads Python objects from static initialisers and from assignments.
struct PythonObjectReader {
  private let package: PackageModel
  private var objects = PythonObjects()
  private var beingRead: Set<VariableID> = []
  /// The function whose values were asked for last; assignments come in rows.
  private var lastValues: (function: FunctionID, values: ValueOrigins)?

  static func read(_ package: PackageModel) -> PythonObjects {
    var reader = PythonObjectReader(package: package)
    for id in package.variableIDs { reader.readArray(id) }
    for id in package.variableIDs { reader.readDefinition(id) }
    reader.readRoles()
    return reader.objects
  }

  private init(package: PackageModel) { self.package = package }

  /// Python's name for a record that C knows by a tag.
  static func pythonName(of record: String) -> String {
    switch record {
    case "_typeobject": "PyTypeObject"
    case "_heaptypeobject": "PyHeapTypeObject"
    case "moduledef": "PyModuleDef"
    default: record
    }
  }

  private func record(of variable: VariableID) -> String {
    guard let (unit, model) = package.declaration(of: variable) else { return "" }
    return Self.pythonName(of: package.innermostRecord(of: model.type, in: unit))
  }

  // MARK: Values

  private func value(_ initializer: Initializer, in unit: Int) -> SlotValue {
    switch initializer {
    case .integer(let value, let macro): return .integer(value, macro: package.units[unit][macro])
    case .string(let name): return .string(package.units[unit][name])
    case .function(let symbol):
      return package.function(symbol, in: unit).map { .function($0) } ?? .unknown
    case .address(let symbol, _):
      switch package.entities[unit][Int(symbol.index)] {
      case .function(let id): return .function(id)
      case .variable(let id): return .variable(id)
      }
    case .variable(let symbol):
      return package.variable(symbol, in: unit).flatMap { constant($0) } ?? .unknown
    case .list(let elements):
      // A union is a list of its one member; braces around a scalar are one, too.
      return elements.last.map { value($0.value, in: unit) } ?? .integer(0, macro: "")
    case .floating, .call, .offset, .unknown:
      return .unknown
    }
  }

  /// The value that a variable holds for good: its initialiser, if nobody writes it.
  private func constant(_ variable: VariableID) -> SlotValue? {
    guard let (unit, model) = package.declaration(of: variable),
      let initializer = model.initializer,
      !package.accesses(of: variable).contains(where: { $0.kind.writes && !$0.isThroughPointer })
    else { return nil }
    switch initializer {
    case .integer, .function, .address, .string: return value(initializer, in: unit)
    case .list, .variable, .floating, .call, .offset, .unknown: return nil
    }
  }

  private mutating func origins(
    of operand: Operand, in function: FunctionID, _ body: FunctionModel
  ) -> Set<ValueOrigins.Origin> {
    if let lastValues, lastValues.function == function {
      return lastValues.values.origins(of: operand)
    }
    let values = ValueOrigins(body)
    lastValues = (function, values)
    return values.origins(of: operand)
  }

  // MARK: Slot arrays

  private static func kind(ofRecord record: String) -> SlotArrayKind? {
    switch record {
    case "PyModuleDef_Slot": .module
    case "PyType_Slot": .type
    case "PySlot": .unified
    default: nil
    }
  }

  @discardableResult
  private mutating func readArray(_ id: VariableID) -> SlotArray? {
    if let known = objects.slotArrays[id] { return known }
    guard let kind = Self.kind(ofRecord: record(of: id)), beingRead.insert(id).inserted,
      let (unit, model) = package.declaration(of: id)
    else { return nil }
    defer { beingRead.remove(id) }
    var array = SlotArray(variable: id, kind: kind, slots: [], unread: [], isIncomplete: false)
    if case .list(let elements) = model.initializer {
      fill(&array, with: elements, in: unit)
    } else if model.initializer != nil {
      array.isIncomplete = true
    }
    readAssignments(to: id, &array)
    objects.slotArrays[id] = array
    return array
  }

  private mutating func fill(
    _ array: inout SlotArray, with elements: [Initializer.Element], in unit: Int
  ) {
    var isOver = false
    // Entries that clang did not understand are not there: an array without end is not whole.
    defer { if !isOver { array.isIncomplete = true } }
    for element in elements {
      let slot = slot(element, array.kind, in: unit)
      if isOver {
        array.unread.append(slot)
      } else if slot.id == 0 {
        isOver = true
      } else {
        array.slots.append(slot)
        if slot.name == "Py_mod_slots" || slot.name == "Py_slot_subslots",
          case .variable(let nested) = slot.value, let inner = readArray(nested)
        {
          array.slots += inner.slots
          array.unread += inner.unread
        }
      }
    }
  }

  private func slot(_ element: Initializer.Element, _ kind: SlotArrayKind, in unit: Int)
    -> PythonSlot
  {
    var slot = PythonSlot(
      id: nil, name: nil, macro: "", value: .integer(0, macro: ""), unit: unit,
      range: element.range)
    guard case .list(let fields) = element.value else {
      // An array entry without braces is all zero or not understood.
      if case .integer(0, _) = element.value { slot.id = 0 } else { slot.value = .unknown }
      return slot
    }
    if fields.isEmpty { slot.id = 0 }
    for (position, field) in fields.enumerated() {
      let name = package.units[unit][field.field]
      if name == "slot" || name == "sl_id" || name.isEmpty && position == 0 {
        if case .integer(let id, let macro) = value(field.value, in: unit) {
          slot.id = id
          slot.macro = macro
          slot.name = SlotNames.name(of: id, in: kind)
        }
      } else if name != "sl_flags", name != "sl_reserved",
        !(kind == .unified && name.isEmpty && position < 3)
      {
        slot.value = value(field.value, in: unit)
      }
    }
    // Without a first field a designated entry has number 0.
    if !fields.contains(where: { $0.index == 0 }), slot.id == nil { slot.id = 0 }
    return slot
  }

  /// `slots[2].value = f;` and the like, with constant subscripts.
  private mutating func readAssignments(to id: VariableID, _ array: inout SlotArray) {
    var ids: [Int64: Int64] = [:]
    var values: [Int64: (SlotValue, Int, SourceRange)] = [:]
    for access in package.accesses(of: id) where access.kind.writes && !access.isThroughPointer {
      guard let (unit, body) = package.body(of: access.function) else { continue }
      let place = body.places[Int(access.place.index)]
      guard place.path.count == 2, case .index(.integer(let index)) = place.path[0],
        case .field(let field, _) = place.path[1],
        case .store(_, let operand) =
          body.blocks[Int(access.block.index)].instructions[access.instruction].operation
      else {
        array.isIncomplete = true
        continue
      }
      let found = origins(of: operand, in: access.function, body)
      let value = found.count == 1 ? found.first.map { self.value($0, body, unit) } : nil
      switch package.units[unit][field] {
      case "slot", "sl_id": ids[index] = value?.integer
      case "value", "pfunc", "sl_ptr", "sl_func":
        values[index] = (value ?? .unknown, unit, access.range)
      default: break
      }
    }
    for (index, (value, unit, range)) in values.sorted(by: { $0.key < $1.key }) {
      if let id = ids[index] {
        array.slots.append(
          PythonSlot(
            id: id, name: SlotNames.name(of: id, in: array.kind), macro: "", value: value,
            unit: unit, range: range))
      } else if index >= 0, index < array.slots.count {
        array.slots[Int(index)].value = value
      } else {
        array.isIncomplete = true
      }
    }
  }

  private func value(_ origin: ValueOrigins.Origin, _ body: FunctionModel, _ unit: Int)
    -> SlotValue
  {
    switch origin {
    case .function(let symbol):
      return package.function(symbol, in: unit).map { .function($0) } ?? .unknown
    case .integer(let value): return .integer(value, macro: "")
    case .address(let place):
      guard case .variable(let symbol) = body.places[Int(place.index)].base,
        let id = package.variable(symbol, in: unit)
      else { return .unknown }
      return .variable(id)
    case .string, .parameter, .load, .call, .unknown: return .unknown
    }
  }

  // MARK: Module definitions

  private mutating func readDefinition(_ id: VariableID) {
    guard record(of: id) == "PyModuleDef", let (unit, model) = package.declaration(of: id) else {
      return
    }
    var definition = ModuleDefinition(
      variable: id, name: nil, slots: nil, hasUnknownSlots: false, size: nil,
      position: package[id].position)
    if case .list(let fields) = model.initializer {
      for field in fields {
        switch package.units[unit][field.field] {
        case "m_name":
          if case .string(let name) = value(field.value, in: unit) { definition.name = name }
        case "m_size": definition.size = value(field.value, in: unit).integer
        case "m_slots": setSlots(field.value, in: unit, of: &definition)
        default: break
        }
      }
    } else if model.initializer != nil {
      definition.hasUnknownSlots = true
    }
    for access in package.accesses(of: id) where access.kind.writes && !access.isThroughPointer {
      guard let (unit, body) = package.body(of: access.function) else { continue }
      let place = body.places[Int(access.place.index)]
      guard case .field(let field, _) = place.path.last,
        package.units[unit][field] == "m_slots",
        case .store(_, let operand) =
          body.blocks[Int(access.block.index)].instructions[access.instruction].operation
      else { continue }
      let values = origins(of: operand, in: access.function, body).map { value($0, body, unit) }
      if values.count == 1, case .variable(let array) = values[0], let slots = readArray(array) {
        definition.slots = slots
      } else if values != [.integer(0, macro: "")] {
        definition.hasUnknownSlots = true
      }
    }
    objects.definitions[id] = definition
  }

  private mutating func setSlots(
    _ initializer: Initializer, in unit: Int, of definition: inout ModuleDefinition
  ) {
    if case .list(let elements) = initializer, !elements.isEmpty {
      // A compound literal in place of an array's name.
      var array = SlotArray(
        variable: nil, kind: .module, slots: [], unread: [], isIncomplete: false)
      fill(&array, with: elements, in: unit)
      definition.slots = array
      return
    }
    switch value(initializer, in: unit) {
    case .variable(let id):
      definition.slots = readArray(id)
      definition.hasUnknownSlots = definition.slots == nil
    case .integer(0, _): break
    default: definition.hasUnknownSlots = true
    }
  }

  // MARK: Roles

  private mutating func readRoles() {
    for reference in package.staticReferences {
      guard case .function(let function) = reference.target,
        let kind = Self.role(ofField: reference.field, record: reference.record)
      else { continue }
      objects.roles.append(
        FunctionRole(
          function: function, kind: kind, holder: reference.holder, unit: reference.unit,
          range: reference.range))
    }
    for use in package.functionUses {
      guard case .stored(let id) = use.context, let (unit, body) = package.body(of: use.function)
      else { continue }
      let place = body.places[Int(id.index)]
      guard case .field(let field, let record) = place.path.last,
        let kind = Self.role(
          ofField: package.units[unit][field], record: package.units[unit][record])
      else { continue }
      var holder: VariableID?
      if case .variable(let symbol) = place.base { holder = package.variable(symbol, in: unit) }
      objects.roles.append(
        FunctionRole(
          function: use.target, kind: kind, holder: holder, unit: use.unit, range: use.range))
    }
    for (variable, array) in objects.slotArrays.sorted(by: { $0.key < $1.key }) {
      for slot in array.slots {
        guard case .function(let function) = slot.value, let name = slot.name?.dropFirst(3) else {
          continue
        }
        objects.roles.append(
          FunctionRole(
            function: function,
            kind: name.hasPrefix("mod_") ? .moduleSlot(String(name)) : .typeSlot(String(name)),
            holder: variable, unit: slot.unit, range: slot.range))
      }
    }
    for definition in objects.definitions.values.sorted(by: { $0.variable < $1.variable }) {
      guard let array = definition.slots, array.variable == nil else { continue }
      for slot in array.slots {
        guard case .function(let function) = slot.value, let name = slot.name?.dropFirst(3) else {
          continue
        }
        objects.roles.append(
          FunctionRole(
            function: function, kind: .moduleSlot(String(name)), holder: definition.variable,
            unit: slot.unit, range: slot.range))
      }
    }
    objects.staticTypes = package.variableIDs.filter { record(of: $0) == "PyTypeObject" }
  }

  /// The role that a function has in a field of a record; an empty record is one not known.
  static func role(ofField field: String, record: String) -> FunctionRole.Kind? {
    switch pythonName(of: record) {
    case "PyMethodDef": return field == "ml_meth" ? .method : nil
    case "PyGetSetDef": return field == "get" ? .getter : field == "set" ? .setter : nil
    case "PyModuleDef": return .moduleSlot(field)
    case "PyModuleDef_Slot", "PyType_Slot", "PySlot": return nil
    case "PyTypeObject", "PyHeapTypeObject", "PyNumberMethods", "PySequenceMethods",
      "PyMappingMethods", "PyAsyncMethods", "PyBufferProcs", "":
      if field == "ml_meth" { return .method }
      let prefixes = ["tp_", "nb_", "sq_", "mp_", "am_", "bf_"]
      return prefixes.contains { field.hasPrefix($0) } ? .typeSlot(field) : nil
    default: return nil
    }
  }
}
