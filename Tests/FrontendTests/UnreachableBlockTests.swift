import ProgramModel
import Testing

@testable import Frontend

/// Blocks that nothing reaches go, and the rest is numbered in the order of the first visit.
@Suite struct UnreachableBlockTests {
  private func dropped(_ terminators: [Terminator], handlers: [Int: Int32] = [:]) -> [Block] {
    var function = FunctionModel(
      symbol: SymbolID(0), kind: .function, linkage: .external,
      blocks: terminators.enumerated().map { index, terminator in
        Block(terminator: terminator, handler: handlers[index].map { BlockID($0) })
      }, range: .none, nameRange: .none)
    function.dropUnreachableBlocks()
    return function.blocks
  }

  @Test func deadBlocksGo() {
    let blocks = dropped([.jump(BlockID(2)), .return(.integer(1)), .return(.integer(2))])
    #expect(blocks.map(\.terminator) == [.jump(BlockID(1)), .return(.integer(2))])
  }

  @Test func aDeadCycleGoes() {
    let blocks = dropped([.return(nil), .jump(BlockID(2)), .jump(BlockID(1))])
    #expect(blocks.map(\.terminator) == [.return(nil)])
  }

  @Test func orderIsThatOfTheFirstVisit() {
    let blocks = dropped([
      .branch(.local(0), then: BlockID(3), otherwise: BlockID(1)), .jump(BlockID(2)), .return(nil),
      .jump(BlockID(2)),
    ])
    #expect(
      blocks.map(\.terminator) == [
        .branch(.local(0), then: BlockID(1), otherwise: BlockID(3)), .jump(BlockID(2)),
        .return(nil), .jump(BlockID(2)),
      ])
  }

  @Test func switchesAndComputedGotosKeepTheirTargets() {
    let blocks = dropped([
      .switch(
        .local(0), [SwitchCase(low: 1, high: 2, target: BlockID(4))], otherwise: BlockID(2)),
      .throw, .indirect(.local(0), [BlockID(3), BlockID(4)]), .return(nil), .unreachable,
    ])
    #expect(
      blocks.map(\.terminator) == [
        .switch(
          .local(0), [SwitchCase(low: 1, high: 2, target: BlockID(1))], otherwise: BlockID(2)),
        .unreachable, .indirect(.local(0), [BlockID(3), BlockID(1)]), .return(nil),
      ])
  }

  @Test func handlersAreReached() {
    let blocks = dropped([.return(nil), .throw, .jump(BlockID(1))], handlers: [0: 2])
    #expect(blocks.map(\.terminator) == [.return(nil), .jump(BlockID(2)), .throw])
    #expect(blocks[0].handler == BlockID(1))
  }
}
