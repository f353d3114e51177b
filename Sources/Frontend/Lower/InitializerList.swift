internal import ClangKit
internal import ProgramModel

/// Matches the elements of a braced initialiser with the subobjects they initialise: order,
/// designators and elided braces, as C99 6.7.9 says.
struct InitializerList {
  typealias Node = SyntaxTree.Node

  enum Step {
    case field(Name, record: Name, type: TypeID)
    case index(Int, type: TypeID)
  }

  struct Element {
    var path: [Step]
    var value: Node
    /// False where a designator names no known part: the path is that of the whole.
    var isUnderstood = true
  }

  private let builder: ModelBuilder
  private let tree: SyntaxTree

  init(_ builder: ModelBuilder, _ tree: SyntaxTree) {
    self.builder = builder
    self.tree = tree
  }

  /// A subobject of an aggregate.
  private struct Subobject {
    var step: Step
    var type: ClangType
  }

  /// What an aggregate is made of.
  private enum Shape {
    case record([RecordField], name: Name, isUnion: Bool)
    case array(ClangType, count: Int64)
    case scalar
  }

  private func shape(of type: ClangType) -> Shape {
    let canonical = type.canonical
    switch canonical.kind.modelKind {
    case .record:
      guard let declaration = canonical.declaration else { return .scalar }
      return .record(
        builder.fields(of: declaration).filter { !$0.isUnnamedBitField },
        name: builder.ownerName(declaration), isUnion: declaration.kind == .unionDecl)
    case .array, .vector:
      return .array(canonical.element, count: canonical.arraySize)
    default: return .scalar
    }
  }

  /// The elements of a list that initialises an object of `type`.
  func elements(of list: Node, type: ClangType) -> [Element] {
    var children: [Node] = []
    var child = tree.firstChild(list)
    while child >= 0 {
      if tree.kind(child).isExpression { children.append(child) }
      child = tree.next(child)
    }
    var found: [Element] = []
    var position = 0
    fill(type, below: [], children, &position, braced: true, &found)
    return found
  }

  /// Whether elements leave parts of an object of `type` to be zeroed.
  func isPartial(_ elements: [Element], of type: ClangType) -> Bool {
    switch shape(of: type) {
    case .record(let fields, _, let isUnion):
      if isUnion { return false }
      var named: Set<Name> = []
      for case .field(let name, _, _)? in elements.map(\.path.first) { named.insert(name) }
      // An anonymous member is there when any of its fields is.
      return named.count < fields.count
    case .array(_, let count):
      var indices: Set<Int> = []
      for case .index(let index, _)? in elements.map(\.path.first) { indices.insert(index) }
      return count > 0 && indices.count < Int(count)
    case .scalar: return false
    }
  }

  private func fill(
    _ type: ClangType, below path: [Step], _ children: [Node], _ position: inout Int, braced: Bool,
    _ found: inout [Element]
  ) {
    let shape = shape(of: type)
    var index = 0
    while position < children.count {
      let child = children[position]
      if let designators = designators(of: child) {
        // A designator belongs to the braces it stands in.
        guard braced else { return }
        position += 1
        guard let (steps, next) = resolve(designators.steps, in: type) else {
          found.append(Element(path: path, value: designators.value, isUnderstood: false))
          continue
        }
        found.append(Element(path: path + steps, value: designators.value))
        index = next
        continue
      }
      guard let part = subobject(index, of: shape) else {
        if braced { position += 1; continue }
        return
      }
      index += 1
      consume(children, &position, part, path, &found)
      if case .record(_, _, isUnion: true) = shape, !braced { return }
    }
  }

  private func consume(
    _ children: [Node], _ position: inout Int, _ part: Subobject, _ path: [Step],
    _ found: inout [Element]
  ) {
    let child = children[position]
    var below = path
    if case .field(.empty, _, _) = part.step {
      // The fields of an anonymous member are the enclosing record's.
      if tree.kind(child) == .initListExpr {
        position += 1
        for element in elements(of: child, type: part.type) {
          found.append(
            Element(
              path: path + element.path, value: element.value, isUnderstood: element.isUnderstood))
        }
        return
      }
    } else {
      below.append(part.step)
    }
    if needsDescent(child, into: part.type) {
      let before = position
      fill(part.type, below: below, children, &position, braced: false, &found)
      if position > before { return }
    }
    found.append(Element(path: below, value: child))
    position += 1
  }

  /// Braces are elided: the child initialises something inside the subobject.
  private func needsDescent(_ child: Node, into type: ClangType) -> Bool {
    let canonical = type.canonical
    let kind = canonical.kind.modelKind
    guard kind == .record || kind == .array else { return false }
    var inner = child
    while tree.kind(inner) == .unexposedExpr || tree.kind(inner) == .parenExpr,
      tree.firstChild(inner) >= 0, tree.next(tree.firstChild(inner)) < 0
    {
      inner = tree.firstChild(inner)
    }
    switch tree.kind(inner) {
    case .initListExpr: return false
    case .stringLiteral where kind == .array:
      return !canonical.element.canonical.kind.isInteger
    case .compoundLiteralExpr, .callExpr, .lambdaExpr:
      return builder.typeModel(builder.type(tree.cursor(inner).type)).kind != .record
        && kind == .record
    default:
      let childType = builder.typeModel(builder.type(tree.cursor(inner).type))
      return childType.kind != kind
        || (kind == .record
          && childType.record != builder.typeModel(builder.type(canonical)).record)
    }
  }

  private func subobject(_ index: Int, of shape: Shape) -> Subobject? {
    switch shape {
    case .record(let fields, let record, let isUnion):
      guard index < (isUnion ? min(1, fields.count) : fields.count) else { return nil }
      let field = fields[index]
      return Subobject(
        step: .field(field.name, record: record, type: field.type), type: field.clangType)
    case .array(let element, let count):
      guard count < 0 || index < Int(count) else { return nil }
      return Subobject(step: .index(index, type: builder.type(element)), type: element)
    case .scalar:
      return nil
    }
  }

  // MARK: Designators

  private enum Designator {
    case field(String)
    case index(Int64)
  }

  /// The designators of `.a.b[2] = value`; nil for an element without.
  private func designators(of node: Node) -> (steps: [Designator], value: Node)? {
    guard tree.kind(node) == .unexposedExpr else { return nil }
    let children = tree.children(node)
    guard children.count >= 2, let value = children.last else { return nil }
    let first = children[0]
    if tree.kind(first) != .memberRef {
      // '[n] = value': the text begins with a bracket.
      let extent = tree.cursor(node).extent
      guard let file = extent.file else { return nil }
      let text = builder.text(of: file)
      guard extent.start < text.count, text[extent.start] == UInt8(ascii: "[") else { return nil }
    }
    var steps: [Designator] = []
    for child in children.dropLast() {
      if tree.kind(child) == .memberRef {
        // The step into an anonymous member has no name.
        let spelling = tree.cursor(child).spelling
        if !spelling.isEmpty { steps.append(.field(spelling)) }
      } else {
        steps.append(.index(tree.cursor(child).integerValue ?? 0))
      }
    }
    return (steps, value)
  }

  /// The path that designators mean, and the position after the first of them.
  private func resolve(_ designators: [Designator], in type: ClangType) -> ([Step], next: Int)? {
    var steps: [Step] = []
    var type = type
    var next: Int?
    for designator in designators {
      // Clang puts the anonymous members that a name is found in before it, without names.
      if case .field(let spelling) = designator, spelling.isEmpty || spelling.hasPrefix("(") {
        continue
      }
      switch (designator, shape(of: type)) {
      case (.field(let spelling), .record(let fields, let record, _)):
        let name = builder.name(spelling)
        if let index = fields.firstIndex(where: { $0.name == name }) {
          steps.append(.field(name, record: record, type: fields[index].type))
          type = fields[index].clangType
          next = next ?? index + 1
        } else if let (inner, index) = unnamed(name, in: fields) {
          // A member of an anonymous struct or union is named as the record's own.
          steps.append(.field(name, record: record, type: inner.type))
          type = inner.clangType
          next = next ?? index + 1
        } else {
          return nil
        }
      case (.index(let index), .array(let element, _)):
        steps.append(.index(Int(truncatingIfNeeded: index), type: builder.type(element)))
        type = element
        next = next ?? Int(truncatingIfNeeded: index) &+ 1
      default: return nil
      }
    }
    return next.map { (steps, $0) }
  }

  private func unnamed(_ name: Name, in fields: [RecordField]) -> (RecordField, Int)? {
    for (index, field) in fields.enumerated() where field.name == .empty {
      guard case .record(let inner, _, _) = shape(of: field.clangType) else { continue }
      if let found = inner.first(where: { $0.name == name }) { return (found, index) }
      if let (found, _) = unnamed(name, in: inner) { return (found, index) }
    }
    return nil
  }
}
