internal import ClangKit
internal import ProgramModel

// Expressions as places.
extension FunctionLowering {
  /// The place that an lvalue expression names; nil for what has none.
  func place(of node: Node) -> PlaceID? {
    switch tree.kind(node) {
    case .parenExpr: return onlyExpression(node).flatMap(place(of:))
    case .unexposedExpr:
      if let inner = onlyExpression(node) { return place(of: inner) }
      return recoveredPlace(node)
    case .cStyleCastExpr, .cxxStaticCastExpr, .cxxReinterpretCastExpr,
      .cxxConstCastExpr, .cxxFunctionalCastExpr:
      // A conversion to a base class, a qualification, a cast to a reference: the same object.
      return onlyExpression(node).flatMap(place(of:))
    case .declRefExpr: return place(referenced: node)
    case .memberRefExpr: return memberPlace(node)
    case .arraySubscriptExpr: return subscriptPlace(node)
    case .unaryOperator:
      switch tree.cursor(node).unaryOperator {
      case .dereference: return dereferencePlace(node)
      case .extension, .real, .imaginary: return onlyExpression(node).flatMap(place(of:))
      case .preIncrement, .preDecrement:
        effect(node)
        return onlyExpression(node).flatMap(place(of:))
      default: return nil
      }
    case .compoundAssignOperator:
      effect(node)
      return expressions(node).first.flatMap(place(of:))
    case .binaryOperator:
      let parts = expressions(node)
      guard parts.count == 2 else { return nil }
      switch tree.cursor(node).binaryOperator {
      case .assign:
        effect(node)
        return place(of: parts[0])
      case .comma:
        effect(parts[0])
        if let place = place(of: parts[1]) { return place }
        return placeOfResult(value(parts[1]), type: type(node))
      default: return nil
      }
    case .compoundLiteralExpr, .initListExpr: return literalPlace(node)
    case .stringLiteral: return place(.unnamed, type: type(node))
    case .callExpr:
      // A call that returns a reference, or a record that lives until the statement's end.
      return placeOfResult(call(node, used: true), type: type(node))
    case .conditionalOperator:
      let parts = expressions(node)
      guard parts.count == 3 else { return nil }
      let (then, otherwise, join) = (newBlock(), newBlock(), newBlock())
      condition(parts[0], then: then, otherwise: otherwise)
      let result = newTemporary()
      current = then
      emit(.copy(result, addressOrValue(parts[1])), at: parts[1])
      end(.jump(join), next: otherwise)
      emit(.copy(result, addressOrValue(parts[2])), at: parts[2])
      end(.jump(join), next: join)
      return dereference(.temporary(result), type: type(node))
    case .cxxThisExpr, .stmtExpr, .cxxNewExpr, .lambdaExpr, .cxxDynamicCastExpr: return nil
    default: return nil
    }
  }

  /// Where a value lives that a call or an expression made.
  private func placeOfResult(_ result: Operand, type: TypeID) -> PlaceID {
    switch result {
    case .local(let local): place(.local(local), type: type)
    case .address(let place): place
    default: dereference(result, type: type)
    }
  }

  private func place(referenced node: Node) -> PlaceID? {
    guard let declaration = tree.cursor(node).referenced else { return nil }
    if let bound = bindings[declaration.identity] { return throughReference(bound) }
    if let known = declared[declaration.identity] { return known }
    let place = place(ofDeclaration: declaration)
    declared[declaration.identity] = place
    return place
  }

  private func place(ofDeclaration declaration: Cursor) -> PlaceID? {
    switch declaration.kind {
    case .parmDecl, .varDecl, .unexposedDecl, .fieldDecl: break
    default: return nil
    }
    let declared = builder.type(declaration.type)
    let known: PlaceID
    if let local = local(declaration) {
      known = place(.local(local), type: declared)
    } else if declaration.kind == .varDecl || declaration.kind == .unexposedDecl,
      declaration.hasGlobalStorage
    {
      // An instance of a variable template has no kind of its own.
      known = place(.variable(builder.symbol(declaration)), type: declared)
    } else if declaration.kind == .varDecl || declaration.kind == .parmDecl {
      // A variable of a function that this one stands in.
      let captured = addLocal(
        builder.name(declaration.spelling), type: declared, kind: .capture,
        range: builder.nameRange(of: declaration))
      localIndex[declaration.identity] = captured
      known = place(.local(captured), type: declared)
    } else {
      return nil
    }
    return throughReference(known)
  }

  /// A reference stands for what it refers to.
  func throughReference(_ id: PlaceID) -> PlaceID {
    let type = type(of: id)
    guard type.kind == .reference, let referee = type.element else { return id }
    return extend(id, .dereference, type: referee)
  }

  private func memberPlace(_ node: Node) -> PlaceID? {
    let cursor = tree.cursor(node)
    guard let field = cursor.referenced else { return recoveredPlace(node) }
    if field.kind == .varDecl {
      if let base = onlyExpression(node) { effect(base) }
      return place(.variable(builder.symbol(field)), type: builder.type(field.type))
    }
    guard field.kind == .fieldDecl else { return nil }
    let known = builder.field(field)
    let (step, type) = (known.step, known.type)
    guard let base = onlyExpression(node) else {
      // Without a written base: a member of 'this', or of an anonymous record.
      guard let this = thisLocal else { return nil }
      return throughReference(
        extend(place(.local(this), [.dereference], type: .unknown), step, type: type))
    }
    guard let object = objectPlace(base, at: node) else { return nil }
    return throughReference(extend(object, step, type: type))
  }

  /// The object that a member is taken of: `*p` for `p->f`, `x` for `x.f`.
  private func objectPlace(_ base: Node, at node: Node) -> PlaceID? {
    let type = builder.typeModel(type(base))
    if type.kind == .pointer || tree.kind(peeled(base)) == .cxxThisExpr {
      return pointee(of: base, type: type.element ?? .unknown)
    }
    if let place = place(of: base) { return place }
    let result = value(base)
    return placeOfResult(result, type: self.type(base))
  }

  /// The place that a pointer expression points to, as an extension of the pointer's own place.
  func pointee(of pointer: Node, type: TypeID) -> PlaceID {
    let inner = peeled(pointer)
    switch tree.kind(inner) {
    case .declRefExpr, .memberRefExpr, .arraySubscriptExpr, .unexposedExpr:
      if let place = place(of: inner) {
        switch self.type(of: place).kind {
        case .array: return extend(place, .index(.integer(0)), type: type)
        case .function: return place
        default: return extend(place, .dereference, type: type)
        }
      }
    case .unaryOperator:
      switch tree.cursor(inner).unaryOperator {
      case .dereference:
        if let item = itemValue(onlyExpression(inner) ?? inner) {
          return dereference(item, type: type)
        }
        if let place = place(of: inner) {
          if self.type(of: place).kind == .array {
            return extend(place, .index(.integer(0)), type: type)
          }
          return extend(place, .dereference, type: type)
        }
      case .addressOf:
        if let target = onlyExpression(inner), let place = place(of: target) { return place }
      default: break
      }
    case .binaryOperator:
      let parts = expressions(inner)
      let operation = tree.cursor(inner).binaryOperator
      if parts.count == 2, operation == .add,
        builder.typeModel(self.type(parts[0])).kind == .pointer
      {
        let base = pointee(of: parts[0], type: type)
        return indexed(base, by: value(parts[1]), type: type)
      }
    default: break
    }
    return dereference(value(pointer), type: type)
  }

  /// The element at an index of what `base`, the first element, is part of.
  private func indexed(_ base: PlaceID, by index: Operand, type: TypeID) -> PlaceID {
    let place = function.places[Int(base.index)]
    if case .index(.integer(0)) = place.path.last {
      var path = place.path
      path[path.count - 1] = .index(index)
      return self.place(place.base, path, type: type)
    }
    return extend(base, .index(index), type: type)
  }

  private func subscriptPlace(_ node: Node) -> PlaceID? {
    let parts = expressions(node)
    guard parts.count == 2 else { return nil }
    let element = type(node)
    // 'i[p]' is legal: the pointer or array is the one that has elements.
    let firstKind = builder.typeModel(type(parts[0])).kind
    let swapped = firstKind == .integer || firstKind == .enumeration
    let (base, index) = swapped ? (parts[1], parts[0]) : (parts[0], parts[1])
    let inner = peeled(base)
    if builder.typeModel(type(inner)).kind == .array
      || builder.typeModel(type(inner)).kind == .vector,
      let array = place(of: inner)
    {
      return extend(array, .index(value(index)), type: element)
    }
    let first = pointee(of: base, type: element)
    return indexed(first, by: value(index), type: element)
  }

  private func dereferencePlace(_ node: Node) -> PlaceID? {
    guard let inner = onlyExpression(node) else { return nil }
    if builder.typeModel(type(peeled(inner))).kind == .function { return nil }
    return pointee(of: inner, type: type(node))
  }

  /// A compound literal or a braced temporary: an unnamed local that is initialised here.
  private func literalPlace(_ node: Node) -> PlaceID? {
    let list = tree.kind(node) == .initListExpr ? node : onlyExpression(node)
    let type = type(node)
    let local = addLocal(.empty, type: type, kind: .automatic, range: range(node))
    let place = place(.local(local), type: type)
    if let list { initialise(place, with: list) }
    return place
  }
}
