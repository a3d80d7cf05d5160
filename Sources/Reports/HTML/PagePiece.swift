import Wording

/// A piece of a page that is shown when it is its turn: a block, or one row of a list that other rows may stand beside.
public enum PagePiece: Sendable, Hashable {
  case block(Block)
  case row(Row)

  /// The pieces of blocks: rows each by itself, so that what many answers share is kept once.
  public static func pieces(of blocks: [Block]) -> [PagePiece] {
    blocks.flatMap { block -> [PagePiece] in
      if case .rows(let rows) = block { rows.map { .row($0) } } else { [.block(block)] }
    }
  }
}
