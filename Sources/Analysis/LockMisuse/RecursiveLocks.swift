import ProgramModel
import PythonAPI

/// The locks that the thread which holds them can take again: by their type, by how they are set
/// up, or because the package asks first who holds them.
struct RecursiveLocks {
  private let package: PackageModel
  private let locks: Locks
  /// Keys without their way to the object.
  private var known = Set<Lock>()

  private enum Lock: Hashable {
    case variable(VariableID, [String])
    case field(String, String)
  }

  init(_ package: PackageModel, _ locks: Locks) {
    self.package = package
    self.locks = locks
    for id in package.functionIDs {
      guard let (unit, model) = package.body(of: id) else { continue }
      read(id, unit, model)
    }
  }

  func contains(_ lock: HeldLock, in function: FunctionID) -> Bool {
    guard !known.isEmpty, let lock = Self.plain(lock.key) else { return false }
    return known.contains(lock)
  }

  private static func plain(_ key: LockKey) -> Lock? {
    if case .variable(let id) = key.base {
      return .variable(id, key.path.filter { $0 != "->" })
    }
    guard let field = key.lastField else { return nil }
    return .field(key.owner, field)
  }

  private mutating func read(_ id: FunctionID, _ unit: Int, _ model: FunctionModel) {
    let names = package.units[unit]
    var asksForThread = false
    var isRecursive = false
    var setUp: [Operand] = []
    for block in model.blocks {
      for instruction in block.instructions {
        guard case .call(_, .direct(let symbol), let arguments) = instruction.operation else {
          continue
        }
        let name = names.name(of: symbol)
        if ReentryEffects.namesThread(name) { asksForThread = true }
        if let setup = ReentryEffects.lockSetup(name) {
          if let index = setup.type, index < arguments.count,
            case .integer(let type) = arguments[index], type & 1 == 1
          {
            isRecursive = true
          }
          if name.hasSuffix("_init"), let first = arguments.first { setUp.append(first) }
        }
        for argument in arguments {
          guard case .address(let place) = argument else { continue }
          let type = model.places[Int(place.index)].type
          if ReentryEffects.isRecursive(LockOperation.normalised(names[names[type].record])) {
            note(locks.paths(of: id).pointee(argument))
          }
        }
      }
    }
    if isRecursive { for operand in setUp { note(locks.paths(of: id).pointee(operand)) } }
    if asksForThread, let own = locks.functionLocks(id) {
      for lock in own.locks { note(lock.key) }
    }
  }

  private mutating func note(_ key: LockKey) {
    if let lock = Self.plain(key) { known.insert(lock) }
  }
}
