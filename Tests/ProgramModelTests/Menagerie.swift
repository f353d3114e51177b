import ProgramModel

/// Hand-made models that hold every case of every enumeration of the program model.
enum Menagerie {
  static let range = SourceRange(file: 0, start: 3, end: 9, macro: Name(1))

  static let operands: [Operand] = [
    .temporary(7), .local(0), .integer(.min), .integer(.max), .integer(-1), .floating,
    .string(Name(1)), .function(SymbolID(0)), .address(PlaceID(0)), .unknown,
  ]

  static let places: [Place] = [
    Place(base: .local(0), path: [.dereference, .field(Name(1), record: Name(2))], type: .unknown),
    Place(base: .variable(SymbolID(1)), path: [.index(.integer(2))], type: TypeID(1)),
    Place(base: .temporary(3), path: [.dereference], type: TypeID(1)),
    Place(base: .unnamed, path: [], type: TypeID(1)),
  ]

  static let operations: [Operation] =
    [
      .load(0, PlaceID(0)), .store(PlaceID(1), .integer(1)),
      .modify(nil, PlaceID(0), .add, .integer(1), yieldsOld: false),
      .atomic(nil, .fence, PlaceID(3), name: Name(1), []),
      .copy(5, .unknown), .call(nil, .indirect(.local(0)), []),
      .call(4, .direct(SymbolID(0)), operands), .opaque(nil, name: Name(1), operands),
      .opaque(6, name: Name(2), []),
    ]
    + Operator.allCases.flatMap { kind -> [Operation] in
      [.compute(1, kind, operands), .modify(2, PlaceID(1), kind, .local(0), yieldsOld: true)]
    } + AtomicKind.allCases.map { .atomic(3, $0, PlaceID(0), name: Name(1), [.integer(5)]) }

  static let terminators: [Terminator] = [
    .jump(BlockID(1)), .branch(.local(0), then: BlockID(2), otherwise: BlockID(3)),
    .switch(
      .temporary(0), [SwitchCase(low: .min, high: .max, target: BlockID(4))],
      otherwise: BlockID(5)),
    .indirect(.unknown, [BlockID(6), BlockID(7)]), .return(nil), .return(.integer(0)), .throw,
    .unreachable,
  ]

  static let initializers: [Initializer] = [
    .integer(-5, macro: Name(1)), .floating, .string(Name(1)), .function(SymbolID(0)),
    .address(SymbolID(1), path: [Name(1), Name(2)]), .variable(SymbolID(1)),
    .list([
      Initializer.Element(
        field: Name(1), index: 0, value: .list([]), range: range),
      Initializer.Element(field: .empty, index: 3, value: .unknown, range: .none),
    ]),
    .call(SymbolID(0)), .call(nil), .unknown,
  ]

  static let functions: [FunctionModel] = FunctionModel.Kind.allCases.map { kind in
    FunctionModel(
      symbol: SymbolID(0), kind: kind, linkage: kind == .method ? .external : .internal,
      locals: LocalModel.Kind.allCases.map {
        LocalModel(name: Name(2), type: TypeID(1), kind: $0, range: range)
      }, parameterCount: 1, resultType: TypeID(1), isVariadic: kind == .function, places: places,
      blocks: terminators.enumerated().map { index, terminator in
        Block(
          instructions: index == 0 ? operations.map { Instruction($0, range) } : [],
          terminator: terminator, range: range, handler: index == 1 ? BlockID(2) : nil)
      }, temporaries: 9, record: Name(2), enclosing: kind == .lambda ? SymbolID(0) : nil,
      range: range, nameRange: range, gaps: [Gap(reason: Name(1), range: range)])
  }

  static let unit: UnitModel = {
    var unit = UnitModel(path: "src/ä.c", isCxx: true)
    unit.names = ["", "first", "second \u{1F40D}"]
    unit.files = [
      SourceFileTable(path: "src/ä.c", lineStarts: [0, 4, 5, 1 << 30]),
      SourceFileTable(path: "empty.h", lineStarts: [0]),
    ]
    unit.types =
      [TypeModel(spelling: .empty, kind: .unknown)]
      + TypeKind.allCases.map {
        TypeModel(
          spelling: Name(1), kind: $0, isConst: true, isVolatile: $0 == .pointer, isAtomic: true,
          element: $0 == .array ? TypeID(0) : nil, count: 5, record: Name(2))
      }
    unit.records = [
      RecordModel(
        name: Name(1), isUnion: true,
        fields: [FieldModel(name: Name(2), type: TypeID(1), isBitField: true, range: range)],
        bases: [Name(2)], hasDestructor: true, range: range)
    ]
    unit.symbols =
      SymbolKind.allCases.flatMap { kind in
        Linkage.allCases.map { linkage in
          Symbol(
            name: Name(1), qualifiedName: Name(2), key: Name(1), kind: kind, linkage: linkage,
            isVirtual: kind == .function, isForeign: linkage == .external,
            writableArguments: .max - 4)
        }
      }
    unit.variables =
      StorageKind.allCases.map { storage in
        VariableModel(
          symbol: SymbolID(1), type: TypeID(1), storage: storage,
          isDefinition: storage != .external, isThreadLocal: storage == .file,
          function: storage == .functionLocal ? SymbolID(0) : nil, initializer: nil, range: range,
          nameRange: .none)
      }
      + initializers.map {
        VariableModel(
          symbol: SymbolID(1), type: TypeID(1), storage: .file, isDefinition: true,
          isThreadLocal: false, initializer: $0, range: range, nameRange: range)
      }
    unit.functions = functions
    unit.macroUses = [MacroUse(name: Name(1), arguments: Name(2), range: range)]
    unit.missingHeaders = ["a.h", "b.h"]
    unit.diagnostics = [
      DiagnosticModel(message: "m", path: "src/ä.c", line: 1, column: 2),
      DiagnosticModel(message: "n", path: nil, line: 0, column: 0),
    ]
    return unit
  }()

  static var encoded: [UInt8] {
    var writer = BinaryWriter()
    writer.write(unit)
    return writer.bytes
  }
}
