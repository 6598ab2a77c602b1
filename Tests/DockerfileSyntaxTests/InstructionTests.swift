import DockerfileSyntax
import Testing

struct InstructionTests {
  @Test(
    "reads text of exactly one instruction",
    arguments: ["RUN a", "RUN a\n", "  run a \\\n b\r\n", "RUN <<x\na\nx\n", "RUN \\\n# c\n a"])
  func one(text: String) throws {
    #expect(try #require(Instruction(parsing: text)).text == text)
  }

  @Test(
    "refuses text of none, or of more than one",
    arguments: ["", "\n", "# a", "RUNN a", "RUN a\nRUN b", "RUN a\n\n", "\nRUN a", "# a\nRUN b"])
  func notOne(text: String) {
    #expect(Instruction(parsing: text) == nil)
  }

  @Test(
    "gives the logical line without what stands between the lines",
    arguments: [
      ("  RUN a \\\n# c\n\n b\n", "RUN a  b"), ("\\\nFROM a", "FROM a"),
      ("COPY --from=a \\\n b c\n", "COPY --from=a  b c"), ("RU\\\nN x", "RUN x"),
    ])
  func logicalText(text: String, expected: String) throws {
    #expect(try instruction(text).logicalText == expected)
  }

  @Test(
    "knows whether a blank line stands inside",
    arguments: [
      ("RUN a \\\n\n b\n", true), ("RUN a \\\n \t\n b\n", true), ("RUN a \\\r\n\r\n b\n", true),
      ("RUN a \\\n# c\n b\n", false), ("RUN a \\\n b\n", false), ("RUN a \\\n  # c\n b\n", false),
      ("RUN a \\\n# c\n\n b\n", true), ("RUN a \\\n\n# c\n b\n", true), ("RUN a \\\n\n", true), ("RUN a\n", false),
      ("RUN <<x\n\nx\n", false),
    ])
  func emptyContinuation(text: String, expected: Bool) throws {
    #expect(try instruction(text).hasEmptyContinuation == expected)
  }

  @Test("reads the trigger of ONBUILD")
  func trigger() throws {
    let trigger = try #require(try instruction("ONBUILD COPY --from=a \\\n# c\n b c\n").trigger)
    #expect(trigger.keyword == .copy)
    #expect(trigger.flag("from") == "a")
    #expect(trigger.words == ["b", "c"])
    #expect(try instruction("ONBUILD foo").trigger?.keyword == nil)
    #expect(try instruction("ONBUILD").trigger == nil)
    #expect(try instruction("RUN a").trigger == nil)
  }

  private func instruction(_ text: String) throws -> Instruction {
    try #require(Instruction(parsing: text))
  }
}
