import ProgramModel

/// One access to a field of an object.
package struct FieldAccess: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The value is read and used; at once to take a reference of one's own where `takes`.
    case read(takes: Bool)
    /// Another value is stored and the old reference is not dropped.
    case write
    /// Another value is stored and the old reference dropped.
    case replace
    /// As `replace`, in one atomic step.
    case exchange
  }

  package var field: ObjectFieldID
  package var kind: Kind
  package var isAtomic: Bool
  package var site: CodeSite
  /// Held from the read to the last use, as seen from the object; those of all callers included
  /// that have an object which other threads can have.
  package var locks: Set<RelativeLock>
  /// What the function holds at the site, in its own terms.
  package var held: Set<HeldLock>
  /// A lock was held at the read, and let go or suspended before the last use.
  package var outlivesLock: Bool
  /// Entry points that are certainly called reach it.
  package var isCertain: Bool
  /// Only `__init__` reaches it, which can run again on an object in use.
  package var isReinitialisation: Bool

  package var writes: Bool {
    if case .read = kind { false } else { true }
  }

  /// Drops the reference that the field had.
  package var drops: Bool { kind == .replace || kind == .exchange }
}

/// An access as its function alone tells it.
struct RawFieldAccess {
  var field: ObjectFieldID
  var kind: FieldAccess.Kind
  var isAtomic: Bool
  var site: CodeSite
  var object: ReachedObject
  /// Where locks must be held to cover it, the site first.
  var points: [ProgramPoint]
  /// Python code can run between the first and the last of them.
  var isLate = false
}

extension ObjectReading {
  /// The accesses to fields, in the order of the function's code.
  func accesses(
    in function: FunctionID, _ unit: Int, _ model: FunctionModel
  ) -> [RawFieldAccess] {
    var found: [RawFieldAccess] = []
    func site(_ point: ProgramPoint) -> CodeSite {
      let block = model.blocks[Int(point.block.index)]
      let range =
        point.instruction < block.instructions.count
        ? block.instructions[point.instruction].range : block.range
      return CodeSite(
        function: function, unit: unit, block: point.block, instruction: point.instruction,
        range: range)
    }
    func add(
      _ target: ReferenceTarget, _ kind: FieldAccess.Kind, _ points: [ProgramPoint],
      isAtomic: Bool = false, isLate: Bool = false
    ) {
      guard case .field(let field, let identity) = target, let object = objects[identity],
        let first = points.first
      else { return }
      found.append(
        RawFieldAccess(
          field: field, kind: kind, isAtomic: isAtomic, site: site(first), object: object,
          points: points, isLate: isLate))
    }

    var fates = [Fate](repeating: Fate(), count: loads.count)
    for event in events {
      switch event.kind {
      case .use(let load, let isLate):
        fates[Int(load)].uses.append(event.point)
        if isLate { fates[Int(load)].isLate = true }
      case .take(let load, let isLate):
        fates[Int(load)].takes.append(event.point)
        if isLate { fates[Int(load)].isLate = true }
      case .drop(let load): fates[Int(load)].isDropped = true
      case .handOver(let load): fates[Int(load)].isHandedOver = true
      case .moved, .follow, .store, .replace, .exchange: break
      }
    }
    for (load, fate) in zip(loads, fates) where !(fate.uses.isEmpty && fate.takes.isEmpty) {
      add(
        load.target, .read(takes: fate.uses.isEmpty), [load.point] + fate.takes + fate.uses,
        isAtomic: load.isAtomic, isLate: fate.isLate)
    }
    // The old value, where it was read before and its reference dropped.
    var dropped: [ReferenceTarget: [ProgramPoint]] = [:]
    for (load, fate) in zip(loads, fates) where fate.isDropped {
      dropped[load.target, default: []].append(load.point)
    }
    var moved: [ProgramPoint: [ProgramPoint]] = [:]
    for event in events {
      if case .moved(let load) = event.kind, fates[Int(load)].isHandedOver {
        moved[event.point, default: []].append(loads[Int(load)].point)
      }
    }
    for event in events {
      switch event.kind {
      case .follow(let target): add(target, .read(takes: false), [event.point])
      case .store(let target):
        let old = (moved[event.point] ?? []) + (dropped[target] ?? [])
        add(target, old.isEmpty ? .write : .replace, [event.point] + old)
      case .replace(let target): add(target, .replace, [event.point])
      case .exchange(let target): add(target, .exchange, [event.point], isAtomic: true)
      case .use, .take, .drop, .handOver, .moved: break
      }
    }
    return found
  }

  private struct Fate {
    var uses: [ProgramPoint] = []
    var takes: [ProgramPoint] = []
    var isLate = false
    var isDropped = false
    var isHandedOver = false
  }
}
