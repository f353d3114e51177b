package import ProgramModel

/// One function calling another at one instruction.
package struct CallEdge: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case direct
    /// Through a pointer whose possible values are known from tables, fields or arguments.
    case indirect
    /// A virtual method; the callee is one of the overriders.
    case virtual
    /// The callee's address is given to a function outside the package that calls it before it
    /// returns.
    case callback
  }

  package var caller: FunctionID
  package var callee: FunctionID
  package var kind: Kind
  /// The unit of the caller's body.
  package var unit: Int
  package var block: BlockID
  package var instruction: Int
  package var range: SourceRange
}

/// The address of a function leaves the package's hands.
package struct FunctionEscape: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    /// Argument of a function that the package does not define; nil: of an unknown one.
    case argument(of: FunctionID?, position: Int)
    /// Stored in a field of a record that the package does not define, or in a field or variable
    /// through which no code of the package calls.
    case table(VariableID?)
    /// Used in a way that is not followed.
    case other
  }

  package var function: FunctionID
  package var way: Way
  package var unit: Int
  package var range: SourceRange
}

/// Who calls whom in a package.
package struct CallGraph: Sendable {
  /// In the order of callers and their instructions.
  package var edges: [CallEdge] = []
  /// Per function, the indices of the edges that leave it, and that enter it.
  package var outgoing: [[Int]] = []
  package var incoming: [[Int]] = []
  /// Per function, whether it makes indirect calls whose targets are not known.
  package var hasUnknownCallees: [Bool] = []
  package var escapes: [FunctionEscape] = []

  /// Functions that `function` can call, in the order of its calls, each once.
  package func callees(of function: FunctionID) -> [FunctionID] {
    var seen = Set<FunctionID>()
    return outgoing[Int(function.index)].map { edges[$0].callee }
      .filter { seen.insert($0).inserted }
  }

  /// Functions that can call `function`, in ascending order, each once.
  package func callers(of function: FunctionID) -> [FunctionID] {
    Set(incoming[Int(function.index)].map { edges[$0].caller }).sorted()
  }

  /// Some functions and all that call them, however far away.
  package func callers(reaching roots: [FunctionID]) -> Set<FunctionID> {
    var seen = Set(roots)
    var work = roots
    while let next = work.popLast() {
      for edge in incoming[Int(next.index)] {
        let caller = edges[edge].caller
        if seen.insert(caller).inserted { work.append(caller) }
      }
    }
    return seen
  }

  /// Everything that can be reached from some functions, these included.
  package func reachable(
    from roots: [FunctionID], stoppingAt isBarrier: (FunctionID) -> Bool = { _ in false }
  ) -> Set<FunctionID> {
    var seen = Set(roots)
    var work = roots
    while let next = work.popLast() {
      for edge in outgoing[Int(next.index)] {
        let callee = edges[edge].callee
        if !isBarrier(callee), seen.insert(callee).inserted { work.append(callee) }
      }
    }
    return seen
  }
}
