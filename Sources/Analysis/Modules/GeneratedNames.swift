package import ProgramModel

/// Names that generators give to what is theirs and not the user's.
package enum GeneratedNames {
  /// Whether a function belongs to what a generator puts into every file, and not to the code
  /// that it has made of the user's.
  package static func isRuntime(_ function: String, of generator: SourceGenerator) -> Bool {
    switch generator {
    // What is made of the user's functions is '__pyx_pf_…', '__pyx_f_…' and the like.
    case .cython: function.hasPrefix("__Pyx")
    case .swig, .cffi, .mypyc, .f2py: isGenerators(function, of: generator)
    }
  }

  /// Whether a static object is the generator's.
  static func isGenerators(_ name: String, of generator: SourceGenerator) -> Bool {
    switch generator {
    // A user's module-level 'cdef' variable is '__pyx_v_…'.
    case .cython: name.hasPrefix("__pyx_") && !name.hasPrefix("__pyx_v_") || name.hasPrefix("__Pyx")
    case .swig: name.hasPrefix("swig") || name.hasPrefix("SWIG") || name.hasPrefix("_swig")
    case .cffi: name.hasPrefix("_cffi")
    case .mypyc: name.hasPrefix("CPy") || name.hasPrefix("_CPy")
    case .f2py: name.hasPrefix("f2py") || name.hasPrefix("capi_") || name.hasPrefix("cb_")
    }
  }
}
