internal import ClangKit
internal import ProgramModel
internal import PythonAPI

/// The growing model of one unit: its tables, each entry once.
///
/// Everything that is asked of libclang per declaration or type is asked once and remembered by
/// the identity of clang's node.
final class ModelBuilder {
  var model: UnitModel
  let unit: TranslationUnit
  /// Maps a file to its path within the audited root; nil for files outside it.
  private let relativePath: (String) -> String?

  private var nameIndex: [String: Name] = ["": .empty]
  private var typeIndex: [UInt: TypeID] = [:]
  private var fileIndex: [SourceFile: Int32] = [:]
  private var texts: [SourceFile: [UInt8]] = [:]
  private var symbolIndex: [UInt: SymbolID] = [:]
  private var symbolKeys: [String: SymbolID] = [:]
  private var recordNames: [UInt: Name] = [:]
  private var fieldSteps: [UInt: FieldStep] = [:]
  private var callees: [UInt: CalleeFacts] = [:]
  private var macroNames: [MacroPlace: Name] = [:]
  private var lastFile: (file: SourceFile, index: Int32)?
  var recordFields: [UInt: [RecordField]] = [:]
  var destructors: [UInt: Destructor] = [:]
  var loweredRecords: Set<UInt> = []
  /// What lambdas became, by their class.
  var lambdas: [UInt: SymbolID] = [:]
  /// Static members of instantiated templates, which no declaration of the unit shows.
  var wantedVariables: [Cursor] = []
  /// Functions that are lowered already.
  var lowered: Set<UInt> = []
  private var pointerTypes: [UInt: TypeID] = [:]
  private var variadicLists: [TypeID: Bool] = [:]
  /// Functions of headers that something refers to, still to be lowered.
  var wanted: [Cursor] = []
  private(set) var wantedIdentities: Set<UInt> = []

  init(
    path: String, isCxx: Bool, unit: TranslationUnit, relativePath: @escaping (String) -> String?
  ) {
    model = UnitModel(path: path, isCxx: isCxx)
    self.unit = unit
    self.relativePath = relativePath
    model.types.append(TypeModel(spelling: .empty, kind: .unknown))
  }

  func name(_ text: String) -> Name {
    if let known = nameIndex[text] { return known }
    let name = Name(model.names.count)
    model.names.append(text)
    nameIndex[text] = name
    return name
  }

  // MARK: Files and ranges

  /// Index of a file of the package; -1 for files outside it.
  func index(of file: SourceFile?) -> Int32 {
    guard let file else { return -1 }
    if let lastFile, lastFile.file == file { return lastFile.index }
    let index = findIndex(of: file)
    lastFile = (file, index)
    return index
  }

  private func findIndex(of file: SourceFile) -> Int32 {
    if let known = fileIndex[file] { return known }
    var index: Int32 = -1
    if let path = relativePath(unit.path(of: file)) {
      if let same = model.files.firstIndex(where: { $0.path == path }) {
        index = Int32(same)
      } else {
        index = Int32(model.files.count)
        model.files.append(
          SourceFileTable(path: path, lineStarts: SourceFileTable.lineStarts(of: text(of: file))))
      }
    }
    fileIndex[file] = index
    return index
  }

  /// The bytes of a file, read once.
  func text(of file: SourceFile) -> [UInt8] {
    if let known = texts[file] { return known }
    let text = unit.contents(of: file)
    texts[file] = text
    return text
  }

  func range(_ extent: Extent) -> SourceRange {
    let file = index(of: extent.file)
    let start = UInt32(truncatingIfNeeded: extent.start)
    var macro = Name.empty
    if extent.isInMacro, let source = extent.file {
      let place = MacroPlace(file: source, offset: extent.start)
      if let known = macroNames[place] {
        macro = known
      } else {
        macro = name(identifier(in: source, at: extent.start))
        macroNames[place] = macro
      }
    }
    return SourceRange(
      file: file, start: start, end: UInt32(truncatingIfNeeded: extent.end), macro: macro)
  }

  func range(of cursor: Cursor) -> SourceRange { range(cursor.extent) }

  /// The range of a declaration's name.
  func nameRange(of cursor: Cursor) -> SourceRange {
    let place = cursor.location
    guard let file = place.file else { return .none }
    let length = identifierLength(in: file, at: place.offset)
    return range(
      Extent(
        file: file, start: place.offset, end: place.offset + max(1, length),
        isInMacro: place.isInMacro))
  }

  /// The identifier that begins at an offset; empty where none does.
  func identifier(in file: SourceFile, at offset: Int) -> String {
    let bytes = text(of: file)
    let length = identifierLength(in: file, at: offset)
    guard length > 0 else { return "" }
    return String(decoding: bytes[offset..<offset + length], as: UTF8.self)
  }

  private func identifierLength(in file: SourceFile, at offset: Int) -> Int {
    let bytes = text(of: file)
    var end = offset
    while end < bytes.count, bytes[end].isIdentifierByte { end += 1 }
    return max(0, end - offset)
  }

  // MARK: Types

  func type(_ type: ClangType) -> TypeID {
    if let known = typeIndex[type.identity] { return known }
    let canonical = type.canonical
    var described = canonical
    var isAtomic = false
    if canonical.kind == .atomic {
      isAtomic = true
      described = canonical.valueType.canonical
    }
    var entry = TypeModel(
      spelling: name(withoutPaths(type.spelling)), kind: described.kind.modelKind)
    entry.isAtomic = isAtomic
    entry.isConst = canonical.isConst
    entry.isVolatile = canonical.isVolatile
    let id = TypeID(Int32(model.types.count))
    // Entered before its parts, which may refer back to it.
    typeIndex[type.identity] = id
    model.types.append(entry)
    switch entry.kind {
    case .pointer, .reference:
      // The written pointee keeps its typedef: 'PyObject', not 'struct _object'.
      let written = type.pointee
      entry.element = self.type(written.kind == .invalid ? described.pointee : written)
    case .array, .vector:
      let written = type.element
      let element = self.type(written.kind == .invalid ? described.element : written)
      entry.element = element
      entry.count = described.arraySize
      if model[element].isConst { entry.isConst = true }
    case .function:
      entry.element = self.type(described.result)
    case .record, .enumeration:
      if let declaration = described.declaration { entry.record = recordName(declaration) }
    default: break
    }
    model.types[Int(id.index)] = entry
    return id
  }

  /// A type of the model. A function, so that its argument, which may add to the table, is
  /// evaluated before the table is read.
  func typeModel(_ id: TypeID) -> TypeModel { model.types[Int(id.index)] }

  /// Whether a type is some `va_list`.
  func isVariadicList(_ type: TypeID) -> Bool {
    if let known = variadicLists[type] { return known }
    let found = model[typeModel(type).spelling].contains("va_list")
    variadicLists[type] = found
    return found
  }

  /// The type of `this` in a record's methods.
  func pointer(to record: Cursor) -> TypeID {
    if let known = pointerTypes[record.identity] { return known }
    let pointee = type(record.type)
    let id = TypeID(Int32(model.types.count))
    model.types.append(
      TypeModel(
        spelling: name(model[model[pointee].spelling] + " *"), kind: .pointer, element: pointee))
    pointerTypes[record.identity] = id
    return id
  }

  /// The canonical qualified name of a record or enumeration; an unnamed one's typedef, else its place.
  func recordName(_ declaration: Cursor) -> Name {
    if let known = recordNames[declaration.identity] { return known }
    var text = declaration.type.canonical.spelling
    for prefix in ["const ", "volatile ", "struct ", "union ", "enum ", "class "]
    where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    if !text.utf8.contains(UInt8(ascii: "(")) {
      // A name like any other.
    } else if text.contains("(unnamed ") || text.contains("(anonymous "), text.contains(" at ") {
      // The spelling holds an absolute path: say where it stands in words of our own.
      let range = range(of: declaration)
      if range.file >= 0 {
        let file = model.files[Int(range.file)]
        text = "(unnamed at \(file.path):\(file.position(of: range.start).line))"
      } else {
        text = "(unnamed)"
      }
    } else {
      text = withoutPaths(text)
    }
    let result = name(text)
    recordNames[declaration.identity] = result
    return result
  }

  // MARK: Symbols

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
    } else if canonical.kind == .varDecl, canonical.semanticParent?.specializedTemplate != nil,
      !model[id].isForeign
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
        isForeign: file < 0))
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

  // MARK: Fields and callees

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

  /// libclang spells what has no name with an absolute path: `(unnamed at /a/b.c:1:2)`. What
  /// leaves the machine has the path within the package, or none.
  func withoutPaths(_ spelling: String) -> String {
    guard spelling.utf8.contains(UInt8(ascii: "(")), spelling.contains(" at ") else {
      return spelling
    }
    var result = ""
    var rest = spelling[...]
    while let place = rest.firstRange(of: " at "),
      let end = rest[place.upperBound...].firstIndex(of: ")")
    {
      let parts = rest[place.upperBound..<end].split(separator: ":")
      result += rest[..<place.lowerBound]
      if parts.count >= 3 {
        let path = parts.dropLast(2).joined(separator: ":")
        if let inside = relativePath(path) { result += " at \(inside):\(parts[parts.count - 2])" }
      }
      rest = rest[end...]
    }
    return result + rest
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

/// A field of a record, as initialisers need it.
struct RecordField {
  var name: Name
  var type: TypeID
  var clangType: ClangType
  var isUnnamedBitField: Bool
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

/// Where a macro is used.
private struct MacroPlace: Hashable {
  var file: SourceFile
  var offset: Int
}

/// Whether and how a record is destroyed.
enum Destructor {
  case trivial
  case calls(SymbolID)
}

extension UInt8 {
  /// A letter, digit, underscore, dollar or part of a character beyond ASCII.
  var isIdentifierByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24, 0x80...: true
    default: false
    }
  }
}

extension ClangTypeKind {
  /// What the model calls a canonical type of this kind.
  var modelKind: TypeKind {
    switch self {
    case .void: .void
    case .bool: .boolean
    case .pointer, .blockPointer, .nullPointer: .pointer
    case .lvalueReference, .rvalueReference: .reference
    case .record: .record
    case .enumeration: .enumeration
    case .functionPrototype, .functionNoPrototype: .function
    case .constantArray, .incompleteArray, .variableArray, .dependentArray: .array
    case .vector, .extendedVector: .vector
    case .memberPointer: .memberPointer
    case .dependent, .unexposed: .dependent
    default: isInteger ? .integer : isFloating ? .floating : .unknown
    }
  }
}
