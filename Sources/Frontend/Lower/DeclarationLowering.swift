internal import ClangKit
internal import ProgramModel

// Declarations inside functions.
extension FunctionLowering {
  func declaration(_ node: Node) {
    switch tree.kind(node) {
    case .varDecl: variable(node)
    case .structDecl, .unionDecl, .classDecl: builder.lowerRecord(tree.cursor(node))
    case .unexposedDecl:
      structuredBinding(node)
    case .functionDecl, .typedefDecl, .typeAliasDecl, .enumDecl, .usingDirective,
      .usingDeclaration, .staticAssert, .parmDecl:
      break
    case let kind where kind.isReference || kind.isAttribute: break
    default: break
    }
  }

  private func variable(_ node: Node) {
    let cursor = tree.cursor(node)
    if cursor.hasGlobalStorage {
      return staticLocal(node, cursor)
    }
    let type = builder.type(cursor.type)
    let local = addLocal(
      builder.name(cursor.spelling), type: type, kind: .automatic,
      range: builder.nameRange(of: cursor))
    localIndex[cursor.identity] = local
    let place = place(.local(local), type: type)
    if let initializer = initializerNode(node, cursor) {
      let name = builder.nameRange(of: cursor)
      if builder.typeModel(type).kind == .reference {
        // What the reference is bound to lives as long as it.
        initialise(place, with: initializer, at: name)
      } else {
        fullExpression(initializer) { initialise(place, with: initializer, at: name) }
      }
    } else if cursor.type.canonical.kind == .variableArray {
      expressions(node).forEach(effect)
    }
    scheduleDestruction(of: local, cursor, node)
  }

  /// `auto [a, b] = pair;`: an unnamed object, and names for its parts.
  private func structuredBinding(_ node: Node) {
    let names = tree.children(node).filter { tree.kind($0) == .unexposedDecl }
    guard !names.isEmpty else {
      return tree.children(node).forEach { child in
        if tree.kind(child).isDeclaration {
          declaration(child)
        } else if tree.kind(child).isExpression {
          effect(child)
        }
      }
    }
    let cursor = tree.cursor(node)
    let type = builder.type(cursor.type)
    let local = addLocal(.empty, type: type, kind: .automatic, range: range(node))
    let whole = place(.local(local), type: type)
    if let initializer = expressions(node).last {
      initialise(whole, with: initializer, at: builder.nameRange(of: cursor))
    }
    scheduleDestruction(of: local, cursor, node)
    bind(names, to: whole, cursor)
  }

  /// Lets the names of a structured binding stand for the parts of an object.
  func bind(_ names: [Node], to whole: PlaceID, _ cursor: Cursor) {
    let object = throughReference(whole)
    let written = cursor.type.canonical
    let referee = written.pointee
    let bound = (referee.kind == .invalid ? written : referee).canonical
    let fields =
      bound.kind.modelKind == .record
      ? bound.declaration.map { builder.fields(of: $0).filter { !$0.isUnnamedBitField } } ?? [] : []
    for (index, name) in names.enumerated() {
      let binding = tree.cursor(name)
      let type = builder.type(binding.type)
      if bound.kind.modelKind == .array {
        bindings[binding.identity] = extend(object, .index(.integer(Int64(index))), type: type)
      } else if fields.count == names.count, let record = bound.declaration {
        bindings[binding.identity] = extend(
          object, .field(fields[index].name, record: builder.ownerName(record)), type: type)
      } else {
        // A tuple's parts are found by calls that libclang does not show.
        let part = newTemporary()
        emit(.opaque(part, name: builder.name("structured binding"), [.address(object)]), at: name)
        bindings[binding.identity] = dereference(.temporary(part), type: type)
      }
    }
  }

  /// The child that is the initialiser: the last expression, where clang says there is one.
  private func initializerNode(_ node: Node, _ cursor: Cursor) -> Node? {
    guard let last = expressions(node).last, cursor.initializer != nil else { return nil }
    return last
  }

  func scheduleDestruction(of local: Int32, _ cursor: Cursor, _ node: Node) {
    if builder.model.isCxx, let record = cursor.type.canonical.declaration, record.kind.isRecord,
      case .calls(let destructor) = builder.destructor(of: record)
    {
      scopes[scopes.count - 1].destroyed.append((local, destructor))
    }
    for child in tree.children(node) where tree.kind(child).isAttribute {
      if firstToken(child).contains("cleanup") { gap("attribute cleanup", at: child) }
    }
  }

  /// A static of this function: an object of the unit, initialised once if that takes code.
  private func staticLocal(_ node: Node, _ cursor: Cursor) {
    let lowering = VariableLowering(builder)
    // 'extern' in a function declares what is another's.
    lowering.lower(cursor, in: cursor.storageClass == .extern ? nil : function.symbol)
    takeLabelAddresses(below: node)
    guard builder.model.isCxx, let initializer = initializerNode(node, cursor) else { return }
    let symbol = builder.symbol(cursor)
    guard needsCode(initializer) || holdsLambda(initializer) else { return }
    let place = place(.variable(symbol), type: builder.type(cursor.type))
    let (inside, join) = (newBlock(), newBlock())
    let first = newTemporary()
    let guardFunction = builder.impliedFunction("__cxa_guard_acquire")
    emit(.call(first, .direct(guardFunction), [.address(place)]), at: node)
    end(.branch(.temporary(first), then: inside, otherwise: join), range(node), next: inside)
    initialise(place, with: initializer)
    let release = builder.impliedFunction("__cxa_guard_release")
    emit(.call(nil, .direct(release), [.address(place)]), at: node)
    end(.jump(join), next: join)
  }

  /// Labels in a table of jump targets can be reached by a computed goto.
  private func takeLabelAddresses(below node: Node) {
    for child in tree.children(node) {
      if tree.kind(child) == .addrLabelExpr { _ = value(child) }
      takeLabelAddresses(below: child)
    }
  }

  /// Whether an initialiser is more than constants and addresses.
  func needsCode(_ node: Node) -> Bool {
    let kind = tree.kind(node)
    if kind == .callExpr {
      // A constructor that clang could evaluate is a constant.
      return true
    }
    if kind == .cxxNewExpr || kind == .conditionalOperator { return true }
    if kind == .lambdaExpr { return false }
    return expressions(node).contains(where: needsCode)
  }

  /// Whether an initialiser holds a lambda, whose body nothing else lowers.
  func holdsLambda(_ node: Node) -> Bool {
    tree.kind(node) == .lambdaExpr || expressions(node).contains(where: holdsLambda)
  }

  /// Writes an initialiser into a place.
  ///
  /// `place` is where the store stands, by default at the initialiser: a declaration's is at the
  /// declared name, so that a macro in the initialiser does not look like the store's.
  func initialise(_ target: PlaceID, with node: Node, at place: SourceRange? = nil) {
    let inner = peeledToCall(node)
    switch tree.kind(inner) {
    case .initListExpr: return initialiseList(target, inner)
    case .callExpr:
      let cursor = tree.cursor(inner)
      if let constructor = cursor.referenced, constructor.kind == .constructor,
        self.type(of: target).kind != .reference
      {
        return construct(at: target, constructor, expressions(inner), inner)
      }
    default: break
    }
    let type = type(of: target)
    if type.kind == .reference {
      // A reference is bound, not filled; the place of its own is the bare one.
      emit(.store(target, addressOrValue(node)), place ?? range(node))
    } else if type.isAtomic || type.kind != .record {
      // Nobody else sees an atomic object that is being made: a plain store.
      emit(.store(target, value(node)), place ?? range(node))
    } else {
      keptTemporaries += 1
      let value = value(node)
      keptTemporaries -= 1
      emit(.store(target, value), place ?? range(node))
    }
  }

  private func initialiseList(_ target: PlaceID, _ list: Node) {
    let cursor = tree.cursor(list)
    let kind = type(of: target).kind
    if kind != .record, kind != .array, kind != .vector, expressions(list).count == 1 {
      // 'int a = {1};', 'int a{1};'.
      return initialise(target, with: expressions(list)[0])
    }
    let reader = InitializerList(builder, tree)
    let elements = reader.elements(of: list, type: cursor.type)
    if elements.isEmpty || reader.isPartial(elements, of: cursor.type) {
      emit(.store(target, .integer(0)), at: list)
    }
    for element in elements {
      guard element.isUnderstood else {
        _ = notUnderstood("designator", element.value)
        continue
      }
      var place = target
      for step in element.path {
        switch step {
        case .field(let name, let record, let type):
          place = extend(place, .field(name, record: record), type: type)
        case .index(let index, let type):
          place = extend(place, .index(.integer(Int64(index))), type: type)
        }
      }
      initialise(place, with: element.value)
    }
  }
}
