internal import ClangKit
internal import ProgramModel

/// Lowers a parsed translation unit to its model.
struct UnitLowering {
  private let builder: ModelBuilder
  private let unit: TranslationUnit
  private let watchedMacros: Set<String>

  /// - Parameters:
  ///   - path: of the main source, relative to the root.
  ///   - watchedMacros: names whose uses at file scope the model keeps with their arguments.
  ///   - relativePath: maps a path to one relative to the root; nil for files outside it.
  init(
    _ unit: TranslationUnit, path: String, isCxx: Bool, watchedMacros: Set<String>,
    relativePath: @escaping (String) -> String?
  ) {
    self.unit = unit
    self.watchedMacros = watchedMacros
    builder = ModelBuilder(path: path, isCxx: isCxx, unit: unit, relativePath: relativePath)
  }

  func lower() -> UnitModel {
    // The main source is the first file of the model, whatever it includes first.
    _ = builder.index(of: unit.file(named: unit.cursor.spelling))
    if builder.hasErrors {
      unit.cursor.visitChildren { (cursor) throws(Never) in collectNames(cursor) }
    }
    unit.cursor.visitChildren { (cursor) throws(Never) in topLevel(cursor) }
    var next = 0
    while next < builder.wanted.count {
      let cursor = builder.wanted[next]
      next += 1
      lowerFunction(cursor)
    }
    lowerInstantiatedVariables()
    addDiagnostics()
    return builder.model
  }

  /// Remembers by name what clang does not find again where a type is unknown.
  private func collectNames(_ cursor: Cursor) -> Cursor.Visit {
    switch cursor.kind {
    case .linkageSpec, .namespace, .unexposedDecl: return .into
    case .typedefDecl:
      guard builder.index(of: cursor.location.file) >= 0,
        let named = cursor.type.canonical.declaration?.canonical
      else { break }
      let spelling = named.type.canonical.spelling
      if spelling.contains("(unnamed ") || spelling.contains("(anonymous "),
        builder.typedefNames[named.identity] == nil
      {
        builder.typedefNames[named.identity] = builder.qualifiedName(cursor)
      }
    case .functionDecl, .varDecl:
      guard !builder.model.isCxx, builder.index(of: cursor.location.file) >= 0 else { break }
      builder.declarations[cursor.spelling] = cursor
    default: break
    }
    return .next
  }

  private func topLevel(_ cursor: Cursor) -> Cursor.Visit {
    let kind = cursor.kind
    switch kind {
    case .linkageSpec, .namespace, .unexposedDecl: return .into
    default: break
    }
    let location = cursor.location
    let file = builder.index(of: location.file)
    guard file >= 0 else { return .next }
    let isMain = builder.model.files[Int(file)].path == builder.model.path
    if location.isInMacro, let source = location.file {
      noteMacroUse(in: source, at: location.offset)
    }
    switch kind {
    case .functionDecl, .cxxMethod, .constructor, .destructor, .conversionFunction:
      // A template's method is lowered as instantiated, where something calls it.
      if builder.model.isCxx, builder.isTemplate(cursor.semanticParent) { break }
      if cursor.isDefinition, isMain || (cursor.linkage == .external && !cursor.isInline) {
        lowerFunction(cursor)
      }
    case .varDecl:
      // A template's static member exists where the template is instantiated.
      if builder.model.isCxx, builder.isTemplate(cursor.semanticParent) { break }
      VariableLowering(builder).lower(cursor)
      if builder.model.isCxx { lowerDynamicInitialiser(cursor) }
    case .structDecl, .unionDecl, .classDecl:
      builder.lowerRecord(cursor)
      if builder.model.isCxx { members(of: cursor, isMain: isMain) }
    case .typedefDecl:
      if let record = cursor.type.canonical.declaration, record.kind.isRecord, record.isAnonymous {
        builder.lowerRecord(record)
      }
    default: break
    }
    return .next
  }

  /// Methods defined inside a class, its static members and inner classes.
  private func members(of record: Cursor, isMain: Bool) {
    record.visitChildren { (member) throws(Never) in
      switch member.kind {
      case .cxxMethod, .constructor, .destructor, .conversionFunction:
        if isMain, member.isDefinition { lowerFunction(member) }
      case .varDecl: VariableLowering(builder).lower(member)
      case .structDecl, .classDecl, .unionDecl: members(of: member, isMain: isMain)
      default: break
      }
      return .next
    }
  }

  private func lowerInstantiatedVariables() {
    var known = Set(builder.model.variables.map(\.symbol))
    var next = 0
    while next < builder.wantedVariables.count {
      let variable = builder.wantedVariables[next]
      next += 1
      guard known.insert(builder.symbol(variable)).inserted else { continue }
      VariableLowering(builder).lower(variable.definition ?? variable)
    }
  }

  // MARK: Functions

  private func lowerFunction(_ cursor: Cursor) {
    guard builder.lowered.insert(cursor.identity).inserted else { return }
    let range = builder.range(of: cursor)
    guard range.file >= 0 else { return }
    let tree = SyntaxTree(cursor)
    let kind = functionKind(cursor)
    let owner = cursor.semanticParent.flatMap { $0.kind.isRecord ? $0 : nil }
    var model = FunctionModel(
      symbol: builder.symbol(cursor), kind: kind,
      linkage: cursor.linkage == .internal || cursor.linkage == .uniqueExternal
        ? .internal : .external,
      resultType: builder.type(cursor.resultType), isVariadic: cursor.isVariadic,
      record: owner.map(builder.recordName) ?? .empty, range: range,
      nameRange: builder.nameRange(of: cursor))
    model.blocks.reserveCapacity(16)
    let lowering = FunctionLowering(builder, tree: tree, function: model)
    if let owner, kind == .method || kind == .constructor || kind == .destructor {
      lowering.thisLocal = lowering.addLocal(
        builder.name("this"), type: builder.pointer(to: owner), kind: .this,
        range: lowering.function.nameRange)
      lowering.function.parameterCount = 1
    }
    lowering.body(of: cursor)
    builder.model.functions.append(lowering.finish())
  }

  private func functionKind(_ cursor: Cursor) -> FunctionModel.Kind {
    switch cursor.kind {
    case .constructor: .constructor
    case .destructor: .destructor
    case .cxxMethod, .conversionFunction: cursor.isStaticMethod ? .staticMethod : .method
    default: .function
    }
  }

  /// C++ objects at namespace scope that take code to initialise: a function of their own.
  private func lowerDynamicInitialiser(_ cursor: Cursor) {
    guard cursor.initializer != nil else { return }
    let tree = SyntaxTree(cursor)
    guard let value = tree.children(0).last(where: { tree.kind($0).isExpression }) else { return }
    let symbol = builder.symbol(cursor)
    let text = "initialiser of \(builder.model[builder.model[symbol].qualifiedName])"
    let key = "init:\(builder.model[builder.model[symbol].key])"
    let lowering = FunctionLowering(
      builder, tree: tree,
      function: FunctionModel(
        symbol: builder.symbol(
          key: key,
          Symbol(
            name: builder.name(text), qualifiedName: builder.name(text), key: builder.name(key),
            kind: .function, linkage: .internal)),
        kind: .staticInitialisation, linkage: .internal, range: builder.range(of: cursor),
        nameRange: builder.nameRange(of: cursor)))
    guard lowering.needsCode(value) || lowering.holdsLambda(value) else { return }
    lowering.initialise(
      lowering.place(.variable(symbol), type: builder.type(cursor.type)), with: value)
    builder.model.functions.append(lowering.finish())
  }

  // MARK: Macros and diagnostics

  private func noteMacroUse(in file: SourceFile, at offset: Int) {
    let macro = builder.identifier(in: file, at: offset)
    guard watchedMacros.contains(macro) else { return }
    let text = builder.text(of: file)
    let start = offset + macro.utf8.count
    let arguments = Self.arguments(in: text, from: start)
    let range = SourceRange(
      file: builder.index(of: file), start: UInt32(truncatingIfNeeded: offset),
      end: UInt32(truncatingIfNeeded: start), macro: builder.name(macro))
    let use = MacroUse(
      name: builder.name(macro), arguments: builder.name(arguments), range: range)
    if !builder.model.macroUses.contains(use) { builder.model.macroUses.append(use) }
  }

  /// The text between the parentheses after a macro's name; empty without.
  private static func arguments(in text: [UInt8], from start: Int) -> String {
    var index = start
    while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
    guard index < text.count, text[index] == UInt8(ascii: "(") else { return "" }
    let first = index + 1
    var depth = 0
    // A macro's arguments of more than this are no module's name and tags.
    let limit = min(text.count, start + 4096)
    while index < limit {
      if text[index] == UInt8(ascii: "(") { depth += 1 }
      if text[index] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return String(decoding: text[first..<index], as: UTF8.self) }
      }
      index += 1
    }
    return ""
  }

  /// Errors become gaps of the functions they stand in, and missing headers are named.
  private func addDiagnostics() {
    var missing: Set<String> = []
    var seen: Set<String> = []
    for diagnostic in unit.diagnostics(from: .error, limit: 2000) {
      let message = diagnostic.message
      let file = builder.index(of: diagnostic.file)
      if message.hasSuffix("' file not found"), let open = message.firstIndex(of: "'") {
        missing.insert(String(message[message.index(after: open)...].dropLast(16)))
      }
      let path = file >= 0 ? builder.model.files[Int(file)].path : nil
      guard seen.insert("\(path ?? ""):\(diagnostic.line):\(diagnostic.column)").inserted else {
        continue
      }
      builder.model.diagnostics.append(
        DiagnosticModel(
          message: message, path: path, line: diagnostic.line, column: diagnostic.column))
      guard file >= 0 else { continue }
      let offset = UInt32(truncatingIfNeeded: diagnostic.offset)
      for index in builder.model.functions.indices {
        let range = builder.model.functions[index].range
        if range.file == file, range.start <= offset, offset < max(range.end, range.start + 1) {
          builder.model.functions[index].gaps.append(
            Gap(
              reason: builder.name("clang: \(message)"),
              range: SourceRange(file: file, start: offset, end: offset + 1)))
        }
      }
    }
    builder.model.missingHeaders = missing.sorted()
  }
}

extension FunctionLowering {
  /// Lowers parameters, member initialisers and body of a function definition.
  func body(of cursor: Cursor) {
    if cursor.kind == .constructor { defaultMemberInitialisers(of: cursor) }
    var child = tree.firstChild(0)
    var member: Cursor?
    while child >= 0 {
      let kind = tree.kind(child)
      switch kind {
      case .parmDecl: parameter(tree.cursor(child))
      case .memberRef: member = tree.cursor(child).referenced
      case .compoundStmt: compound(child)
      case .cxxTryStmt: statement(child)
      case let kind where kind.isExpression:
        // Of a base class's initialiser the first may be arguments of its template.
        let next = tree.next(child)
        if member != nil || next < 0 || !tree.kind(next).isExpression {
          memberInitialiser(child, of: member)
        }
        member = nil
      default: break
      }
      child = tree.next(child)
    }
  }

  /// What a constructor does to the fields that it does not name and whose declarations do.
  private func defaultMemberInitialisers(of constructor: Cursor) {
    guard let record = constructor.semanticParent, !delegates(constructor, record) else { return }
    var named: Set<UInt> = []
    for child in tree.children(0) where tree.kind(child) == .memberRef {
      if let field = tree.cursor(child).referenced { named.insert(field.identity) }
    }
    for field in record.children where field.kind == .fieldDecl && !field.isBitField {
      guard !named.contains(field.identity) else { continue }
      let fieldTree = SyntaxTree(field)
      guard let last = fieldTree.children(0).last(where: { fieldTree.kind($0).isExpression }),
        !isArrayBound(last, of: field, in: fieldTree)
      else { continue }
      let own = tree
      tree = fieldTree
      memberInitialiser(last, of: field)
      tree = own
    }
  }

  /// Whether a constructor leaves everything to another of its class.
  private func delegates(_ constructor: Cursor, _ record: Cursor) -> Bool {
    tree.children(0).contains { child in
      guard tree.kind(child) == .callExpr, let callee = tree.cursor(child).referenced,
        callee.kind == .constructor
      else { return false }
      return callee.semanticParent?.canonical.identity == record.canonical.identity
    } && !tree.children(0).contains { tree.kind($0) == .memberRef }
  }

  /// The size in 'int values[4]' is an expression too.
  private func isArrayBound(_ node: Node, of field: Cursor, in tree: SyntaxTree) -> Bool {
    guard builder.typeModel(builder.type(field.type)).kind == .array else { return false }
    let kind = tree.kind(node)
    return kind != .initListExpr && kind != .stringLiteral && kind != .callExpr
  }

  private func memberInitialiser(_ node: Node, of field: Cursor?) {
    guard function.kind == .constructor, let this = thisLocal else { return }
    let object = place(.local(this), [.dereference], type: .unknown)
    guard let field else { return initialise(object, with: node) }
    let record = builder.owner(of: field)
    let target = extend(
      object, .field(builder.name(field.spelling), record: record), type: builder.type(field.type))
    initialise(target, with: node)
  }
}
