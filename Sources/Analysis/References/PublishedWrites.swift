import ProgramModel
import PythonAPI

/// Finds writes in place to objects that others may have already.
struct PublishedWrites {
  let context: ReferenceContext
  let flow: ValueFlow

  /// One write and the object written to.
  struct Found {
    var point: ProgramPoint
    var api: String
    var object: Operand
  }

  /// Functions that give a pointer to the content of an immutable object.
  private static let contents: Set<String> = [
    "PyBytes_AS_STRING", "PyBytes_AsString", "PyUnicode_DATA", "PyUnicode_1BYTE_DATA",
    "PyUnicode_2BYTE_DATA", "PyUnicode_4BYTE_DATA",
  ]
  private static let copiers: Set<String> = [
    "memcpy", "memmove", "memset", "strcpy", "strncpy", "sprintf", "snprintf",
  ]

  /// Names of functions whose callers are of interest.
  static func isOfInterest(_ name: String) -> Bool {
    writesInPlace(name) || contents.contains(name)
  }

  private static func writesInPlace(_ name: String) -> Bool {
    PythonFacts.shared.function(name)?.requiresUnpublishedObject ?? false
  }

  func find() -> [Found] {
    var found: [Found] = []
    for id in flow.flow.reversePostorder {
      for (index, instruction) in flow.model.blocks[Int(id.index)].instructions.enumerated() {
        let point = ProgramPoint(block: id, instruction: index)
        switch instruction.operation {
        case .call:
          guard let (callee, arguments) = flow.call(at: point), let first = arguments.first else {
            continue
          }
          let name = flow.package[callee].name
          if name == "PyUnicode_WRITE", arguments.count > 1 {
            if var write = content(arguments[1], at: point) {
              write.api = name
              found.append(write)
            }
          } else if Self.writesInPlace(name) {
            if let object = object(first) {
              found.append(Found(point: point, api: name, object: object))
            }
          } else if Self.copiers.contains(name) || name.hasPrefix("__builtin___") {
            if let write = content(first, at: point) { found.append(write) }
          }
        case .store(let place, _), .modify(_, let place, _, _, _):
          let target = flow.model.places[Int(place.index)]
          guard target.path.first == .dereference || target.path.first?.isIndex == true else {
            continue
          }
          let pointer: Operand
          switch target.base {
          case .local(let local): pointer = .local(local)
          case .temporary(let number): pointer = .temporary(number)
          case .variable, .unnamed: continue
          }
          if let write = content(pointer, at: point) { found.append(write) }
        default: continue
        }
      }
    }
    return found
  }

  /// The object of an argument; of `_PyTuple_Resize`, the one in the variable that is passed.
  private func object(_ argument: Operand) -> Operand? {
    guard case .address(let place) = argument else { return argument }
    let target = flow.model.places[Int(place.index)]
    guard case .local(let local) = target.base, target.path.isEmpty else { return nil }
    return .local(local)
  }

  /// A write through a pointer to the content of an immutable object.
  private func content(_ pointer: Operand, at point: ProgramPoint) -> Found? {
    for origin in flow.origins(of: pointer, at: point) {
      guard case .call(let site) = origin, let (callee, arguments) = flow.call(at: site),
        Self.contents.contains(flow.package[callee].name), let object = arguments.first
      else { continue }
      return Found(point: point, api: flow.package[callee].name, object: object)
    }
    return nil
  }
}

extension Place.Step {
  fileprivate var isIndex: Bool { if case .index = self { true } else { false } }
}
