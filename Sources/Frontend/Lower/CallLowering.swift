internal import ClangKit
internal import ProgramModel

// Calls, atomics, and the API macros that the prelude shows as calls.
extension FunctionLowering {
  /// The value of `*F(args)` where the prelude made F of an item macro: the item itself.
  func itemValue(_ pointer: Node) -> Operand? {
    let inner = peeled(pointer)
    guard tree.kind(inner) == .callExpr, let callee = tree.cursor(inner).referenced,
      callee.kind == .functionDecl, builder.callee(callee).isItem
    else { return nil }
    return call(inner, used: true)
  }

  @discardableResult
  func call(_ node: Node, used: Bool) -> Operand {
    let cursor = tree.cursor(node)
    var parts = expressions(node)
    let declaration = cursor.referenced ?? parts.first.flatMap(recoveredFunction)
    if let declaration, declaration.kind == .constructor {
      return construct(node, declaration, parts)
    }
    guard !parts.isEmpty else { return used ? notUnderstood("call", node) : .unknown }
    if let declaration, declaration.kind.isFunction || declaration.kind == .functionTemplate {
      let callee = builder.callee(declaration)
      if callee.isLambda, let result = lambdaCall(node, declaration, parts, used: used) {
        return result
      }
      // What '__builtin_expect' yields is its first argument.
      if callee.isHint, parts.count > 2 { return value(parts[1]) }
      return callDirect(callee, declaration, parts, node, used: used)
    }
    let target = parts.removeFirst()
    let callee = Callee.indirect(calleeValue(target))
    return finishCall(callee, parts.map(value), node, used: used)
  }

  private func callDirect(
    _ callee: CalleeFacts, _ declaration: Cursor, _ parts: [Node], _ node: Node, used: Bool
  ) -> Operand {
    var parts = parts
    var arguments: [Operand] = []
    arguments.reserveCapacity(parts.count)
    // An operator's name stands between its operands.
    let position = callee.isOperator ? parts.firstIndex { names($0, declaration) } ?? 0 : 0
    let calleeNode = peeled(parts.remove(at: position))
    if callee.isMethod, tree.kind(calleeNode) == .memberRefExpr {
      if !callee.isStatic {
        arguments.append(object(of: calleeNode))
      } else if let base = object(named: calleeNode) {
        effect(base)
      }
    }
    if callee.name.hasPrefix("__sync_") || callee.name.hasPrefix("__atomic_"),
      let kind = AtomicKind(builtin: callee.name)
    {
      return atomic(kind, callee.name, parts, node)
    }
    var objects = 0
    for (index, part) in parts.enumerated() {
      // The object of an operator method is its first operand.
      let isObject = index == 0 && arguments.isEmpty && callee.isMethod && !callee.isStatic
      let isAddress = isObject || callee.takesReference(at: index - objects, builder)
      if isObject { objects = 1 }
      arguments.append(isAddress ? addressOrValue(part) : value(part))
    }
    let result = finishCall(.direct(callee.symbol), arguments, node, used: used)
    if callee.returnsNever { end(.unreachable, range(node)) }
    return result
  }

  /// A call of a lambda, or its conversion to a function pointer; nil for other methods.
  private func lambdaCall(
    _ node: Node, _ method: Cursor, _ parts: [Node], used: Bool
  ) -> Operand? {
    let callee = parts.firstIndex { names($0, method) } ?? 0
    var others = parts
    let member = peeled(others.remove(at: callee))
    // A lambda that is called where it stands is lowered by reading the object.
    var object: Operand = .unknown
    if tree.kind(member) == .memberRefExpr, let base = onlyExpression(member) {
      object = value(base)
    } else if !others.isEmpty {
      object = value(others.removeFirst())
    }
    var symbol = builder.lambda(of: method)
    if case .function(let known) = object { symbol = known }
    guard let symbol else { return nil }
    if method.kind == .conversionFunction { return .function(symbol) }
    return finishCall(.direct(symbol), others.map(argumentOfLambda), node, used: used)
  }

  /// Whether a type is written here as a template with its arguments.
  func namesTemplate(_ node: Node) -> Bool {
    let first = tree.firstChild(node)
    return first >= 0 && tree.kind(first) == .templateRef
  }

  private func argumentOfLambda(_ node: Node) -> Operand {
    builder.typeModel(type(node)).kind == .record ? addressOrValue(node) : value(node)
  }

  /// Whether a call's result is an address that stands for an object: what it yields is the
  /// reference, and reading it is a load of its own.
  func yieldsReference(_ node: Node) -> Bool {
    guard builder.model.isCxx, let callee = tree.cursor(node).referenced, callee.kind.isFunction,
      callee.kind != .constructor
    else { return false }
    return builder.callee(callee).returnsReference
  }

  private func finishCall(
    _ callee: Callee, _ arguments: [Operand], _ node: Node, used: Bool
  ) -> Operand {
    let isVoid = !used || builder.typeModel(type(node)).kind == .void
    let result = isVoid ? nil : newTemporary()
    emit(.call(result, callee, arguments), at: node)
    return result.map { .temporary($0) } ?? .unknown
  }

  private func names(_ node: Node, _ declaration: Cursor) -> Bool {
    let inner = peeled(node)
    guard tree.kind(inner) == .declRefExpr || tree.kind(inner) == .memberRefExpr else {
      return false
    }
    return tree.cursor(inner).referenced?.canonical.identity == declaration.canonical.identity
  }

  /// The object that is written before a method's name; nil where it is implied. The arguments of a
  /// method template follow the name.
  private func object(named member: Node) -> Node? {
    guard let first = expressions(member).first else { return nil }
    let (whole, part) = (tree.cursor(member).spellingStart, tree.cursor(first).spellingStart)
    return whole == part ? first : nil
  }

  /// The address of the object that a method is called on.
  private func object(of member: Node) -> Operand {
    guard let base = object(named: member) else { return thisLocal.map { .local($0) } ?? .unknown }
    if builder.typeModel(type(base)).kind == .pointer || tree.kind(peeled(base)) == .cxxThisExpr {
      return value(base)
    }
    let result = addressOrValue(base)
    // A method is called on the object, also on one that a call made.
    if case .local(let local) = result {
      return .address(place(.local(local), type: type(base)))
    }
    return result
  }

  func calleeValue(_ node: Node) -> Operand {
    let inner = peeled(node)
    if tree.kind(inner) == .unaryOperator, tree.cursor(inner).unaryOperator == .dereference,
      let pointer = onlyExpression(inner)
    {
      // '(*f)(x)' and 'f(x)' are one.
      return value(pointer)
    }
    return value(node)
  }

  func parameterTypes(of declaration: Cursor) -> [TypeID] {
    declaration.parameters.map { builder.type($0.type) }
  }

  // MARK: Objects of C++

  /// A constructor call for a temporary; `construct(at:)` is for a named object.
  private func construct(_ node: Node, _ declaration: Cursor, _ parts: [Node]) -> Operand {
    let type = type(node)
    let local = addLocal(.empty, type: type, kind: .automatic, range: range(node))
    let place = place(.local(local), type: type)
    construct(at: place, declaration, parts, node)
    if keptTemporaries == 0, let record = declaration.semanticParent,
      case .calls(let destructor) = builder.destructor(of: record)
    {
      scopes[scopes.count - 1].destroyed.append((local, destructor))
    }
    return .local(local)
  }

  func construct(at place: PlaceID, _ declaration: Cursor, _ parts: [Node], _ node: Node) {
    let parameters = parameterTypes(of: declaration)
    // The arguments of the class's template come first.
    let surplus = parts.count - parameters.count
    let parts = surplus > 0 && namesTemplate(node) ? Array(parts.dropFirst(surplus)) : parts
    if parts.count == 1, parameters.count == 1, builder.isImplicit(declaration),
      let record = declaration.semanticParent, case .trivial = builder.destructor(of: record)
    {
      // The copy that clang writes itself copies the bytes.
      return store(value(parts[0]), to: place, at: node)
    }
    var arguments: [Operand] = [address(of: place)]
    for (index, part) in parts.enumerated() {
      let isReference =
        index < parameters.count && builder.model[parameters[index]].kind == .reference
      arguments.append(isReference ? addressOrValue(part) : value(part))
    }
    emit(.call(nil, .direct(builder.symbol(declaration)), arguments), at: node)
  }

  // MARK: Atomics

  func atomicBuiltin(_ name: String, _ parts: [Node], _ node: Node) -> Operand {
    if name.hasSuffix("atomic_init"), parts.count == 2 {
      let place = pointee(of: parts[0], type: .unknown)
      emit(.store(place, value(parts[1])), at: node)
      return .unknown
    }
    guard let kind = AtomicKind(builtin: name) else { return notUnderstood(name, node) }
    return atomic(kind, name, parts, node)
  }

  private func atomic(_ kind: AtomicKind, _ name: String, _ parts: [Node], _ node: Node) -> Operand
  {
    guard let object = parts.first else {
      emit(.opaque(nil, name: builder.name(name), []), at: node)
      return .unknown
    }
    let type = builder.typeModel(type(object)).element ?? .unknown
    let place = pointee(of: object, type: type)
    let operands = parts.dropFirst().map(value)
    let isVoid = builder.typeModel(self.type(node)).kind == .void
    let result = isVoid ? nil : newTemporary()
    emit(.atomic(result, kind, place, name: builder.name(name), operands), at: node)
    return result.map { .temporary($0) } ?? .unknown
  }
}

extension AtomicKind {
  /// What a compiler builtin does, by its name; nil for a fence or an unknown one.
  init?(builtin name: String) {
    var stem = name[...]
    for prefix in ["__c11_atomic_", "__scoped_atomic_", "__atomic_", "__sync_"]
    where stem.hasPrefix(prefix) {
      stem = stem.dropFirst(prefix.count)
      break
    }
    if stem.hasPrefix("load") {
      self = .load
    } else if stem.hasPrefix("store") || stem.hasPrefix("clear") || stem.hasPrefix("lock_release") {
      self = .store
    } else if stem.hasPrefix("exchange") || stem.hasPrefix("test_and_set")
      || stem.hasPrefix("lock_test_and_set")
    {
      self = .exchange
    } else if stem.hasPrefix("compare_exchange") || stem.contains("compare_and_swap") {
      self = .compareExchange
    } else if stem.hasPrefix("fetch_") || stem.hasSuffix("_fetch") || stem.contains("_and_fetch") {
      self = .modify
    } else {
      return nil
    }
  }
}
