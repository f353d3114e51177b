internal import ClangKit
internal import ProgramModel

// Records: their fields, bases and destructors.
extension ModelBuilder {
  /// The record that a field counts as a member of: the enclosing one for an anonymous record's.
  func owner(of field: Cursor) -> Name {
    field.semanticParent.map(ownerName) ?? .empty
  }

  /// The name of a record, of an anonymous one the enclosing record's.
  func ownerName(_ record: Cursor) -> Name {
    var record = record
    while record.isAnonymousRecord, let outer = record.semanticParent, outer.kind.isRecord {
      record = outer
    }
    return recordName(record)
  }

  /// The fields of a record declaration in order, unnamed members included.
  func fields(of declaration: Cursor) -> [RecordField] {
    if let known = recordFields[declaration.identity] { return known }
    var fields: [RecordField] = []
    var offsets: [Int] = []
    let definition = declaration.definition ?? declaration
    definition.visitChildren { (child) throws(Never) in
      let count = fields.count
      defer { if fields.count > count { offsets.append(child.extent.start) } }
      if child.kind == .fieldDecl {
        let spelling = child.spelling
        fields.append(
          RecordField(
            name: name(Self.isInvented(spelling) ? "" : spelling), type: fieldType(child),
            clangType: child.type, isUnnamedBitField: spelling.isEmpty && child.isBitField))
      } else if child.kind.isRecord, child.isAnonymousRecord {
        // An anonymous member: its fields are the enclosing record's.
        fields.append(
          RecordField(
            name: .empty, type: type(child.type), clangType: child.type, isUnnamedBitField: false))
      }
      return .next
    }
    if fields.isEmpty, declaration.specializedTemplate != nil {
      fields = declaration.type.fields.map { field in
        RecordField(
          name: name(field.spelling), type: type(field.type), clangType: field.type,
          isUnnamedBitField: field.spelling.isEmpty && field.isBitField)
      }
    } else if fields.contains(where: { $0.name == .empty }) {
      // From a precompiled header libclang gives anonymous members before the others.
      let order = fields.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }
      fields = order.map { fields[$0] }
    }
    recordFields[declaration.identity] = fields
    return fields
  }

  /// libclang spells the field of an anonymous record with a description and an absolute path.
  private static func isInvented(_ spelling: String) -> Bool {
    spelling.utf8.contains(UInt8(ascii: "("))
  }

  /// Enters a record of the package into the model.
  func lowerRecord(_ declaration: Cursor) {
    guard declaration.isDefinition, loweredRecords.insert(declaration.identity).inserted else {
      return
    }
    let range = range(of: declaration)
    guard range.file >= 0 else { return }
    var record = RecordModel(
      name: recordName(declaration), isUnion: declaration.kind == .unionDecl, fields: [],
      bases: [], hasDestructor: false, range: range)
    declaration.visitChildren { (child) throws(Never) in
      switch child.kind {
      case .fieldDecl: record.fields.append(field(child))
      case let kind where kind.isRecord && child.isAnonymousRecord:
        appendFields(ofAnonymous: child, to: &record)
      case .cxxBaseSpecifier:
        if let base = child.type.canonical.declaration { record.bases.append(recordName(base)) }
      case .structDecl, .unionDecl, .classDecl:
        lowerRecord(child)
      default: break
      }
      return .next
    }
    if model.isCxx, case .calls = destructor(of: declaration) { record.hasDestructor = true }
    model.records.append(record)
  }

  private func field(_ cursor: Cursor) -> FieldModel {
    let spelling = cursor.spelling
    return FieldModel(
      name: name(Self.isInvented(spelling) ? "" : spelling), type: fieldType(cursor),
      isBitField: cursor.isBitField, range: nameRange(of: cursor))
  }

  private func appendFields(ofAnonymous member: Cursor, to record: inout RecordModel) {
    for child in member.children {
      if child.kind == .fieldDecl {
        record.fields.append(field(child))
      } else if child.kind.isRecord, child.isAnonymousRecord {
        appendFields(ofAnonymous: child, to: &record)
      } else if child.kind.isRecord {
        lowerRecord(child)
      }
    }
  }

  /// Whether clang made a special member function that nobody wrote: it stands at its class.
  func isImplicit(_ method: Cursor) -> Bool {
    guard let record = method.semanticParent, record.kind.isRecord else { return false }
    let (own, outer) = (method.location, record.location)
    return own.offset == outer.offset && own.file == outer.file
  }

  /// Whether a call can return; libclang does not name the attribute, but shows where it stands
  /// or, for GNU's, in the type's spelling.
  ///
  /// Headers outside the package are known by name: their declarations all carry attributes, and
  /// reading those of every function that is called takes as long as lowering the calls.
  func returnsNever(_ function: Cursor) -> Bool {
    if Self.neverReturn.contains(function.spelling) { return true }
    let canonical = function.canonical
    guard index(of: canonical.location.file) >= 0 else { return false }
    return [function, canonical].contains { declaration in
      declaration.children.contains { part in
        guard part.kind.isAttribute, let file = part.spellingStart.file else { return false }
        let word = identifier(in: file, at: part.spellingStart.offset)
        return word == "noreturn" || word == "_Noreturn" || word == "__noreturn__"
      }
    } || function.type.spelling.contains("noreturn")
  }

  /// Functions after whose call nothing runs, whose declarations do not always say so.
  private static let neverReturn: Set<String> = [
    "abort", "exit", "_exit", "_Exit", "quick_exit", "longjmp", "siglongjmp", "__assert_fail",
    "__builtin_unreachable", "__builtin_trap", "__builtin_abort", "Py_FatalError",
    "_Py_FatalErrorFunc", "Py_Exit", "terminate", "rethrow_exception",
    "__throw_bad_alloc", "pthread_exit", "PyThread_exit_thread",
  ]

  /// The destructor that runs for an object of a record type.
  func destructor(of declaration: Cursor) -> Destructor {
    guard model.isCxx else { return .trivial }
    if let known = destructors[declaration.identity] { return known }
    // A record that holds itself through a template must not recurse for ever.
    destructors[declaration.identity] = .trivial
    let definition = declaration.definition ?? declaration
    let members = definition.children
    let template = members.isEmpty ? declaration.specializedTemplate : nil
    let source = template.map { $0.children + declaration.type.fields } ?? members
    var found: Destructor = .trivial
    if let own = source.first(where: { $0.kind == .destructor }) {
      found = .calls(template == nil ? symbol(own) : instantiated(own, of: declaration))
    } else if source.contains(where: { part in
      if part.kind == .cxxBaseSpecifier, isDestroyed(template: part.type.declaration) {
        return true
      }
      guard part.kind == .fieldDecl || part.kind == .cxxBaseSpecifier,
        let record = part.type.canonical.declaration, record.kind.isRecord
      else { return false }
      if case .calls = destructor(of: record) { return true }
      return false
    }) {
      found = .calls(impliedFunction("~\(declaration.spelling)"))
    }
    destructors[declaration.identity] = found
    return found
  }

  /// Whether a class template, seen as the dependent base of another, has a destructor written.
  private func isDestroyed(template: Cursor?, depth: Int = 0) -> Bool {
    guard let template, template.kind == .classTemplate, depth < 8 else { return false }
    return (template.definition ?? template).children.contains { part in
      part.kind == .destructor
        || part.kind == .cxxBaseSpecifier
          && isDestroyed(template: part.type.declaration, depth: depth + 1)
    }
  }

  /// The destructor of an instantiated class. libclang shows no cursor for it, so its symbol is
  /// made after the template's, which is not lowered: what it calls depends on the arguments.
  private func instantiated(_ destructor: Cursor, of record: Cursor) -> SymbolID {
    let spelling = "~\(record.spelling)"
    let key = "\(withoutPaths(record.usr))@F@\(spelling)#"
    return symbol(
      key: key,
      Symbol(
        name: name(spelling), qualifiedName: name("\(qualifiedName(record))::\(spelling)"),
        key: name(key), kind: .function, linkage: .external,
        isForeign: index(of: destructor.location.file) < 0))
  }
}
