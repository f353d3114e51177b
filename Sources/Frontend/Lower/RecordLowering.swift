internal import ClangKit
internal import ProgramModel

// Records: their fields, bases and destructors.
extension ModelBuilder {
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
            name: name(Self.isInvented(spelling) ? "" : spelling), type: type(child.type),
            clangType: child.type, isUnnamedBitField: spelling.isEmpty && child.isBitField))
      } else if child.kind.isRecord, child.isAnonymous {
        // An anonymous member: its fields are the enclosing record's.
        fields.append(
          RecordField(
            name: .empty, type: type(child.type), clangType: child.type, isUnnamedBitField: false))
      }
      return .next
    }
    if fields.contains(where: { $0.name == .empty }) {
      // From a precompiled header libclang gives anonymous members before the others.
      let order = fields.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }
      fields = order.map { fields[$0] }
    }
    recordFields[declaration.identity] = fields
    return fields
  }

  /// libclang spells the field of an anonymous record with a description and an absolute path.
  private static func isInvented(_ spelling: String) -> Bool { spelling.contains("(") }

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
      case .fieldDecl:
        let spelling = child.spelling
        record.fields.append(
          FieldModel(
            name: name(Self.isInvented(spelling) ? "" : spelling), type: type(child.type),
            isBitField: child.isBitField, range: nameRange(of: child)))
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

  /// The destructor that runs for an object of a record type.
  func destructor(of declaration: Cursor) -> Destructor {
    guard model.isCxx else { return .trivial }
    if let known = destructors[declaration.identity] { return known }
    // A record that holds itself through a template must not recurse for ever.
    destructors[declaration.identity] = .trivial
    let definition = declaration.definition ?? declaration
    let members = definition.children
    let source = members.isEmpty ? (declaration.specializedTemplate?.children ?? []) : members
    var found: Destructor = .trivial
    if let own = source.first(where: { $0.kind == .destructor }) {
      found = .calls(symbol(own))
    } else if source.contains(where: { part in
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
}
