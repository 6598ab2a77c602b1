import DockerfileSyntax
import Testing

struct LineTableTests {
  @Test(
    "counts lines and columns from one, columns in bytes",
    arguments: [
      ("ab\ncd\n", 0, 1, 1), ("ab\ncd\n", 1, 1, 2), ("ab\ncd\n", 2, 1, 3), ("ab\ncd\n", 3, 2, 1), ("ab\ncd\n", 5, 2, 3),
      ("ab\ncd\n", 6, 3, 1), ("é\nb", 2, 1, 3), ("é\nb", 3, 2, 1), ("\n\n\n", 2, 3, 1), ("a\r\nb", 3, 2, 1),
      ("a\rb", 2, 1, 3), ("", 0, 1, 1), ("abc", 3, 1, 4),
    ])
  func positions(text: String, offset: Int, line: Int, column: Int) {
    let position = LineTable(text.utf8).position(of: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test("finds every offset of a long file as counting does")
  func counting() {
    let bytes = (0..<500).flatMap { Array(repeating: UInt8(ascii: "x"), count: $0 % 7) + [0x0A] }
    let table = LineTable(bytes)
    var (line, column) = (1, 1)
    for (offset, byte) in bytes.enumerated() {
      let position = table.position(of: offset)
      guard position == (line, column) else {
        Issue.record("offset \(offset) is at \(position), not at \((line, column))")
        return
      }
      (line, column) = byte == 0x0A ? (line + 1, 1) : (line, column + 1)
    }
  }
}
