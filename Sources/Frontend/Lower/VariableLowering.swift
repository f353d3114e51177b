internal import ClangKit
internal import ProgramModel

/// Lowers an object with static storage and what it is initialised with.
struct VariableLowering {
  private let builder: ModelBuilder

  init(_ builder: ModelBuilder) { self.builder = builder }

  /// Enters a variable into the model; `function` is the one that a local static belongs to.
  func lower(_ cursor: Cursor, in function: SymbolID? = nil) {
    let range = builder.range(of: cursor)
    guard range.file >= 0 else { return }
    let type = builder.type(cursor.type)
    let parent = cursor.semanticParent
    let storage: StorageKind =
      if function != nil { .functionLocal } else if parent?.kind.isRecord == true {
        .member
      } else if cursor.linkage == .internal || cursor.linkage == .uniqueExternal { .file } else {
        .external
      }
    let initializer = cursor.initializer
    // 'int x;' is a tentative definition, 'extern int x;' none; a class's static member is
    // declared inside and defined outside.
    let isDefinition =
      cursor.isDefinition || initializer != nil
      || (cursor.storageClass != .extern && storage != .member)
    builder.model.variables.append(
      VariableModel(
        symbol: builder.symbol(cursor), type: type, storage: storage, isDefinition: isDefinition,
        isThreadLocal: cursor.isThreadLocal, function: function,
        initializer: initializer.flatMap { _ in self.initializer(of: cursor, type: type) },
        range: range, nameRange: builder.nameRange(of: cursor)))
  }

  private func initializer(of cursor: Cursor, type: TypeID) -> Initializer? {
    // Tables of numbers are long and say nothing about who is called or shared.
    guard holdsPointers(cursor.type) else { return plainValue(cursor, type) }
    let tree = SyntaxTree(cursor)
    var last: SyntaxTree.Node?
    for child in tree.children(0) where tree.kind(child).isExpression { last = child }
    guard let last else { return .unknown }
    return Reader(builder, tree).value(last)
  }

  private func plainValue(_ cursor: Cursor, _ type: TypeID) -> Initializer {
    switch builder.model[type].kind {
    case .integer, .boolean, .enumeration:
      if let value = cursor.initializer?.integerValue { return .integer(value, macro: .empty) }
      return .unknown
    case .array, .record: return .list([])
    default: return .unknown
    }
  }

  private func holdsPointers(_ type: ClangType, depth: Int = 0) -> Bool {
    let canonical = type.canonical
    switch canonical.kind.modelKind {
    case .integer, .boolean, .floating, .enumeration, .void: return false
    case .array, .vector: return holdsPointers(canonical.element, depth: depth + 1)
    case .record:
      guard depth < 8, let declaration = canonical.declaration, !builder.model.isCxx else {
        return true
      }
      let fields = builder.fields(of: declaration)
      return fields.isEmpty || fields.contains { holdsPointers($0.clangType, depth: depth + 1) }
    default: return true
    }
  }

  /// Reads an initialiser's expressions.
  struct Reader {
    typealias Node = SyntaxTree.Node
    private let builder: ModelBuilder
    private let tree: SyntaxTree

    init(_ builder: ModelBuilder, _ tree: SyntaxTree) {
      self.builder = builder
      self.tree = tree
    }

    private func peeled(_ node: Node) -> Node {
      var node = node
      while true {
        switch tree.kind(node) {
        case .parenExpr, .unexposedExpr, .cStyleCastExpr, .cxxStaticCastExpr,
          .cxxReinterpretCastExpr, .cxxConstCastExpr, .cxxFunctionalCastExpr:
          let inner = tree.children(node).filter { tree.kind($0).isExpression }
          guard inner.count == 1 else { return node }
          node = inner[0]
        default: return node
        }
      }
    }

    func value(_ node: Node) -> Initializer {
      let inner = peeled(node)
      switch tree.kind(inner) {
      case .initListExpr: return list(inner)
      case .compoundLiteralExpr:
        return tree.children(inner).last { tree.kind($0) == .initListExpr }.map(list) ?? .unknown
      case .stringLiteral: return .string(builder.name(tree.cursor(inner).spelling))
      case .floatingLiteral: return .floating
      case .cxxNullPtrLiteralExpr, .gnuNullExpr:
        return .integer(0, macro: macro(node))
      case .declRefExpr: return reference(inner, node)
      case .unaryOperator where tree.cursor(inner).unaryOperator == .addressOf:
        return tree.children(inner).first { tree.kind($0).isExpression }.map { address($0, []) }
          ?? .unknown
      case .callExpr:
        let callee = tree.cursor(inner).referenced
        // A copy of a braced temporary is the braces' value.
        if let callee, callee.kind == .constructor {
          let arguments = tree.children(inner).filter { tree.kind($0).isExpression }
          if arguments.count == 1, tree.kind(peeled(arguments[0])) == .initListExpr {
            return value(arguments[0])
          }
        }
        return .call(callee.map(builder.symbol))
      case .lambdaExpr: return .unknown
      default: break
      }
      if let offset = offset(inner) { return offset }
      if let constant = tree.cursor(node).integerValue ?? tree.cursor(inner).integerValue {
        return .integer(constant, macro: macro(node))
      }
      return .unknown
    }

    /// `offsetof(T, f)`, of which the tree shows the fields it names.
    private func offset(_ node: Node) -> Initializer? {
      guard tree.kind(node) == .unexposedExpr else { return nil }
      let fields = tree.children(node).filter { tree.kind($0) == .memberRef }
      let isOffset = fields.count + 1 == tree.children(node).count
      guard isOffset, let field = fields.first.flatMap({ tree.cursor($0).referenced }),
        let record = field.semanticParent
      else { return nil }
      return .offset(record: builder.ownerName(record), field: builder.name(field.spelling))
    }

    private func macro(_ node: Node) -> Name { builder.range(of: tree.cursor(node)).macro }

    private func reference(_ inner: Node, _ node: Node) -> Initializer {
      guard let declaration = tree.cursor(inner).referenced else { return .unknown }
      if declaration.kind.isFunction { return .function(builder.symbol(declaration)) }
      if declaration.kind == .enumConstantDecl {
        return .integer(declaration.enumConstantValue, macro: builder.name(declaration.spelling))
      }
      guard declaration.kind == .varDecl else { return .unknown }
      let symbol = builder.symbol(declaration)
      switch builder.typeModel(builder.type(declaration.type)).kind {
      case .array: return .address(symbol, path: [])
      default: return .variable(symbol)
      }
    }

    /// `&x`, `&x.f`, `&x[n]`.
    private func address(_ node: Node, _ path: [Name]) -> Initializer {
      let inner = peeled(node)
      switch tree.kind(inner) {
      case .declRefExpr:
        guard let declaration = tree.cursor(inner).referenced else { return .unknown }
        if declaration.kind.isFunction { return .function(builder.symbol(declaration)) }
        guard declaration.kind == .varDecl else { return .unknown }
        return .address(builder.symbol(declaration), path: path)
      case .memberRefExpr:
        guard let base = tree.children(inner).first(where: { tree.kind($0).isExpression }) else {
          return .unknown
        }
        return address(base, [builder.name(tree.cursor(inner).spelling)] + path)
      case .arraySubscriptExpr:
        guard let base = tree.children(inner).first(where: { tree.kind($0).isExpression }) else {
          return .unknown
        }
        return address(base, path)
      case .compoundLiteralExpr: return value(inner)
      default: return .unknown
      }
    }

    private func list(_ node: Node) -> Initializer {
      let root = Aggregate()
      for element in InitializerList(builder, tree).elements(of: node, type: tree.cursor(node).type)
      {
        let range = builder.range(of: tree.cursor(element.value))
        root.insert(element.path[...], value(element.value), range)
      }
      return root.initializer
    }

    /// Gathers elements that elided braces or designators put deeper than one level.
    private final class Aggregate {
      private var parts:
        [(field: Name, index: Int32, inner: Aggregate?, value: Initializer, range: SourceRange)] =
          []

      func insert(
        _ path: ArraySlice<InitializerList.Step>, _ value: Initializer, _ range: SourceRange
      ) {
        guard let first = path.first else { return }
        let field: Name
        let index: Int32
        switch first {
        case .field(let name, _, _): (field, index) = (name, -1)
        case .index(let position, _): (field, index) = (.empty, Int32(truncatingIfNeeded: position))
        }
        if path.count == 1 {
          parts.append((field, index, nil, value, range))
        } else if let last = parts.last, last.field == field, last.index == index,
          let inner = last.inner
        {
          inner.insert(path.dropFirst(), value, range)
        } else {
          let inner = Aggregate()
          inner.insert(path.dropFirst(), value, range)
          parts.append((field, index, inner, .unknown, range))
        }
      }

      var initializer: Initializer {
        .list(
          parts.enumerated().map { position, part in
            Initializer.Element(
              field: part.field, index: part.index >= 0 ? part.index : Int32(position),
              value: part.inner?.initializer ?? part.value, range: part.range)
          })
      }
    }
  }
}
