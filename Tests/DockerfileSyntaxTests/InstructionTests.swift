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

  // MARK: Edits

  @Test(
    "replacing the arguments keeps keyword, flags, blanks and line ending",
    arguments: [
      ("RUN a\n", "RUN b c\n"), ("run  a  \r\n", "run  b c  \r\n"), ("\tRUN a", "\tRUN b c"),
      ("RUN --mount=x  a\n", "RUN --mount=x  b c\n"), ("RUN \\\n# c\n  a\n", "RUN \\\n# c\n  b c\n"),
      ("RUN a \\\n  a\n", "RUN b c\n"), ("RU\\\nN a\n", "RU\\\nN b c\n"),
    ])
  func replacingArguments(text: String, expected: String) throws {
    #expect(try instruction(text).replacingArguments(with: "b c")?.text == expected)
  }

  @Test(
    "replacing bytes of the arguments leaves all other bytes",
    arguments: [
      ("RUN pip install a && pip check\n", 4..<11, "sync", "RUN pip sync a && pip check\n"),
      ("RUN a \\\n  # c\n  && b\n", 7..<8, "d", "RUN a \\\n  # c\n  && d\n"),
      ("RUN a \\\n  # c\n  && b\n", 0..<1, "d", "RUN d \\\n  # c\n  && b\n"),
      ("COPY --from=x a b\r\n", 2..<3, "c", "COPY --from=x a c\r\n"), ("RUN a\n", 0..<0, "x", "RUN xa\n"),
      ("RUN a\n", 1..<1, "x", "RUN ax\n"), ("RUN a b  \n", 1..<3, "", "RUN a  \n"),
      ("RUN cat <<x > y\n1\nx\n", 8..<9, ">>", "RUN cat <<x >> y\n1\nx\n"),
    ])
  func replacing(text: String, range: Range<Int>, with new: String, expected: String) throws {
    let instruction = try instruction(text)
    #expect(instruction.replacing([(range: range, text: new)])?.text == expected)
  }

  @Test("applies several edits at once, in any order")
  func severalEdits() throws {
    let instruction = try instruction("RUN a \\\n  # keep\n  && bb && ccc\n")
    // The arguments are `a   && bb && ccc`.
    let edits: [(range: Range<Int>, text: String)] = [(0..<1, "xx"), (13..<16, ""), (7..<9, "yyy")]
    let expected = "RUN xx \\\n  # keep\n  && yyy && \n"
    #expect(instruction.replacing(edits)?.text == expected)
    #expect(instruction.replacing(edits.reversed())?.text == expected)
    #expect(instruction.replacing([])?.text == instruction.text)
  }

  @Test(
    "an edit that would make something else of the file is refused",
    arguments: [
      ("RUN a\n", "a <<EOF"), ("RUN a\n", "a\nRUN b"), ("RUN a\n", "a\n\n"), ("RUN cat <<x\n1\nx\n", "cat <<y"),
      ("RUN cat <<x\n1\nx\n", "cat"), ("RUN cat <<x\n1\nx\n", "it's <<x"), ("COPY a b\n", "<<x b"), ("CMD a\n", "[1]"),
      ("ENV a=b\n", "a=b c"), ("RUN a\n", "echo $((1 << 2))"), ("RUN a\n", "a\n# b"), ("RUN a\n", "a \\\n b\nc"),
    ])
  func refused(text: String, new: String) throws {
    let instruction = try instruction(text)
    #expect(instruction.replacingArguments(with: new)?.text == nil)
    #expect(instruction.replacing([(range: 0..<instruction.argumentBytes.count, text: new)])?.text == nil)
  }

  @Test(
    "an edit that ends in an escape would swallow the next line and is refused",
    arguments: ["RUN a\n", "RUN a\r\n", "RUN a", "RUN a \n"])
  func trailingEscape(text: String) throws {
    let instruction = try instruction(text)
    #expect(instruction.replacingArguments(with: "b \\")?.text == nil)
    #expect(instruction.replacing([(range: 1..<1, text: " \\")])?.text == nil)
  }

  @Test("an edit in a file with a backtick as escape is read with it")
  func backtickEdit() throws {
    let file = Dockerfile(parsing: "# escape=`\nRUN a `\n b\nRUN c\n")
    let first = try #require(file.instructions.first)
    #expect(first.replacing([(range: 0..<1, text: "x")])?.text == "RUN x `\n b\n")
    #expect(file.instructions[1].replacingArguments(with: "c:\\")?.text == "RUN c:\\\n")
    #expect(file.instructions[1].replacingArguments(with: "c `")?.text == nil)
  }

  @Test(
    "inserts a flag before the flags and arguments",
    arguments: [
      ("RUN a\n", "RUN --mount=x a\n"), ("RUN --network=none a\n", "RUN --mount=x --network=none a\n"),
      ("RUN \\\n  # c\n  a\n", "RUN \\\n  # c\n  --mount=x a\n"), ("RUN\ta\r\n", "RUN\t--mount=x a\r\n"),
      ("RUN <<x\n1\nx\n", "RUN --mount=x <<x\n1\nx\n"), ("RUN [\"a\"]\n", "RUN --mount=x [\"a\"]\n"),
    ])
  func insertingFlag(text: String, expected: String) throws {
    let edited = try #require(try instruction(text).inserting(flag: "--mount=x"))
    #expect(edited.text == expected)
    #expect(edited.flags.first?.name == "mount")
    #expect(edited.flag("mount") == "x")
  }

  @Test("adds a last line ending only where there is none")
  func lineEnding() throws {
    #expect(try instruction("RUN a").endingLine(with: "\r\n").text == "RUN a\r\n")
    #expect(try instruction("RUN a\n").endingLine(with: "\r\n").text == "RUN a\n")
    #expect(try instruction("RUN <<x\n1\nx").endingLine(with: "\n").text == "RUN <<x\n1\nx\n")
  }

  // MARK: Readings

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
      ("RUN a \\\n# c\n\n b\n", true), ("RUN a \\\n\n", true), ("RUN a\n", false), ("RUN <<x\n\nx\n", false),
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
