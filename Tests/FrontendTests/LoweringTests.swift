import Foundation
import ProgramModel
import PythonAPI
import SystemKit
import SystemPackage
import Testing

@testable import Frontend

/// Compares the lowering's text with what each small source means.
@Suite struct LoweringTests {}

/// A source, and the text of one of its functions.
struct Lowered: CustomTestStringConvertible, Sendable {
  var title: String
  var source: String
  var isCxx: Bool
  var function: String
  var expected: String

  init(
    _ title: String, cxx: Bool = false, _ source: String, expecting expected: String,
    function: String = "f"
  ) {
    self.title = title
    self.source = source
    isCxx = cxx
    self.function = function
    self.expected = expected + "\n"
  }

  var testDescription: String { title }

  func text() throws -> String {
    let model = try Lowering.model(
      of: (isCxx ? Self.cxxDeclarations : Self.cDeclarations) + source, isCxx: isCxx)
    #expect(model.diagnostics.isEmpty)
    return ModelText(model).text(function: function)
  }

  /// What every C source begins with.
  private static let cDeclarations = """
    int test(void);
    int next(int value);
    void first(void);
    void second(void);
    int global;
    int table[8];
    struct inner { int a; int b[4]; };
    struct outer { struct inner in; struct inner *link; int (*hook)(int); };

    """

  /// What every C++ source begins with.
  private static let cxxDeclarations = """
    int test();
    void first();
    void second();
    int guarded;
    struct Mutex { void lock(); void unlock(); };
    struct Guard { explicit Guard(Mutex &m); ~Guard(); int value(); };
    Mutex mutex;

    """
}
