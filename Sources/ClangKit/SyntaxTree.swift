internal import CLibclang

/// The subtree of a declaration or statement as a flat array, read in one visit.
///
/// One visit for a whole function costs a third of asking every node for its children, and nodes
/// are plain indices: no reference counting while the lowering walks.
package struct SyntaxTree {
  /// A node: an index into the tree. The root is node 0.
  package typealias Node = Int32

  private struct Entry {
    var cursor: CXCursor
    var firstChild: Node = -1
    var lastChild: Node = -1
    var next: Node = -1
  }

  private var entries: [Entry] = []
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
    entries = builder.entries
  }

  private final class Builder {
    var entries: [Entry]
    /// The path from the root to the node added last.
    private var path: [Node] = [0]

    init(_ root: CXCursor, capacity: Int) {
      entries = []
      entries.reserveCapacity(capacity)
      entries.append(Entry(cursor: root))
    }

    func add(_ cursor: CXCursor, below parent: CXCursor) {
      // The visit is depth first, so the parent is on the path, or is one that libclang goes
      // through without reporting it (the initialiser of a lambda's capture): that one becomes a
      // node too, below the innermost that can have children.
      var depth = path.count - 1
      while depth >= 0, !Self.same(entries[Int(path[depth])].cursor, parent) { depth -= 1 }
      if depth < 0 {
        depth = path.count - 1
        while depth > 0, CursorKind(entries[Int(path[depth])].cursor).isReference { depth -= 1 }
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
      let node = Node(truncatingIfNeeded: entries.count)
      entries.append(Entry(cursor: cursor))
      let last = entries[Int(above)].lastChild
      if last < 0 {
        entries[Int(above)].firstChild = node
      } else {
        entries[Int(last)].next = node
      }
      entries[Int(above)].lastChild = node
      path.append(node)
    }

    private static func same(_ left: CXCursor, _ right: CXCursor) -> Bool {
      left.data.1 == right.data.1 && left.data.0 == right.data.0
        && left.kind.rawValue == right.kind.rawValue
    }
  }

  package var count: Int { entries.count }
  package func kind(_ node: Node) -> CursorKind {
    CursorKind(rawValue: entries[Int(node)].cursor.kind.rawValue)
  }
  /// The first child; -1 without children.
  package func firstChild(_ node: Node) -> Node { entries[Int(node)].firstChild }
  /// The last child; -1 without children.
  package func lastChild(_ node: Node) -> Node { entries[Int(node)].lastChild }
  /// The next sibling; -1 at the end.
  package func next(_ node: Node) -> Node { entries[Int(node)].next }

  package func children(_ node: Node) -> [Node] {
    var found: [Node] = []
    var child = firstChild(node)
    while child >= 0 {
      found.append(child)
      child = next(child)
    }
    return found
  }

  package func cursor(_ node: Node) -> Cursor { Cursor(entries[Int(node)].cursor, unit) }
}
