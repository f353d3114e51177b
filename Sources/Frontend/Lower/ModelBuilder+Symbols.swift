internal import ClangKit
internal import ProgramModel
internal import PythonAPI

// Symbols, fields and what calls need to know of their functions, each once.
extension ModelBuilder {
  /// The symbol of a function or of a variable with static storage.
  func symbol(_ declaration: Cursor) -> SymbolID {
    if let known = symbolIndex[declaration.identity] { return known }
    let canonical = declaration.canonical
    if let known = symbolIndex[canonical.identity] {
      symbolIndex[declaration.identity] = known
      return known
    }
    let id = makeSymbol(canonical)
    symbolIndex[declaration.identity] = id
    symbolIndex[canonical.identity] = id
    if canonical.kind.isFunction {
      want(canonical, symbol: id)
    } else if model.isCxx, canonical.kind == .varDecl, model[id].linkage != .none,
      !model[id].isForeign, !isTemplate(canonical.semanticParent)
    {
      wantedVariables.append(canonical)
    }
    return id
  }

  private func makeSymbol(_ declaration: Cursor) -> SymbolID {
    let kind: SymbolKind =
      declaration.kind.isFunction || declaration.kind == .functionTemplate
      ? .function : .variable
    let file = index(of: declaration.location.file)
    let linkage: Linkage =
      switch declaration.linkage {
      case .internal, .uniqueExternal: .internal
      case .none: .none
      default: .external
      }
    let spelling = declaration.spelling
    let isPlain = !model.isCxx && file < 0 && linkage == .external
    // What clang would say, without asking: in C most names are the headers' functions.
    let usr =
      isPlain
      ? (kind == .function ? "c:@F@\(spelling)" : "c:@\(spelling)")
      : withoutPaths(declaration.usr)
    var key = usr.isEmpty ? "name:\(spelling)" : usr
    if linkage != .external, file >= 0 {
      // A header's internal names are one for all units that include it, so that a finding about
      // them is one; the unit's own are apart from other files' of the same base name.
      key = "\(model.files[Int(file)].path)|\(key)"
      if linkage == .none { key += "@\(declaration.location.offset)" }
    }
    return symbol(
      key: key,
      Symbol(
        name: name(withoutPaths(spelling)),
        qualifiedName: name(isPlain ? spelling : qualifiedName(declaration)),
        key: name(key),
        kind: kind, linkage: linkage,
        isVirtual: declaration.kind == .cxxMethod && declaration.isVirtualMethod,
        isForeign: file < 0,
        writableArguments: declaration.kind.isFunction ? writableArguments(of: declaration) : 0))
  }

  /// A class template's members exist where the template is instantiated.
  func isTemplate(_ parent: Cursor?) -> Bool {
    parent?.kind == .classTemplate || parent?.kind == .classTemplatePartialSpecialization
  }

  /// As `Symbol.writableArguments`.
  private func writableArguments(of declaration: Cursor) -> UInt64 {
    var mask: UInt64 = 0
    var bit: UInt64 = 1
    switch declaration.kind {
    case .cxxMethod where !declaration.isStaticMethod, .conversionFunction:
      if !declaration.isConstMethod { mask |= bit }
      bit <<= 1
    case .constructor, .destructor:
      mask |= bit
      bit <<= 1
    default: break
    }
    for type in declaration.type.arguments {
      // Typedefs may hide the pointer: 'z_streamp'.
      let type = type.canonical
      switch type.kind {
      case .pointer, .lvalueReference, .rvalueReference:
        if !type.pointee.isConst { mask |= bit }
      default: break
      }
      bit <<= 1
    }
    return mask
  }

  /// The symbol with a key of our own making; `symbol` is used where it is new.
  func symbol(key: String, _ symbol: @autoclosure () -> Symbol) -> SymbolID {
    if let known = symbolKeys[key] { return known }
    let id = SymbolID(Int32(model.symbols.count))
    model.symbols.append(symbol())
    symbolKeys[key] = id
    return id
  }

  /// A function that the compiler calls without a declaration to point at.
  func impliedFunction(_ text: String) -> SymbolID {
    symbol(
      key: "implied:\(text)",
      Symbol(
        name: name(text), qualifiedName: name(text), key: name("implied:\(text)"),
        kind: .function, linkage: .external, isForeign: true))
  }

  /// How a field is reached in an object of its record.
  func field(_ declaration: Cursor) -> FieldStep {
    if let known = fieldSteps[declaration.identity] { return known }
    let found = FieldStep(
      step: .field(name(declaration.spelling), record: owner(of: declaration)),
      type: type(declaration.type))
    fieldSteps[declaration.identity] = found
    return found
  }

  /// What a call needs to know of the function it calls.
  func callee(_ declaration: Cursor) -> CalleeFacts {
    if let known = callees[declaration.identity] { return known }
    let kind = declaration.kind
    let spelling = declaration.spelling
    let found = CalleeFacts(
      symbol: symbol(declaration), name: spelling,
      isMethod: kind == .cxxMethod || kind == .destructor || kind == .conversionFunction,
      isStatic: kind == .cxxMethod && declaration.isStaticMethod,
      isOperator: model.isCxx && spelling.hasPrefix("operator"),
      isItem: kind == .functionDecl && Prelude.lvalueFunctions.contains(spelling),
      isHint: spelling.hasPrefix("__builtin_expect"),
      isLambda: (kind == .conversionFunction || spelling == "operator()")
        && declaration.semanticParent?.spelling.contains("(lambda") == true,
      returnsNever: returnsNever(declaration),
      returnsReference: model.isCxx
        && typeModel(type(declaration.resultType)).kind == .reference,
      parameters: model.isCxx ? declaration.parameters.map { type($0.type) } : [])
    callees[declaration.identity] = found
    return found
  }

  func qualifiedName(_ declaration: Cursor) -> String {
    var parts = [withoutPaths(declaration.spelling)]
    var parent = declaration.semanticParent
    while let scope = parent, scope.kind != .translationUnit {
      if scope.kind == .namespace || scope.kind.isRecord || scope.kind == .classTemplate {
        let spelling = scope.spelling
        parts.append(spelling.isEmpty ? "(anonymous)" : withoutPaths(spelling))
      }
      parent = scope.semanticParent
    }
    return parts.reversed().joined(separator: "::")
  }

  /// The function that a lambda became, by a method of its class; nil for other methods.
  func lambda(of method: Cursor) -> SymbolID? {
    guard !lambdas.isEmpty, let record = method.semanticParent else { return nil }
    return lambdas[record.identity]
  }

  /// Queues a package function for lowering when it is one that only its users compile: internal
  /// or inline, defined outside the main source.
  private func want(_ declaration: Cursor, symbol: SymbolID) {
    guard !model[symbol].isForeign || declaration.specializedTemplate != nil else { return }
    guard let definition = declaration.definition else { return }
    let file = index(of: definition.location.file)
    guard file >= 0 else { return }
    // A lambda's body is lowered where it stands; a copy that clang makes has no body to read.
    if let record = definition.semanticParent, record.kind.isRecord {
      if lambdas[record.identity] != nil || record.spelling.contains("(lambda") { return }
      if isImplicit(definition), !definition.parameters.isEmpty { return }
    }
    if wantedIdentities.insert(definition.identity).inserted { wanted.append(definition) }
  }
}

/// A field as a step of an access path.
struct FieldStep {
  var step: Place.Step
  var type: TypeID
}

/// A function as its callers see it.
struct CalleeFacts {
  var symbol: SymbolID
  var name: String
  /// Takes an object, unless it is static.
  var isMethod: Bool
  var isStatic: Bool
  var isOperator: Bool
  /// The prelude made it of a macro that names an item: it returns the item's address.
  var isItem: Bool
  /// Yields its first argument and tells the compiler what to expect.
  var isHint: Bool
  /// The call or the conversion of a lambda.
  var isLambda: Bool
  /// Nothing runs after a call.
  var returnsNever: Bool
  /// What a call yields is an address that stands for an object.
  var returnsReference: Bool
  /// Types of the parameters; empty in C, where arguments are always passed by value.
  var parameters: [TypeID]

  /// The parameter at an index takes a reference.
  func takesReference(at index: Int, _ builder: ModelBuilder) -> Bool {
    index < parameters.count && builder.typeModel(parameters[index]).kind == .reference
  }
}
