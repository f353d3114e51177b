internal import ClangKit
internal import ProgramModel

// Declarations inside functions.
extension FunctionLowering {
  func declaration(_ node: Node) {
    switch tree.kind(node) {
    case .varDecl: variable(node)
    case .structDecl, .unionDecl, .classDecl: builder.lowerRecord(tree.cursor(node))
    case .unexposedDecl:
      // Structured bindings and the like: their variables.
      tree.children(node).forEach { child in
        if tree.kind(child).isDeclaration {
          declaration(child)
        } else if tree.kind(child).isExpression {
          effect(child)
        }
      }
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
      initialise(place, with: initializer)
    }
    scheduleDestruction(of: local, cursor, node)
  }

  /// The child that is the initialiser: the last expression, where clang says there is one.
  private func initializerNode(_ node: Node, _ cursor: Cursor) -> Node? {
    guard let last = expressions(node).last, cursor.initializer != nil else { return nil }
    return last
  }

  private func scheduleDestruction(of local: Int32, _ cursor: Cursor, _ node: Node) {
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
    lowering.lower(cursor, in: function.symbol)
    guard builder.model.isCxx, let initializer = initializerNode(node, cursor) else { return }
    let symbol = builder.symbol(cursor)
    guard needsCode(initializer) else { return }
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

  /// Writes an initialiser into a place.
  func initialise(_ target: PlaceID, with node: Node) {
    let inner = peeledToCall(node)
    switch tree.kind(inner) {
    case .initListExpr: return initialiseList(target, inner)
    case .callExpr:
      let cursor = tree.cursor(inner)
      if let constructor = cursor.referenced, constructor.kind == .constructor {
        return construct(at: target, constructor, expressions(inner), inner)
      }
    default: break
    }
    let type = type(of: target)
    if type.kind == .reference {
      // A reference is bound, not filled; the place of its own is the bare one.
      emit(.store(target, addressOrValue(node)), at: node)
    } else if type.isAtomic {
      emit(.store(target, value(node)), at: node)
    } else {
      store(value(node), to: target, at: node)
    }
  }

  private func initialiseList(_ target: PlaceID, _ list: Node) {
    let cursor = tree.cursor(list)
    let elements = InitializerList(builder, tree).elements(of: list, type: cursor.type)
    if elements.isEmpty {
      emit(.store(target, .integer(0)), at: list)
    }
    for element in elements {
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
