import ProgramModel
import Testing

@testable import Frontend

// What is lowered of sources whose headers are missing: names keep their meaning.
extension LoweringTests {
  @Test(arguments: recoveryCases) func recovery(_ question: Lowered) throws {
    let model = try Lowering.model(of: question.source, isCxx: question.isCxx)
    let text = ModelText(model).text(function: question.function)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(!model.diagnostics.isEmpty)
    #expect(
      lines.filter { !$0.contains("not understood: clang:") }.joined(separator: "\n")
        == question.expected)
  }

  private static let recoveryCases: [Lowered] = [
    Lowered(
      "fields of unknown types",
      """
      typedef struct { const thing *g; id_t_ id; int n; } Hunk;
      int use(void *, int);
      void f(Hunk *h, const thing *g, int n) {
        h->g = g; (*h).g = 0; h[2].g = 0; h->id.x = n; h->id.p->q = 4; use(&h->id, h->n);
        *h->g = 3; h->g[2] = 1; h->g++; h->nothing = 3;
      }
      """,
      expecting: """
        function f(h, g, n)
          b0:
            store h->g = g
            store h->g = 0
            store h[2].g = 0
            store h->id.x = n
            store h->id.p->q = 4
            %0 = load h->n
            call use(&h->id, %0)
            store *h->g = 3
            store h->g[2] = 1
            modify h->g add 1
            store h->nothing = 3
            return
        """),
    Lowered(
      "fields of unknown types in macros",
      """
      #define CLEAR(x) do { (x) = 0; } while (0)
      #define ITEM h->g
      typedef struct { thing *g; } Hunk;
      void f(Hunk *h) { CLEAR(h->g); ITEM = 0; }
      """,
      expecting: """
        function f(h)
          not understood: assignment
          not understood: expression
          b0:
            jump b1
          b1:
            store h->g = 0
            jump b2
          b2:
            jump b3
          b3:
            %0 = opaque expression (h)
            %1 = opaque assignment (%0, 0)
            return
        """),
    Lowered(
      "variables and functions of unknown types",
      """
      static thing *cache;
      static int used(const thing *g, int n) { return n; }
      int f(const thing *g) { cache = 0; return used(g, 3); }
      """,
      expecting: """
        function f(g)
          b0:
            store @cache = 0
            %0 = call used(g, 3)
            return %0
        """),
    Lowered(
      "fields of unknown types in methods", cxx: true,
      """
      struct Q { thing *h; int n; void f(int v) { this->h = 0; n = v; } };
      """,
      expecting: """
        function Q::f(this, v)
          b0:
            store this->h = 0
            store this->n = v
            return
        """),
  ]

  @Test func namesOfRecordsWithUnknownFields() throws {
    let model = try Lowering.model(
      of: "typedef struct { const thing *g; id_t_ id; int n; } Hunk, *HunkPointer;")
    let record = try #require(model.records.first)
    #expect(model[record.name] == "Hunk")
    let types = record.fields.map { model[$0.type] }
    #expect(types.map { model[$0.spelling] } == ["const thing *", "id_t_", "int"])
    #expect(types.map(\.kind) == [.pointer, .unknown, .integer])
  }

  @Test func objectsOfMethodTemplates() throws {
    let text = try Lowering.text(
      of: """
        #define NEXT(x) next<true>(x)
        struct It { int a; template <bool L> int next(int v) { return v; } int run(It *, It &); };
        int It::run(It *o, It &p) {
          next<true>(1); o->next<true>(2); p.next<false>(3); this->next<false>(4); NEXT(5);
          return o->NEXT(6);
        }
        """, function: "It::run", isCxx: true)
    #expect(
      text == """
        function It::run(this, o, p)
          b0:
            call It::next(this, 1)
            call It::next(o, 2)
            call It::next(&*p, 3)
            call It::next(this, 4)
            call It::next(this, 5)
            %0 = call It::next(o, 6)
            return %0

        """)
  }
}
