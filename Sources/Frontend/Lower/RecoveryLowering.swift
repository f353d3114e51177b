internal import ClangKit
internal import ProgramModel

// Expressions that clang keeps although something in them has no meaning: where a header is missing,
// the fields and variables of its types are invalid, and what names them is a node without a name
// of its own above what was understood. libclang shows it like an implicit conversion.
extension FunctionLowering {
  /// What clang recovered from, where the node is not what stands below it.
  enum Recovery {
    /// `base->name` or `base.name`.
    case member(base: Node, name: String, isArrow: Bool)
    case other
  }

  /// What an unexposed expression with one part recovers from; nil for a conversion, or a mere name.
  func recovery(_ node: Node, of part: Node) -> Recovery? {
    guard builder.hasErrors, isDependent(node) else { return nil }
    if let member = writtenMember(node, of: part) { return member }
    let (cursor, inner) = (tree.cursor(node), tree.cursor(part))
    guard !isDependent(part) else { return nil }
    let extent = cursor.extent
    guard extent == inner.extent else { return .other }
    // A macro may hold all of it: then the text does not say what it is.
    return !extent.isInMacro || writtenName(node) == inner.spelling ? nil : .other
  }

  private func isDependent(_ node: Node) -> Bool {
    builder.typeModel(type(node)).kind == .dependent
  }

  /// A member by its text: what follows the base is an operator and a name.
  private func writtenMember(_ node: Node, of base: Node) -> Recovery? {
    let (whole, part) = (tree.cursor(node).spellingEnd, tree.cursor(base).spellingEnd)
    guard let file = whole.file, file == part.file, part.offset < whole.offset else { return nil }
    let text = builder.text(of: file)
    guard whole.offset <= text.count else { return nil }
    var start = whole.offset
    while start > part.offset, text[start - 1].isIdentifierByte { start -= 1 }
    guard start < whole.offset else { return nil }
    let name = String(decoding: text[start..<whole.offset], as: UTF8.self)
    let between = text[part.offset..<start].filter { !Self.isSpace($0) }
    switch between {
    case Array("->".utf8): return .member(base: base, name: name, isArrow: true)
    case Array(".".utf8): return .member(base: base, name: name, isArrow: false)
    default: return nil
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == UInt8(ascii: "\\")
  }

  /// The place of a member that clang did not resolve; nil where the text does not name one.
  func recoveredPlace(_ node: Node) -> PlaceID? {
    guard builder.hasErrors else { return nil }
    let parts = expressions(node)
    guard let base = parts.first else {
      return tree.kind(node) == .unexposedExpr ? recoveredVariable(node) : nil
    }
    guard parts.count == 1 else { return nil }
    let isMember = tree.kind(node) == .memberRefExpr
    guard
      case .member(_, let name, let isArrow) =
        isMember ? writtenMember(node, of: base) : recovery(node, of: base)
    else { return nil }
    let written = tree.cursor(base).type.canonical
    let object =
      isArrow
      ? pointee(of: base, type: builder.typeModel(type(base)).element ?? .unknown)
      : place(of: base) ?? dereference(value(base), type: type(base))
    let record = (isArrow ? written.pointee.canonical : written).declaration
    guard let record, record.kind.isRecord else {
      return extend(object, .field(builder.name(name), record: .empty), type: .unknown)
    }
    // That a field is a pointer is known, though not to what; else clang invents 'int'.
    let field = builder.name(name)
    let known = builder.fields(of: record).first { $0.name == field }?.type ?? .unknown
    let isPointer = builder.typeModel(known).kind == .pointer
    return extend(
      object, .field(field, record: builder.ownerName(record)), type: isPointer ? known : .unknown)
  }

  /// The text of a node, if it is a name alone.
  private func writtenName(_ node: Node) -> String? {
    let (start, end) = (tree.cursor(node).spellingStart, tree.cursor(node).spellingEnd)
    guard let file = start.file, file == end.file else { return nil }
    let name = builder.identifier(in: file, at: start.offset)
    return !name.isEmpty && start.offset + name.utf8.count == end.offset ? name : nil
  }

  /// A parameter, a local or a variable of the unit whose type clang does not know, by its name.
  private func recoveredVariable(_ node: Node) -> PlaceID? {
    guard isDependent(node), let written = writtenName(node) else { return nil }
    let name = builder.name(written)
    if let local = function.locals.lastIndex(where: { $0.name == name }) {
      return throughReference(
        place(.local(Int32(local)), type: function.locals[local].type))
    }
    guard let declaration = builder.declarations[written], declaration.kind == .varDecl else {
      return nil
    }
    return place(.variable(builder.symbol(declaration)), type: builder.type(declaration.type))
  }

  /// A function whose type clang does not know, by its name.
  func recoveredFunction(_ node: Node) -> Cursor? {
    guard builder.hasErrors, tree.kind(node) == .unexposedExpr, tree.firstChild(node) < 0,
      isDependent(node), let name = writtenName(node),
      let declaration = builder.declarations[name], declaration.kind == .functionDecl
    else { return nil }
    return declaration
  }
}
