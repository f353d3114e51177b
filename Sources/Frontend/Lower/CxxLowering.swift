internal import ClangKit
internal import ProgramModel

// New, delete and lambdas.
extension FunctionLowering {
  func newExpression(_ node: Node) -> Operand {
    let result = newTemporary()
    let type = builder.typeModel(type(node)).element ?? .unknown
    let parts = expressions(node)
    // Where the object is put, if it gets no memory of its own.
    let placement = parts.firstIndex { isPlacement($0, type) }
    let place = placement.map { value(parts[$0]) }
    emit(
      .call(result, .direct(builder.impliedFunction("operator new")), place.map { [$0] } ?? []),
      at: node)
    let object = Operand.temporary(result)
    for (index, part) in parts.enumerated() where index != placement {
      let inner = peeledToCall(part)
      if tree.kind(inner) == .callExpr, let constructor = tree.cursor(inner).referenced,
        constructor.kind == .constructor
      {
        construct(at: dereference(object, type: type), constructor, expressions(inner), inner)
      } else if tree.kind(inner) == .initListExpr {
        initialise(dereference(object, type: type), with: inner)
      } else {
        // An initial value, an array's length or a placement: evaluated, and stored if it fits.
        let value = value(part)
        if self.type(part) == type { store(value, to: dereference(object, type: type), at: part) }
      }
    }
    return object
  }

  /// Whether a part of `new` is the address at which an object of a type is made.
  private func isPlacement(_ part: Node, _ type: TypeID) -> Bool {
    let inner = peeledToCall(part)
    if tree.kind(inner) == .callExpr, tree.cursor(inner).referenced?.kind == .constructor {
      return false
    }
    return tree.kind(inner) != .initListExpr && self.type(part) != type
      && builder.typeModel(self.type(part)).kind == .pointer
  }

  func deleteExpression(_ node: Node) -> Operand {
    guard let part = expressions(node).first else { return .unknown }
    let pointer = value(part)
    if let pointee = builder.typeModel(type(part)).element,
      let record = tree.cursor(part).type.canonical.pointee.canonical.declaration,
      builder.typeModel(pointee).kind == .record,
      case .calls(let destructor) = builder.destructor(of: record)
    {
      emit(.call(nil, .direct(destructor), [pointer]), at: node)
    }
    emit(.call(nil, .direct(builder.impliedFunction("operator delete")), [pointer]), at: node)
    return .unknown
  }

  func peeledToCall(_ node: Node) -> Node {
    var node = node
    while tree.kind(node) == .unexposedExpr || tree.kind(node) == .parenExpr
      || tree.kind(node) == .cxxFunctionalCastExpr || tree.kind(node) == .cStyleCastExpr,
      let inner = onlyExpression(node)
    {
      node = inner
    }
    return node
  }

  /// A lambda is a function of its own; its captures are locals of kind `capture`.
  func lambda(_ node: Node) -> Operand {
    let outer = builder.model[function.symbol]
    let spelling = "\(builder.model[outer.name])::lambda\(lambdas)"
    lambdas += 1
    let key = "\(builder.model[outer.key])::\(spelling)"
    let qualified = "\(builder.model[outer.qualifiedName])::lambda\(lambdas - 1)"
    let symbol = builder.symbol(
      key: key,
      Symbol(
        name: builder.name(spelling), qualifiedName: builder.name(qualified),
        key: builder.name(key), kind: .function, linkage: .internal))
    let range = range(node)
    let inner = FunctionLowering(
      builder, tree: tree,
      function: FunctionModel(
        symbol: symbol, kind: .lambda, linkage: .internal, enclosing: function.symbol,
        range: range, nameRange: range), enclosing: self)
    inner.thisLocal = nil
    if let record = tree.cursor(node).type.canonical.declaration {
      builder.lambdas[record.identity] = symbol
    }
    let parts = tree.children(node)
    capture(parts, into: inner, at: node)
    for part in parts where tree.kind(part) == .parmDecl { inner.parameter(tree.cursor(part)) }
    if thisLocal != nil, let this = thisLocal {
      let model = function.locals[Int(this)]
      inner.thisLocal = inner.addLocal(
        model.name, type: model.type, kind: .capture, range: model.range)
    }
    let explicit = Set(inner.localIndex.keys)
    if let body = parts.last(where: { tree.kind($0) == .compoundStmt }) { inner.compound(body) }
    captureByDefault(explicit, of: inner, at: node)
    builder.model.functions.append(inner.finish())
    return .function(symbol)
  }

  /// What a lambda takes with it: copies are read, references let it read and write.
  private func capture(_ parts: [Node], into inner: FunctionLowering, at node: Node) {
    var taken: [Operand] = []
    var variable: Cursor?
    // A capture without an initialiser is one by reference.
    func finishReference() {
      if let captured = variable, let known = local(captured) {
        let variable = place(.local(known), type: builder.type(captured.type))
        taken.append(.address(throughReference(variable)))
      }
      variable = nil
    }
    for part in parts {
      let kind = tree.kind(part)
      if kind == .variableRef {
        finishReference()
        variable = tree.cursor(part).referenced
      } else if kind.isExpression, let captured = variable {
        variable = nil
        taken.append(kind == .declRefExpr ? addressOrValue(part) : value(part))
        // '[a = 1]' declares a variable of the lambda's.
        if local(captured) == nil {
          inner.localIndex[captured.identity] = inner.addLocal(
            builder.name(captured.spelling), type: builder.type(captured.type), kind: .capture,
            range: builder.nameRange(of: captured))
        }
      }
    }
    finishReference()
    if !taken.isEmpty { emit(.opaque(nil, name: builder.name("capture"), taken), at: node) }
  }

  /// What `[&]` and `[=]` take: the variables that the body found outside.
  private func captureByDefault(
    _ explicit: Set<UInt>, of inner: FunctionLowering, at node: Node
  ) {
    let found = inner.localIndex.filter { entry in
      !explicit.contains(entry.key)
        && inner.function.locals[Int(entry.value)].kind == .capture
        && localIndex[entry.key] != nil
    }.sorted { $0.value < $1.value }
    guard !found.isEmpty else { return }
    let extent = tree.cursor(node).extent
    let text = extent.file.map(builder.text) ?? []
    let byCopy = extent.start + 1 < text.count && text[extent.start + 1] == UInt8(ascii: "=")
    let taken = found.compactMap { entry -> Operand? in
      guard let local = localIndex[entry.key] else { return nil }
      let place = place(.local(local), type: function.locals[Int(local)].type)
      return byCopy ? load(throughReference(place), at: node) : .address(throughReference(place))
    }
    emit(.opaque(nil, name: builder.name("capture"), taken), at: node)
  }

  func parameter(_ cursor: Cursor) {
    let index = addLocal(
      builder.name(cursor.spelling), type: builder.type(cursor.type), kind: .parameter,
      range: builder.nameRange(of: cursor))
    localIndex[cursor.identity] = index
    function.parameterCount = Int32(function.locals.count)
  }
}
