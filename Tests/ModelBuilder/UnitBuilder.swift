package import ProgramModel

/// Makes the model of a small unit by hand, one line of an imaginary source per thing made.
package final class UnitBuilder {
  package private(set) var unit: UnitModel
  private var names: [String: Name] = ["": .empty]
  private var symbols: [String: SymbolID] = [:]
  private var recordTypes: [String: TypeID] = [:]
  private var line = 0

  package init(_ path: String, isCxx: Bool = false, headers: [String] = []) {
    unit = UnitModel(path: path, isCxx: isCxx)
    let lines = (0..<1000).map { UInt32($0 * 10) }
    unit.files = ([path] + headers).map { SourceFileTable(path: $0, lineStarts: lines) }
    unit.types = [TypeModel(spelling: .empty, kind: .unknown)]
  }

  package func name(_ text: String) -> Name {
    if let known = names[text] { return known }
    let name = Name(unit.names.count)
    unit.names.append(text)
    names[text] = name
    return name
  }

  /// The range of the next line of a file of the unit.
  package func range(file: Int = 0, macro: String = "") -> SourceRange {
    line += 1
    return SourceRange(
      file: Int32(file), start: UInt32(line * 10), end: UInt32(line * 10 + 5), macro: name(macro))
  }

  /// The line of a range, from 1.
  package func line(of range: SourceRange) -> Int { Int(range.start) / 10 + 1 }

  // MARK: Symbols

  package func symbol(
    _ text: String, _ kind: SymbolKind, _ linkage: Linkage = .external, isVirtual: Bool = false,
    file: Int = 0
  ) -> SymbolID {
    let key = linkage == .external ? "c:\(text)" : "c:\(unit.files[file].path)@\(text)"
    if let known = symbols[key] { return known }
    let id = SymbolID(Int32(unit.symbols.count))
    unit.symbols.append(
      Symbol(
        name: name(String(text.split(separator: ":").last ?? "")), qualifiedName: name(text),
        key: name(key), kind: kind, linkage: linkage, isVirtual: isVirtual,
        isForeign: text.hasPrefix("Py") && !text.hasPrefix("PyInit_")))
    symbols[key] = id
    return id
  }

  /// The symbol of a function, declared external unless it was made internal before.
  package func function(_ text: String) -> SymbolID { known(text) ?? symbol(text, .function) }

  /// The symbol of a variable, declared external unless it was made internal before.
  package func variable(_ text: String) -> SymbolID { known(text) ?? symbol(text, .variable) }

  private func known(_ text: String) -> SymbolID? {
    let keys = unit.files.map { "c:\($0.path)@\(text)" } + ["c:\(text)"]
    return keys.lazy.compactMap { self.symbols[$0] }.first
  }

  // MARK: Types

  package func type(record: String, isArray: Bool = false) -> TypeID {
    let key = record + (isArray ? "[]" : "")
    if let known = recordTypes[key] { return known }
    var model = TypeModel(spelling: name(key), kind: .record, record: name(record))
    if isArray {
      model = TypeModel(spelling: name(key), kind: .array, element: type(record: record), count: 4)
    }
    if record.isEmpty { model = TypeModel(spelling: name("int"), kind: .integer) }
    let id = TypeID(Int32(unit.types.count))
    unit.types.append(model)
    recordTypes[key] = id
    return id
  }

  package func record(
    _ text: String, fields: [(String, TypeKind)] = [], bases: [String] = []
  ) {
    let models = fields.map { field, kind in
      let type = TypeID(Int32(unit.types.count))
      unit.types.append(TypeModel(spelling: .empty, kind: kind))
      return FieldModel(name: name(field), type: type, isBitField: false, range: range())
    }
    unit.records.append(
      RecordModel(
        name: name(text), isUnion: false, fields: models, bases: bases.map { name($0) },
        hasDestructor: false,
        range: range()))
  }

  // MARK: Variables

  @discardableResult
  package func defineVariable(
    _ text: String, record: String = "", isArray: Bool = false, _ initializer: Initializer? = nil,
    linkage: Linkage = .internal, isDefinition: Bool = true, file: Int = 0
  ) -> SourceRange {
    let place = range(file: file)
    unit.variables.append(
      VariableModel(
        symbol: symbol(text, .variable, linkage, file: file),
        type: type(record: record, isArray: isArray),
        storage: linkage == .external ? .external : .file, isDefinition: isDefinition,
        isThreadLocal: false, initializer: initializer, range: place, nameRange: place))
    return place
  }

  /// A list of fields by name.
  package func fields(_ fields: [(String, Initializer)], macro: String = "") -> Initializer {
    .list(
      fields.enumerated().map { index, field in
        Initializer.Element(
          field: name(field.0), index: Int32(index), value: field.1, range: range(macro: macro))
      })
  }

  /// A list of array elements.
  package func elements(_ values: [Initializer]) -> Initializer {
    .list(
      values.enumerated().map { index, value in
        Initializer.Element(field: .empty, index: Int32(index), value: value, range: range())
      })
  }

  package func integer(_ value: Int64, _ macro: String = "") -> Initializer {
    .integer(value, macro: name(macro))
  }

  /// A `PyModuleDef_Slot` array; `isBare`: with bare numbers instead of macros.
  @discardableResult
  package func moduleSlots(
    _ text: String, _ slots: [(Int64, Initializer)], isBare: Bool = false
  ) -> SourceRange {
    let entries = (slots + [(0, integer(0))]).map { id, value in
      fields([("slot", integer(id, id == 0 || isBare ? "" : "Py_mod_x")), ("value", value)])
    }
    return defineVariable(text, record: "PyModuleDef_Slot", isArray: true, elements(entries))
  }

  /// A `PyModuleDef`, with the slots of the array named, if any.
  @discardableResult
  package func moduleDefinition(
    _ text: String, slots: String? = nil, linkage: Linkage = .internal
  ) -> SourceRange {
    var given: [(String, Initializer)] = [
      ("m_base", fields([("ob_base", integer(0))], macro: "PyModuleDef_HEAD_INIT")),
      ("m_name", .string(name(text))), ("m_size", integer(0)),
    ]
    if let slots { given.append(("m_slots", .address(variable(slots), path: []))) }
    return defineVariable(text, record: "PyModuleDef", fields(given), linkage: linkage)
  }

  // MARK: Functions

  @discardableResult
  package func defineFunction(
    _ text: String, parameters: Int = 0, linkage: Linkage = .external, isVirtual: Bool = false,
    kind: FunctionModel.Kind = .function, file: Int = 0, macro: String = "",
    _ body: (FunctionBuilder) -> Void = { _ in }
  ) -> SourceRange {
    let place = range(file: file, macro: macro)
    let id = symbol(text, .function, linkage, isVirtual: isVirtual, file: file)
    let builder = FunctionBuilder(self, file: file, parameters: parameters)
    body(builder)
    unit.functions.append(
      FunctionModel(
        symbol: id, kind: kind, linkage: linkage, locals: builder.locals,
        parameterCount: Int32(parameters), places: builder.places, blocks: builder.blocks,
        temporaries: builder.temporaries, range: place, nameRange: place))
    return place
  }

  package func use(macro: String, _ arguments: String) -> SourceRange {
    let place = range()
    unit.macroUses.append(
      MacroUse(name: name(macro), arguments: name(arguments), range: place))
    return place
  }

  package func miss(header: String) { unit.missingHeaders.append(header) }
}

/// Makes the body of one function.
package final class FunctionBuilder {
  private let unit: UnitBuilder
  private let file: Int
  fileprivate var locals: [LocalModel]
  fileprivate var places: [Place] = []
  fileprivate var blocks: [Block] = [Block(terminator: .return(nil))]
  fileprivate var temporaries: Int32 = 0

  fileprivate init(_ unit: UnitBuilder, file: Int, parameters: Int) {
    self.unit = unit
    self.file = file
    locals = (0..<parameters).map {
      LocalModel(
        name: unit.name("p\($0)"), type: .unknown, kind: .parameter, range: .none)
    }
  }

  private func add(_ operation: Operation) {
    blocks[blocks.count - 1].instructions.append(Instruction(operation, unit.range(file: file)))
  }

  private func temporary() -> Int32 {
    temporaries += 1
    return temporaries - 1
  }

  private func place(_ base: Place.Base, _ path: [Place.Step]) -> PlaceID {
    places.append(Place(base: base, path: path, type: .unknown))
    return PlaceID(Int32(places.count - 1))
  }

  package func variable(_ name: String, _ path: [Place.Step] = []) -> PlaceID {
    place(.variable(unit.variable(name)), path)
  }

  package func local(_ index: Int32, _ path: [Place.Step] = []) -> PlaceID {
    place(.local(index), path)
  }

  /// A place behind a temporary; of other operands none.
  package func place(behind operand: Operand, _ path: [Place.Step] = []) -> PlaceID {
    guard case .temporary(let number) = operand else { return place(.unnamed, path) }
    return place(.temporary(number), [.dereference] + path)
  }

  package func field(_ name: String, of record: String) -> Place.Step {
    .field(unit.name(name), record: unit.name(record))
  }

  package func address(_ name: String) -> Operand { .address(variable(name)) }
  package func function(_ name: String) -> Operand { .function(unit.function(name)) }

  /// A new automatic variable.
  package func local(_ name: String) -> Int32 {
    locals.append(
      LocalModel(name: unit.name(name), type: .unknown, kind: .automatic, range: .none))
    return Int32(locals.count - 1)
  }

  @discardableResult
  package func call(_ name: String, _ arguments: Operand...) -> Operand {
    let result = temporary()
    add(.call(result, .direct(unit.function(name)), arguments))
    return .temporary(result)
  }

  @discardableResult
  package func call(_ pointer: Operand, _ arguments: Operand...) -> Operand {
    let result = temporary()
    add(.call(result, .indirect(pointer), arguments))
    return .temporary(result)
  }

  /// A temporary that can be any of some values.
  package func join(_ operands: Operand...) -> Operand {
    let result = temporary()
    for operand in operands { add(.copy(result, operand)) }
    return .temporary(result)
  }

  package func compute(_ kind: Operator, _ operands: Operand...) -> Operand {
    let result = temporary()
    add(.compute(result, kind, operands))
    return .temporary(result)
  }

  package func load(_ place: PlaceID) -> Operand {
    let result = temporary()
    add(.load(result, place))
    return .temporary(result)
  }

  package func store(_ place: PlaceID, _ value: Operand) { add(.store(place, value)) }

  package func `return`(_ value: Operand? = nil) {
    blocks[blocks.count - 1].terminator = .return(value)
  }

  /// Ends the block with a branch around what `body` makes.
  package func when(_ condition: Operand, _ body: () -> Void) {
    let from = blocks.count - 1
    blocks.append(Block())
    body()
    let last = blocks.count - 1
    let join = BlockID(Int32(blocks.count))
    blocks[from].terminator = .branch(
      condition, then: BlockID(Int32(from + 1)), otherwise: join)
    blocks[last].terminator = .jump(join)
    blocks.append(Block(terminator: .return(nil)))
  }

  /// Ends the block with a branch to what `body` makes, which then returns `value`.
  package func whenReturning(_ condition: Operand, _ value: Operand, _ body: () -> Void) {
    when(condition, body)
    blocks[blocks.count - 2].terminator = .return(value)
  }
}
