internal import ClangKit
internal import ProgramModel

/// Lowers one function body to a control-flow graph.
///
/// The state of the walk: the blocks built so far, the block being filled, and what `break`,
/// `continue`, labels and scope ends mean here. Extensions hold the forms of the languages.
final class FunctionLowering {
  typealias Node = SyntaxTree.Node

  let builder: ModelBuilder
  var tree: SyntaxTree
  var function: FunctionModel
  var current: BlockID
  /// The function that a lambda's captures are looked up in.
  let enclosing: FunctionLowering?

  var localIndex: [UInt: Int32] = [:]
  /// Places of declarations that were referred to, references looked through.
  var declared: [UInt: PlaceID] = [:]
  private var placeIndex: [Place: PlaceID] = [:]
  var jumps: [JumpTarget] = []
  var scopes: [Scope] = [Scope()]
  var labels: [UInt: Label] = [:]
  /// Blocks of labels whose address is taken.
  var addressTaken: [BlockID] = []
  var indirectGotos: [BlockID] = []
  var switches: [SwitchState] = []
  var handlers: [BlockID] = []
  /// How many scopes stood when each handler's 'try' began.
  var handlerDepths: [Int] = []
  /// What the names of structured bindings stand for.
  var bindings: [UInt: PlaceID] = [:]
  /// While positive, unnamed objects of C++ belong to somebody who destroys them.
  var keptTemporaries = 0
  var lambdas: Int32 = 0
  private var scopeCount: Int32 = 0
  var thisLocal: Int32?

  init(
    _ builder: ModelBuilder, tree: SyntaxTree, function: FunctionModel,
    enclosing: FunctionLowering? = nil
  ) {
    self.builder = builder
    self.tree = tree
    self.function = function
    self.enclosing = enclosing
    self.function.blocks = [Block()]
    current = BlockID(0)
  }

  /// Where `break` and `continue` go, and how many scopes they leave.
  struct JumpTarget {
    var breakTo: BlockID
    /// nil for a `switch`.
    var continueTo: BlockID?
    var scopeDepth: Int
  }

  /// Objects that are destroyed when the scope ends.
  struct Scope {
    /// Tells scopes of one depth apart.
    var number: Int32 = 0
    var destroyed: [(local: Int32, destructor: SymbolID)] = []
  }

  struct SwitchState {
    var cases: [SwitchCase] = []
    var otherwise: BlockID?
  }

  /// A label: its block, and the gotos that wait to learn which scopes they leave.
  struct Label {
    var block: BlockID
    /// nil until the label is reached.
    var scopes: [Scope]?
    var waiting: [(block: BlockID, scopes: [Scope], range: SourceRange)] = []
  }

  // MARK: Blocks

  func openScope() {
    scopeCount += 1
    scopes.append(Scope(number: scopeCount))
  }

  func newBlock() -> BlockID {
    let id = BlockID(Int32(function.blocks.count))
    function.blocks.append(Block(handler: handlers.last))
    return id
  }

  func emit(_ operation: Operation, at node: Node) {
    emit(operation, range(node))
  }

  func emit(_ operation: Operation, _ range: SourceRange) {
    function.blocks[Int(current.index)].instructions.append(Instruction(operation, range))
  }

  /// Ends the current block; what follows goes to `next`, or to a block that nothing reaches.
  func end(_ terminator: Terminator, _ range: SourceRange = .none, next: BlockID? = nil) {
    function.blocks[Int(current.index)].terminator = terminator
    function.blocks[Int(current.index)].range = range
    current = next ?? newBlock()
  }

  func range(_ node: Node) -> SourceRange { builder.range(of: tree.cursor(node)) }

  func gap(_ reason: String, at node: Node) {
    function.gaps.append(Gap(reason: builder.name(reason), range: range(node)))
  }

  /// Evaluates a full expression of C++, at whose end its unnamed objects are destroyed.
  func fullExpression<Result>(_ node: Node, _ body: () -> Result) -> Result {
    guard builder.model.isCxx else { return body() }
    openScope()
    let result = body()
    if let scope = scopes.popLast(), !scope.destroyed.isEmpty { destroy(scope, range(node)) }
    return result
  }

  // MARK: Values and places

  func newTemporary() -> Int32 {
    defer { function.temporaries += 1 }
    return function.temporaries
  }

  func place(_ base: Place.Base, _ path: [Place.Step] = [], type: TypeID) -> PlaceID {
    intern(Place(base: base, path: path, type: type))
  }

  func intern(_ place: Place) -> PlaceID {
    if let known = placeIndex[place] { return known }
    let id = PlaceID(Int32(function.places.count))
    function.places.append(place)
    placeIndex[place] = id
    return id
  }

  /// The place that extends another by a step.
  func extend(_ id: PlaceID, _ step: Place.Step, type: TypeID) -> PlaceID {
    var place = function.places[Int(id.index)]
    place.path.append(step)
    place.type = type
    return intern(place)
  }

  func type(of place: PlaceID) -> TypeModel {
    builder.typeModel(function.places[Int(place.index)].type)
  }

  func type(_ node: Node) -> TypeID { builder.type(tree.cursor(node).type) }

  /// The value at a place: a local's own, an array's address, else a load.
  func load(_ id: PlaceID, at node: Node) -> Operand {
    let place = function.places[Int(id.index)]
    let type = builder.model[place.type]
    switch type.kind {
    case .array: return .address(id)
    case .function: return .address(id)
    default: break
    }
    if place.path.isEmpty, case .local(let local) = place.base { return .local(local) }
    let result = newTemporary()
    if type.isAtomic {
      emit(.atomic(result, .load, id, name: builder.name("_Atomic"), []), at: node)
    } else {
      emit(.load(result, id), at: node)
    }
    return .temporary(result)
  }

  func store(_ value: Operand, to id: PlaceID, at node: Node) {
    if type(of: id).isAtomic {
      emit(.atomic(nil, .store, id, name: builder.name("_Atomic"), [value]), at: node)
    } else {
      emit(.store(id, value), at: node)
    }
  }

  /// The place that a pointer value points to.
  func dereference(_ pointer: Operand, type: TypeID) -> PlaceID {
    switch pointer {
    case .address(let place):
      let known = function.places[Int(place.index)]
      // '*&x' is x; '*array' is its first element.
      if builder.model[known.type].kind == .array {
        return extend(place, .index(.integer(0)), type: type)
      }
      return place
    case .local(let local):
      return place(.local(local), [.dereference], type: type)
    case .temporary(let temporary):
      return place(.temporary(temporary), [.dereference], type: type)
    default:
      return place(.unnamed, [.dereference], type: type)
    }
  }

  // MARK: Locals

  @discardableResult
  func addLocal(_ name: Name, type: TypeID, kind: LocalModel.Kind, range: SourceRange) -> Int32 {
    let index = Int32(function.locals.count)
    function.locals.append(LocalModel(name: name, type: type, kind: kind, range: range))
    return index
  }

  /// The local that a declaration became; a lambda finds its captures in the enclosing functions.
  func local(_ declaration: Cursor) -> Int32? {
    if let known = localIndex[declaration.identity] { return known }
    guard let outer = enclosing, outer.knows(declaration) else { return nil }
    let index = addLocal(
      builder.name(declaration.spelling), type: builder.type(declaration.type), kind: .capture,
      range: builder.nameRange(of: declaration))
    localIndex[declaration.identity] = index
    return index
  }

  private func knows(_ declaration: Cursor) -> Bool {
    localIndex[declaration.identity] != nil || enclosing?.knows(declaration) == true
  }

  // MARK: Children

  /// The children that are expressions: references to types and members are left out.
  func expressions(_ node: Node) -> [Node] {
    var found: [Node] = []
    var child = tree.firstChild(node)
    while child >= 0 {
      if tree.kind(child).isExpression { found.append(child) }
      child = tree.next(child)
    }
    return found
  }

  /// The only expression below a wrapper; nil where there are none or several, or where the node is
  /// something else than what stands below.
  func onlyExpression(_ node: Node) -> Node? {
    var found: Node?
    var child = tree.firstChild(node)
    while child >= 0 {
      if tree.kind(child).isExpression {
        if found != nil { return nil }
        found = child
      }
      child = tree.next(child)
    }
    if let part = found, tree.kind(node) == .unexposedExpr, recovery(node, of: part) != nil {
      return nil
    }
    return found
  }

  /// Looks through parentheses and implicit or explicit conversions.
  func peeled(_ node: Node) -> Node {
    var node = node
    while true {
      switch tree.kind(node) {
      case .parenExpr, .unexposedExpr, .cStyleCastExpr, .cxxStaticCastExpr,
        .cxxReinterpretCastExpr, .cxxConstCastExpr, .cxxFunctionalCastExpr, .packExpansionExpr:
        guard let inner = onlyExpression(node) else { return node }
        node = inner
      default: return node
      }
    }
  }

  /// The text at which a node's first token is spelled, as an identifier.
  func firstToken(_ node: Node) -> String {
    let start = tree.cursor(node).spellingStart
    guard let file = start.file else { return "" }
    return builder.identifier(in: file, at: start.offset)
  }

  // MARK: The end

  /// Closes the body and returns the function without blocks that nothing reaches.
  func finish() -> FunctionModel {
    if case .unreachable = function.blocks[Int(current.index)].terminator {
      leaveScopes(downTo: 0, at: function.range)
      end(.return(nil), function.range)
    }
    resolveWaitingGotos()
    for block in indirectGotos {
      if case .indirect(let value, _) = function.blocks[Int(block.index)].terminator {
        function.blocks[Int(block.index)].terminator = .indirect(value, addressTaken)
      }
    }
    function.dropUnreachableBlocks()
    return function
  }
}

extension FunctionModel {
  /// Removes the blocks that no path from the entry reaches and renumbers the rest in order of
  /// first visit, so that a function's text does not depend on how its lowering went about it.
  mutating func dropUnreachableBlocks() {
    var order: [BlockID] = []
    var seen = [Bool](repeating: false, count: blocks.count)
    var stack: [BlockID] = [BlockID(0)]
    while let block = stack.popLast() {
      guard !seen[Int(block.index)] else { continue }
      seen[Int(block.index)] = true
      order.append(block)
      stack.append(contentsOf: blocks[Int(block.index)].successors.reversed())
    }
    var renumbered = [BlockID](repeating: BlockID(-1), count: blocks.count)
    for (index, block) in order.enumerated() {
      renumbered[Int(block.index)] = BlockID(Int32(index))
    }
    func new(_ block: BlockID) -> BlockID { renumbered[Int(block.index)] }
    blocks = order.map { old in
      var block = blocks[Int(old.index)]
      block.handler = block.handler.map(new)
      block.terminator =
        switch block.terminator {
        case .jump(let target): .jump(new(target))
        case .branch(let condition, let then, let otherwise):
          .branch(condition, then: new(then), otherwise: new(otherwise))
        case .switch(let value, let cases, let otherwise):
          .switch(
            value,
            cases.map { SwitchCase(low: $0.low, high: $0.high, target: new($0.target)) },
            otherwise: new(otherwise))
        case .indirect(let value, let targets): .indirect(value, targets.map(new))
        default: block.terminator
        }
      return block
    }
  }
}
