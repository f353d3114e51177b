internal import ClangKit
internal import ProgramModel

// The parts of a 'for' statement. libclang leaves out the missing ones without saying which.
extension FunctionLowering {
  struct ForParts {
    var start: Node?
    var test: Node?
    var step: Node?
    var body: Node?
  }

  func forParts(_ node: Node) -> ForParts {
    var children = tree.children(node).filter { !tree.kind($0).isReference }
    var parts = ForParts(body: children.popLast())
    if children.count == 3 {
      (parts.start, parts.test, parts.step) = (children[0], children[1], children[2])
      return parts
    }
    let extent = tree.cursor(node).extent
    if !children.isEmpty, !extent.isInMacro, let file = extent.file,
      let separators = separators(in: builder.text(of: file), from: extent.start, to: extent.end)
    {
      for child in children {
        let start = tree.cursor(child).extent.start
        if start < separators.first {
          parts.start = child
        } else if start < separators.second {
          parts.test = child
        } else {
          parts.step = child
        }
      }
      return parts
    }
    // Inside a macro all places are the macro's. A part that the macro's own text holds is found
    // there; of one that is an argument, go by what it is.
    let loop = tree.cursor(node).spellingStart
    let marks = loop.file.flatMap { file in
      let text = builder.text(of: file)
      return separators(in: text, from: loop.offset, to: text.count)
    }
    for child in children {
      let kind = tree.kind(child)
      let place = tree.cursor(child).spellingStart
      if let marks, place.file == loop.file, loop.offset < place.offset, place.offset < marks.end {
        if place.offset < marks.first {
          parts.start = child
        } else if place.offset < marks.second {
          parts.test = child
        } else {
          parts.step = child
        }
        continue
      }
      if kind == .declStmt {
        parts.start = child
      } else if isTest(child), parts.test == nil {
        parts.test = child
      } else if parts.test == nil, parts.start == nil, child != children.last {
        parts.start = child
      } else {
        parts.step = child
      }
    }
    return parts
  }

  /// A part that computes a truth rather than changing something.
  private func isTest(_ node: Node) -> Bool {
    let node = peeled(node)
    switch tree.kind(node) {
    case .binaryOperator:
      let operation = tree.cursor(node).binaryOperator
      return operation != .assign && operation != .comma
    case .compoundAssignOperator: return false
    case .unaryOperator:
      switch tree.cursor(node).unaryOperator {
      case .preIncrement, .preDecrement, .postIncrement, .postDecrement: return false
      default: return true
      }
    default: return true
    }
  }

  /// Offsets of the two semicolons of `for (a; b; c)` and of its parenthesis; nil where the text
  /// does not show them.
  private func separators(
    in text: [UInt8], from start: Int, to end: Int
  ) -> (first: Int, second: Int, end: Int)? {
    var depth = 0
    var found: [Int] = []
    var index = start
    let end = min(end, text.count)
    while index < end {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return found.count == 2 ? (found[0], found[1], index) : nil }
      case UInt8(ascii: ";") where depth == 1: found.append(index)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        index += 1
        while index < end, text[index] != byte {
          if text[index] == UInt8(ascii: "\\") { index += 1 }
          index += 1
        }
      case UInt8(ascii: "/") where index + 1 < end && text[index + 1] == UInt8(ascii: "*"):
        index += 2
        while index + 1 < end,
          !(text[index] == UInt8(ascii: "*") && text[index + 1] == UInt8(ascii: "/"))
        {
          index += 1
        }
        index += 1
      case UInt8(ascii: "/") where index + 1 < end && text[index + 1] == UInt8(ascii: "/"):
        while index < end, text[index] != 0x0A { index += 1 }
      default: break
      }
      index += 1
    }
    return nil
  }
}
