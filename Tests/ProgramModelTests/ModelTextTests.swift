import ProgramModel
import Testing

/// Each form of the text that 'dump-ir' prints.
@Suite struct ModelTextTests {
  private let unit: UnitModel = {
    var unit = UnitModel(path: "a.c", isCxx: false)
    unit.names = ["", "x", "S", "field", "space::call", "MACRO", "gap"]
    unit.files = [SourceFileTable(path: "a.c", lineStarts: [0, 10])]
    unit.types = [
      TypeModel(spelling: .empty, kind: .unknown), TypeModel(spelling: Name(2), kind: .record),
    ]
    unit.symbols = [
      Symbol(
        name: Name(1), qualifiedName: Name(4), key: Name(1), kind: .function, linkage: .external)
    ]
    return unit
  }()

  private func function(_ build: (inout FunctionModel) -> Void = { _ in }) -> FunctionModel {
    let place = SourceRange(file: 0, start: 12, end: 13)
    var function = FunctionModel(
      symbol: SymbolID(0), kind: .function, linkage: .external,
      locals: [
        LocalModel(name: Name(1), type: .unknown, kind: .parameter, range: place),
        LocalModel(name: Name(3), type: .unknown, kind: .automatic, range: place),
        LocalModel(name: .empty, type: .unknown, kind: .automatic, range: place),
      ], parameterCount: 1, range: place, nameRange: place)
    function.places = [
      Place(base: .local(0), path: [], type: .unknown),
      Place(
        base: .local(0),
        path: [
          .dereference, .field(Name(3), record: Name(2)), .dereference, .dereference,
          .index(.local(1)),
        ], type: .unknown),
      Place(base: .variable(SymbolID(0)), path: [.field(Name(3), record: Name(2))], type: .unknown),
      Place(base: .temporary(4), path: [.dereference], type: .unknown),
      Place(base: .unnamed, path: [], type: .unknown),
      Place(base: .local(2), path: [], type: .unknown),
    ]
    build(&function)
    return function
  }

  @Test(arguments: [
    (0, "x"), (1, "(*x->field)[field]"), (2, "@x.field"), (3, "*%4"), (4, "unnamed"), (5, "$2"),
  ])
  func places(index: Int, expected: String) {
    let function = function()
    #expect(ModelText(unit).text(of: function.places[index], in: function) == expected)
  }

  @Test(arguments: [
    (Operand.temporary(3), "%3"), (.local(0), "x"), (.integer(-7), "-7"), (.floating, "float"),
    (.string(Name(1)), "x"), (.function(SymbolID(0)), "@x"), (.address(PlaceID(2)), "&@x.field"),
    (.unknown, "unknown"),
  ])
  func operands(operand: Operand, expected: String) {
    #expect(ModelText(unit).text(of: operand, in: function()) == expected)
  }

  @Test(arguments: [
    (Operation.load(1, PlaceID(2)), "%1 = load @x.field"),
    (.store(PlaceID(0), .integer(1)), "store x = 1"),
    (.modify(nil, PlaceID(0), .add, .local(1), yieldsOld: false), "modify x add field"),
    (
      .modify(2, PlaceID(0), .subtract, .integer(1), yieldsOld: true),
      "%2 = modify x subtract 1 yielding old"
    ),
    (.atomic(nil, .fence, PlaceID(4), name: Name(5), []), "atomic fence unnamed by MACRO"),
    (
      .atomic(1, .exchange, PlaceID(0), name: Name(5), [.integer(1), .local(0)]),
      "%1 = atomic exchange x (1, x) by MACRO"
    ),
    (.compute(0, .shiftLeft, [.local(0), .integer(2)]), "%0 = shiftLeft x, 2"),
    (.copy(0, .floating), "%0 = float"),
    (.call(nil, .direct(SymbolID(0)), []), "call space::call()"),
    (.call(0, .indirect(.temporary(2)), [.local(0)]), "%0 = call *%2(x)"),
    (.opaque(nil, name: Name(6), [.address(PlaceID(0))]), "opaque gap (&x)"),
  ])
  func operations(operation: Operation, expected: String) {
    #expect(ModelText(unit).text(of: operation, in: function()) == expected)
  }

  @Test(arguments: [
    (Terminator.jump(BlockID(2)), "jump b2"),
    (.branch(.local(0), then: BlockID(1), otherwise: BlockID(2)), "branch x, b1, b2"),
    (
      .switch(
        .local(0),
        [
          SwitchCase(low: 1, high: 1, target: BlockID(1)),
          SwitchCase(low: 2, high: 5, target: BlockID(2)),
        ], otherwise: BlockID(3)), "switch x [1: b1, 2...5: b2], b3"
    ),
    (.indirect(.local(0), [BlockID(1), BlockID(2)]), "goto *x [b1, b2]"),
    (.return(nil), "return"), (.return(.integer(0)), "return 0"), (.throw, "throw"),
    (.unreachable, "unreachable"),
  ])
  func terminators(terminator: Terminator, expected: String) {
    #expect(ModelText(unit).text(of: terminator, in: function()) == expected)
  }

  @Test func wholeFunctionWithLocations() {
    let place = SourceRange(file: 0, start: 12, end: 13, macro: Name(5))
    let function = function {
      $0.linkage = .internal
      $0.isVariadic = true
      $0.gaps = [Gap(reason: Name(6), range: SourceRange(file: 0, start: 2, end: 3))]
      $0.blocks = [
        Block(
          instructions: [
            Instruction(.copy(0, .integer(1)), place), Instruction(.copy(1, .integer(2)), .none),
          ],
          terminator: .return(nil), handler: BlockID(0))
      ]
    }
    #expect(
      ModelText(unit, showsLocations: true).text(of: function) == """
        static function space::call(x, ...)
          not understood: gap  ; 1:3
          b0: handler b0
            %0 = 1  ; 2:3 in MACRO
            %1 = 2
            return

        """)
  }

  @Test func shadowedNamesAreNumbered() {
    let function = function { $0.locals[1].name = Name(1) }
    #expect(ModelText(unit).text(of: Operand.local(0), in: function) == "x$0")
    #expect(ModelText(unit).text(of: Operand.local(1), in: function) == "x$1")
  }

  @Test func functionsByBareOrQualifiedName() {
    var unit = unit
    unit.functions = [function { $0.blocks = [Block(terminator: .return(nil))] }]
    let text = ModelText(unit)
    #expect(text.text(function: "x") == text.text(function: "space::call"))
    #expect(text.text(function: "x").hasPrefix("function space::call(x)\n  b0:\n"))
    #expect(text.text(function: "y") == "")
  }
}
