internal import ClangKit
internal import ProgramModel

// Types, each once, and the names of records.
extension ModelBuilder {
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
    } else if let known = typedefNames[declaration.canonical.identity] {
      text = known
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
