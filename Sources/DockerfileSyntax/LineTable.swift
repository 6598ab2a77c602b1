/// Turns byte offsets of a file into lines and columns, both counted from 1.
public struct LineTable: Sendable {
  private let starts: [Int]

  /// Notes where the lines of a file start.
  public init(_ bytes: some Sequence<UInt8>) {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == .lineFeed { starts.append(offset + 1) }
    self.starts = starts
  }

  /// The line and column of a byte; the column counts bytes.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - starts[low] + 1)
  }
}
