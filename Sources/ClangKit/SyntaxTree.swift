internal import CLibclang

/// The subtree of a declaration or statement as a flat array, read in one visit.
///
/// One visit for a whole function costs a third of asking every node for its children, and nodes
/// are plain indices: no reference counting while the lowering walks. A class, because other modules
/// cannot copy an array of libclang's cursors without asking the runtime how.
package final class SyntaxTree {
  /// A node: an index into the tree. The root is node 0.
  package typealias Node = Int32

  // By columns, so that the lowering in another module reads kinds and links without a call.
  private let cursors: [CXCursor]
  package let kinds: [CursorKind]
  package let firstChildren: [Node]
  package let lastChildren: [Node]
  package let siblings: [Node]
  package let unit: TranslationUnit

  /// Reads everything below a cursor. `enter` decides for declarations whether to go into them.
  package init(_ root: Cursor, capacity: Int = 256) {
    unit = root.unit
    let builder = Builder(root.raw, capacity: capacity)
    _ = root.unit.functions.clang_visitChildren(
      root.raw,
      { cursor, parent, data in
        guard let data else { return CXChildVisit_Break }
        Unmanaged<Builder>.fromOpaque(data).takeUnretainedValue().add(cursor, below: parent)
        return CXChildVisit_Recurse
      }, Unmanaged.passUnretained(builder).toOpaque())
    cursors = builder.cursors
    kinds = builder.kinds
    firstChildren = builder.firstChildren
    lastChildren = builder.lastChildren
    siblings = builder.siblings
  }

  private final class Builder {
    var cursors: [CXCursor] = []
    var kinds: [CursorKind] = []
    var firstChildren: [Node] = []
    var lastChildren: [Node] = []
    var siblings: [Node] = []
    /// The path from the root to the node added last.
    private var path: [Node] = [0]

    init(_ root: CXCursor, capacity: Int) {
      cursors.reserveCapacity(capacity)
      add(root)
    }

    func add(_ cursor: CXCursor, below parent: CXCursor) {
      // The visit is depth first, so the parent is on the path, or is one that libclang goes
      // through without reporting it (the initialiser of a lambda's capture): that one becomes a
      // node too, below the innermost that can have children.
      var depth = path.count - 1
      while depth >= 0, !Self.same(cursors[Int(path[depth])], parent) { depth -= 1 }
      if depth < 0 {
        depth = path.count - 1
        while depth > 0, kinds[Int(path[depth])].isReference { depth -= 1 }
        path.removeLast(path.count - 1 - depth)
        append(parent)
      } else {
        path.removeLast(path.count - 1 - depth)
      }
      append(cursor)
    }

    /// Adds a node below the end of the path, and the path goes on to it.
    private func append(_ cursor: CXCursor) {
      let above = path[path.count - 1]
      let node = Node(truncatingIfNeeded: cursors.count)
      add(cursor)
      let last = lastChildren[Int(above)]
      if last < 0 {
        firstChildren[Int(above)] = node
      } else {
        siblings[Int(last)] = node
      }
      lastChildren[Int(above)] = node
      path.append(node)
    }

    /// Adds a node without links.
    private func add(_ cursor: CXCursor) {
      cursors.append(cursor)
      kinds.append(CursorKind(rawValue: cursor.kind.rawValue))
      firstChildren.append(-1)
      lastChildren.append(-1)
      siblings.append(-1)
    }

    private static func same(_ left: CXCursor, _ right: CXCursor) -> Bool {
      left.data.1 == right.data.1 && left.data.0 == right.data.0
        && left.kind.rawValue == right.kind.rawValue
    }
  }

  package var count: Int { kinds.count }
  @inlinable package func kind(_ node: Node) -> CursorKind { kinds[Int(node)] }
  /// The first child; -1 without children.
  @inlinable package func firstChild(_ node: Node) -> Node { firstChildren[Int(node)] }
  /// The last child; -1 without children.
  @inlinable package func lastChild(_ node: Node) -> Node { lastChildren[Int(node)] }
  /// The next sibling; -1 at the end.
  @inlinable package func next(_ node: Node) -> Node { siblings[Int(node)] }

  @inlinable package func children(_ node: Node) -> [Node] {
    var found: [Node] = []
    var child = firstChild(node)
    while child >= 0 {
      found.append(child)
      child = next(child)
    }
    return found
  }

  package func cursor(_ node: Node) -> Cursor { Cursor(cursors[Int(node)], unit) }
}
