/// What is known of one function or macro of the C API.
package struct APIFact: Sendable, Hashable {
  /// The public name, such as "PyDict_GetItem".
  package let name: String
  /// Whether the documentation has it as a function or as a macro.
  package let kind: Kind
  /// What the result is, as far as references go.
  package let returns: ReferenceKind
  /// The version it came with; `nil` for what every header that can be read has.
  package let since: PythonVersion?
  /// The last header that has it; `nil` where the newest known has it, or none is known to.
  package let lastHeader: PythonVersion?
  /// The version since which the stable ABI has it, `nil` where it is not of the stable ABI.
  package let stableABI: PythonVersion?
  /// Whether headers or documentation call it deprecated.
  package let isDeprecated: Bool
  /// The version since which it is deprecated, `nil` where only the header says so.
  package let deprecatedSince: PythonVersion?
  /// Whether the compatibility header 'pythoncapi_compat.h' gives it to older versions.
  package let isInCompatibilityHeader: Bool
  /// The arguments whose reference the call takes over.
  package let steals: [Steal]
  /// Arguments, from 0, that point to a variable in which the call stores a new reference.
  package let newReferenceArguments: [Int]
  /// Arguments, from 0, that point to a variable in which the call stores a borrowed reference.
  package let borrowedReferenceArguments: [Int]
  /// What a borrowed result is borrowed from, `nil` where the result is not borrowed.
  package let borrowedFrom: BorrowSource?
  /// The argument, from 0, that owns a borrowed result; `nil` where none does.
  package let ownerArgument: Int?
  /// How dangerous holding the borrowed result is without the GIL; `nil` where nothing is borrowed.
  package let borrowRisk: BorrowRisk?
  /// The function that returns a strong reference instead, `nil` where there is none.
  package let strongReplacement: String?
  /// Other functions and macros by which to avoid the hazard, the best first.
  package let alternatives: [String]
  /// The kind of container it works on, `nil` where it does not work on one.
  package let container: Container?
  /// Whether it is right only for an object that no other thread can have yet.
  package let requiresUnpublishedObject: Bool
  /// The level of thread safety that the documentation promises, `nil` where it promises none.
  package let threadSafety: ThreadSafety?
  /// What other code the call can let run.
  package let yield: YieldEffect
  /// Whether the object must be locked, or unshared, for the call or for the use of its result.
  package let needsLock: Bool
  /// How to lock, in words; `nil` where there is nothing to say.
  package let lockNote: String?
  /// What a reader should know besides; `nil` where there is nothing.
  package let note: String?
}

extension APIFact {
  /// How an API is documented.
  package enum Kind: String, Sendable {
    case function, macro
  }

  /// What a call returns.
  package enum ReferenceKind: String, Sendable {
    /// A reference that the caller owns.
    case new
    /// A reference that something else owns.
    case borrowed
    /// A pointer into memory that an object owns, such as a buffer of characters.
    case borrowedBuffer = "borrowed_buffer"
    /// A pointer to an array of references that an object owns.
    case borrowedArray = "borrowed_array"
    /// Always `NULL`, as of functions that set an exception.
    case null
    /// A value that is no reference.
    case value
    /// Nothing, or nothing known of a macro.
    case none
  }

  /// One argument whose reference the call takes over.
  package struct Steal: Sendable, Hashable {
    /// The argument, from 0.
    package let argument: Int
    /// In which case.
    package let condition: Condition

    /// When a reference is taken over.
    package enum Condition: String, Sendable {
      /// Also where the call fails.
      case always
      /// Only where the call succeeds.
      case success
      /// The call ends the reference: the argument must not be used afterwards.
      case consume
      /// The argument points to a variable whose reference the call replaces.
      case replaces = "inout"
    }
  }

  /// What a reference is borrowed from.
  package enum BorrowSource: String, Sendable, CaseIterable {
    case argument
    case cellContent = "cell_content"
    case dictEntry = "dict_entry_out"
    case dictValue = "dict_value"
    case frameNamespace = "frame_namespace"
    case functionAttribute = "function_attribute"
    case immortal
    case immutableField = "immutable_field"
    case instanceDictSlot = "instance_dict_slot"
    case internedIdentifier = "interned_identifier"
    case interpreterDict = "interp_dict"
    case interpreterModuleTable = "interp_module_table"
    case listItem = "list_item"
    case listOrTupleArray = "list_or_tuple_array"
    case listOrTupleItem = "list_or_tuple_item"
    case moduleDict = "module_dict"
    case setEntry = "set_entry_out"
    case staticDefinition = "static_def"
    case sysAttribute = "sys_attribute"
    case sysModules = "sys_modules"
    case sysModulesDict = "sys_modules_dict"
    case threadDict = "thread_dict"
    case threadException = "thread_exception"
    case threadFrame = "thread_frame"
    case tupleItem = "tuple_item"
    case typeAttribute = "type_attribute"
    case typeModule = "type_module"
    case typeOfObject = "type_of_object"
    case weakReferent = "weak_referent"
  }

  /// How dangerous a borrowed reference is without the GIL.
  package enum BorrowRisk: String, Sendable, CaseIterable {
    /// Another thread can end the owner's reference at any time.
    case dangerous
    /// As `dangerous` where the container is a list, harmless where it is a tuple.
    case dangerousIfList = "dangerous_if_list"
    /// Another thread could, but hardly any program does.
    case low
    /// Harmless as long as the owner lives.
    case safeWhileOwnerAlive = "safe_while_owner_alive"
    /// Owned by the current thread.
    case threadPrivate = "thread_private"
    /// Never ends.
    case safe
  }

  /// The container that a function works on.
  package enum Container: String, Sendable, CaseIterable {
    case mutable, immutable, unknown
    case mutableIfList = "mutable_if_list"
    case threadPrivate = "thread_private"
  }

  /// The levels of thread safety in CPython's documentation, weakest first.
  package enum ThreadSafety: String, Sendable, CaseIterable {
    case incompatible, compatible, distinct, shared, atomic
  }

  /// What a call can let run before it returns.
  package struct YieldEffect: Sendable, Hashable {
    /// Whether the call can run arbitrary Python code in this thread.
    package let runsPython: Bool
    /// Whether the call can suspend a critical section, because it can also lock or detach;
    /// true wherever `runsPython` is.
    package let maySuspend: Bool
    /// Why, as a word of the table such as "hash_eq"; `nil` where the call does neither.
    package let reason: String?
    /// How well this is known.
    package let confidence: Confidence

    /// Where the knowledge of an effect comes from.
    package enum Confidence: String, Sendable, CaseIterable {
      /// Read in CPython's source.
      case manual
      /// By a rule over the family of functions.
      case rule
      /// Assumed, as nothing is known: the worse of the two.
      case assumed = "default"
    }
  }
}

extension APIFact {
  /// Reads a row of the table 'functions', whose words outside the closed sets become the
  /// weakest that can be said.
  init(_ row: FactTables.Row) {
    var row = row
    name = row.text()
    kind = row.word(Kind.self) ?? .function
    returns = row.word(ReferenceKind.self) ?? .none
    since = row.version()
    lastHeader = row.version()
    stableABI = row.version()
    let deprecated = row.optionalText()
    isDeprecated = deprecated != nil
    deprecatedSince = deprecated.flatMap { PythonVersion($0) }
    isInCompatibilityHeader = row.flag()
    steals = row.list().compactMap(Steal.init)
    newReferenceArguments = row.numbers()
    borrowedReferenceArguments = row.numbers()
    borrowedFrom = row.word(BorrowSource.self)
    ownerArgument = row.number()
    borrowRisk = row.word(BorrowRisk.self)
    strongReplacement = row.optionalText()
    alternatives = row.list()
    container = row.word(Container.self)
    requiresUnpublishedObject = row.flag()
    threadSafety = row.word(ThreadSafety.self)
    let runsPython = row.flag()
    let suspends = row.flag()
    yield = YieldEffect(
      runsPython: runsPython, maySuspend: suspends || runsPython, reason: row.optionalText(),
      confidence: row.word(YieldEffect.Confidence.self) ?? .assumed)
    needsLock = row.flag()
    lockNote = row.optionalText()
    note = row.optionalText()
  }
}

extension APIFact.Steal {
  /// Reads a text such as "2:always"; `nil` where it is not of that form.
  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let argument = Int(parts[0]),
      let condition = Condition(rawValue: String(parts[1]))
    else { return nil }
    self.init(argument: argument, condition: condition)
  }
}
