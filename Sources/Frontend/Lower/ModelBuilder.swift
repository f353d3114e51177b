internal import ClangKit
internal import ProgramModel

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
  var typeIndex: [UInt: TypeID] = [:]
  private var fileIndex: [SourceFile: Int32] = [:]
  private var texts: [SourceFile: [UInt8]] = [:]
  var symbolIndex: [UInt: SymbolID] = [:]
  var symbolKeys: [String: SymbolID] = [:]
  var recordNames: [UInt: Name] = [:]
  var fieldSteps: [UInt: FieldStep] = [:]
  var callees: [UInt: CalleeFacts] = [:]
  private var macroNames: [MacroPlace: Name] = [:]
  private var lastFile: (file: SourceFile, index: Int32)?
  var recordFields: [UInt: [RecordField]] = [:]
  var destructors: [UInt: Destructor] = [:]
  var loweredRecords: Set<UInt> = []
  /// Something has no meaning to clang: expressions may be recovered, see `RecoveryLowering`.
  private(set) lazy var hasErrors = !unit.diagnostics(from: .error, limit: 1).isEmpty
  /// Functions and variables at file scope by name, in a unit of C with errors.
  var declarations: [String: Cursor] = [:]
  /// Names of typedefs by the unnamed record or enumeration they name, in a unit with errors: clang
  /// does not keep the name of a record that has a field of an unknown type.
  var typedefNames: [UInt: String] = [:]
  /// What lambdas became, by their class.
  var lambdas: [UInt: SymbolID] = [:]
  /// Variables of C++ that something refers to; those of instantiated templates no declaration of
  /// the unit shows.
  var wantedVariables: [Cursor] = []
  /// Functions that are lowered already.
  var lowered: Set<UInt> = []
  var pointerTypes: [UInt: TypeID] = [:]
  var variadicLists: [TypeID: Bool] = [:]
  /// Functions of headers that something refers to, still to be lowered.
  var wanted: [Cursor] = []
  var wantedIdentities: Set<UInt> = []

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
}

/// A field of a record, as initialisers need it.
struct RecordField {
  var name: Name
  var type: TypeID
  var clangType: ClangType
  var isUnnamedBitField: Bool
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
