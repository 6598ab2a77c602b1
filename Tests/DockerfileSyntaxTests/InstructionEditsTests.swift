import DockerfileSyntax
import Testing

struct InstructionEditsTests {
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

  @Test("adds a last line ending only where there is none")
  func lineEnding() throws {
    #expect(try instruction("RUN a").endingLine(with: "\r\n").text == "RUN a\r\n")
    #expect(try instruction("RUN a\n").endingLine(with: "\r\n").text == "RUN a\n")
    #expect(try instruction("RUN <<x\n1\nx").endingLine(with: "\n").text == "RUN <<x\n1\nx\n")
  }

  @Test(
    "an edit that would turn argument text into a flag, or a flag into text, is refused",
    arguments: [("RUN a\n", "--mount=x a"), ("RUN --network=none a\n", "-- a"), ("COPY --link a b\n", "--link a b")])
  func newFlags(text: String, new: String) throws {
    #expect(try instruction(text).replacingArguments(with: new) == nil)
  }

  @Test(
    "an edit inside a JSON form keeps it one",
    arguments: [
      ("CMD [\"a\", \"b\"]\n", 1..<4, "'a'"), ("CMD [\"a\"]\n", 4..<5, ",]"), ("COPY [\"a\", \"b\"]\n", 0..<1, ""),
      ("VOLUME [\"a\"]\n", 2..<3, "\\d"), ("SHELL [\"a\"]\n", 5..<5, " -c"), ("HEALTHCHECK CMD [\"a\"]\n", 4..<5, ""),
      ("RUN [\"a\"]\n", 1..<4, "1"), ("ENV a=b\n", 0..<2, "a "), ("LABEL a b\n", 1..<2, "="),
    ])
  func formKept(text: String, range: Range<Int>, new: String) throws {
    #expect(try instruction(text).replacing([(range, new)]) == nil)
  }

  @Test("a command may change from one form to the other as a whole, but never by accident")
  func changingForm() throws {
    #expect(try instruction("CMD a b\n").replacingArguments(with: "[\"a\"]")?.text == "CMD [\"a\"]\n")
    #expect(try instruction("CMD [\"a\"]\n").replacingArguments(with: "a b")?.text == "CMD a b\n")
    #expect(try instruction("CMD [\"a\"]\n").replacingArguments(with: "[\"a\",]") == nil)
  }

  // MARK: Words

  @Test(
    "replaces one word and leaves all other bytes",
    arguments: [
      ("COPY a \\\n# c\n  b  d\n", 1, "COPY a \\\n# c\n  x  d\n"),
      ("COPY [\"a\",  \"b\"]\r\n", 1, "COPY [\"a\",  \"x\"]\r\n"),
      ("EXPOSE 80\t81 82\n", 1, "EXPOSE 80\tx 82\n"), ("ARG a=\"b c\" d\n", 1, "ARG a=\"b c\" x\n"),
      ("WORKDIR /a  b\n", 0, "WORKDIR x\n"), ("CMD [\"a\", \"\\u00e9\"]\n", 0, "CMD [\"x\", \"\\u00e9\"]\n"),
      ("ENTRYPOINT [ \\\n \"a\" ]\n", 0, "ENTRYPOINT [ \\\n \"x\" ]\n"), ("STOPSIGNAL 9", 0, "STOPSIGNAL x"),
    ])
  func replacingWord(text: String, index: Int, expected: String) throws {
    #expect(try instruction(text).replacingWord(at: index, with: "x")?.text == expected)
  }

  @Test(
    "a word of the JSON form may hold anything",
    arguments: ["a b", "\"", "\\", "é\n\t\r", "\u{1}\u{1F}", "😀", ""])
  func jsonWord(word: String) throws {
    #expect(try instruction("CMD [\"a\"]\n").replacingWord(at: 0, with: word)?.command == .exec([word]))
    #expect(try instruction("VOLUME [\"a\"]\n").insertingWord(word, at: 1)?.words == ["a", word])
  }

  @Test(
    "replaces, inserts and removes nothing that is no single word",
    arguments: [
      ("COPY a b\n", 5, "x"), ("COPY a b\n", 0, "x y"), ("EXPOSE 80\n", 0, ""), ("RUN a\n", 0, "x"),
      ("ARG a\n", 0, "\""),
    ])
  func noWord(text: String, index: Int, new: String) throws {
    #expect(try instruction(text).replacingWord(at: index, with: new) == nil || new == "\"")
    #expect(try instruction("EXPOSE 80\n").removingWord(at: 0) == nil)
    #expect(try instruction("EXPOSE 80\n").insertingWord("81 82", at: 1) == nil)
    #expect(try instruction("RUN a\n").insertingWord("b", at: 0) == nil)
  }

  @Test(
    "inserts a word before another or behind the last",
    arguments: [
      ("COPY a  b\n", 0, "COPY x a  b\n"), ("COPY a  b\n", 1, "COPY a  x b\n"), ("EXPOSE 80 \n", 1, "EXPOSE 80 x \n"),
      ("CMD [\"a\"]\n", 0, "CMD [\"x\", \"a\"]\n"), ("CMD [\"a\" ]\n", 1, "CMD [\"a\", \"x\" ]\n"),
    ])
  func insertingWord(text: String, index: Int, expected: String) throws {
    #expect(try instruction(text).insertingWord("x", at: index)?.text == expected)
  }

  @Test(
    "removes a word with what parts it from its neighbour",
    arguments: [
      ("COPY a  b c\n", 0, "COPY b c\n"), ("COPY a  b c\n", 2, "COPY a  b\n"),
      ("EXPOSE 80 \\\n  81\n", 1, "EXPOSE 80\\\n\n"),
      ("CMD [\"a\", \"b\"]\n", 0, "CMD [\"b\"]\n"), ("CMD [\"a\" , \"b\" ]\n", 1, "CMD [\"a\" ]\n"),
    ])
  func removingWord(text: String, index: Int, expected: String) throws {
    #expect(try instruction(text).removingWord(at: index)?.text == expected)
  }

  // MARK: Pairs

  @Test(
    "replaces the value of a pair in either form",
    arguments: [
      ("ENV a=1 b=2\n", "b", "x", "ENV a=1 b=x\n"),
      ("ENV a=1 \\\n  # c\n  b=2\n", "a", "\"x y\"", "ENV a=\"x y\" \\\n  # c\n  b=2\n"),
      ("ENV a 1 2\n", "a", "x y", "ENV a x y\n"), ("label k='v'\r\n", "k", "w", "label k=w\r\n"),
      ("ENV a= b=1\n", "a", "x", "ENV a=x b=1\n"),
      ("ENV a=1 a=2\n", "a", "x", "ENV a=1 a=x\n"),
    ])
  func replacingValue(text: String, key: String, value: String, expected: String) throws {
    #expect(try instruction(text).replacingValue(of: key, with: value)?.text == expected)
  }

  @Test("a value that is more than one, and a name that is not there, are refused")
  func replacingValueRefused() throws {
    #expect(try instruction("ENV a=1 b=2\n").replacingValue(of: "a", with: "x y") == nil)
    #expect(try instruction("ENV a=1 b=2\n").replacingValue(of: "a", with: "\"x") == nil)
    #expect(try instruction("ENV a=1\n").replacingValue(of: "b", with: "x") == nil)
    #expect(try instruction("ENV a=1\n").replacingValue(of: "a", with: "x \\") == nil)
    #expect(try instruction("RUN a=1\n").replacingValue(of: "a", with: "x") == nil)
  }

  @Test("adds a pair behind the others, never to the old form, whose value would grow")
  func appendingPair() throws {
    #expect(try instruction("ENV a=1 \n").appendingPair("b", "2")?.text == "ENV a=1 b=2 \n")
    #expect(try instruction("ENV a=1 \\\n  b=2\n").appendingPair("c", "3")?.text == "ENV a=1 \\\n  b=2 c=3\n")
    #expect(try instruction("ENV a 1\n").appendingPair("b", "2") == nil)
    #expect(try instruction("ENV a=\"1\n").appendingPair("b", "2") == nil)
    #expect(try instruction("ENV a=1\n").appendingPair("b", "2 3") == nil)
  }

  @Test(
    "removes the pairs of a name",
    arguments: [
      ("ENV a=1 b=2 c=3\n", "a", "ENV b=2 c=3\n"), ("ENV a=1 b=2 c=3\n", "b", "ENV a=1 c=3\n"),
      ("ENV a=1 b=2  c=3\n", "c", "ENV a=1 b=2\n"), ("ENV a=1 b=2 a=3\n", "a", "ENV b=2\n"),
      ("ENV a=1 a=2 b=3 a=4\n", "a", "ENV b=3\n"),
    ])
  func removingPairs(text: String, key: String, expected: String) throws {
    #expect(try instruction(text).removingPairs(of: key)?.text == expected)
  }

  @Test("removes no name that is not there, and not the last pair")
  func removingPairsRefused() throws {
    #expect(try instruction("ENV a=1\n").removingPairs(of: "a") == nil)
    #expect(try instruction("ENV a=1\n").removingPairs(of: "b") == nil)
    #expect(try instruction("ENV a 1\n").removingPairs(of: "a") == nil)
  }

  // MARK: Flags

  @Test(
    "sets a flag where it stands, else behind the others",
    arguments: [
      ("RUN a\n", "RUN --mount=x a\n"), ("RUN --network=none  a\n", "RUN --network=none --mount=x  a\n"),
      ("RUN --mount=y --network=none a\n", "RUN --mount=x --network=none a\n"),
      ("RUN \\\n  # c\n  a\n", "RUN \\\n  # c\n  --mount=x a\n"), ("RUN\ta\r\n", "RUN\t--mount=x a\r\n"),
      ("RUN <<x\n1\nx\n", "RUN --mount=x <<x\n1\nx\n"), ("RUN [\"a\"]\n", "RUN --mount=x [\"a\"]\n"),
      ("RUN --mount=type=\\\ncache a\n", "RUN --mount=x a\n"),
      ("RUN --network=none -- -a\n", "RUN --network=none --mount=x -- -a\n"),
    ])
  func settingFlag(text: String, expected: String) throws {
    let edited = try #require(try instruction(text).settingFlag("mount", to: "x"))
    #expect(edited.text == expected)
    #expect(edited.flag("mount") == "x")
  }

  @Test("adds a flag that may stand several times, and one without a value")
  func addingFlag() throws {
    #expect(try instruction("RUN --mount=a b\n").addingFlag("mount", "c")?.text == "RUN --mount=a --mount=c b\n")
    #expect(try instruction("COPY a b\n").addingFlag("link", nil)?.text == "COPY --link a b\n")
    #expect(try instruction("COPY a b\n").addingFlag("chown", "a b") == nil)
    #expect(try instruction("COPY a b\n").addingFlag("chown", "a \\\nb") == nil)
  }

  @Test(
    "removes the flags of a name",
    arguments: [
      ("COPY --link a b\n", "link", "COPY a b\n"), ("COPY --chown=a  --link a b\n", "chown", "COPY --link a b\n"),
      ("RUN --mount=a --network=none --mount=b c\n", "mount", "RUN --network=none c\n"),
      ("COPY a b\n", "link", "COPY a b\n"),
    ])
  func removingFlags(text: String, name: String, expected: String) throws {
    #expect(try instruction(text).removingFlags(name)?.text == expected)
  }

  // MARK: Every snippet

  @Test("replacing one word leaves every other byte of the file", arguments: Snippet.all)
  func everyWord(snippet: Snippet) {
    for instruction in Dockerfile(parsing: snippet.bytes).instructions {
      for (index, range) in instruction.wordRanges.enumerated() {
        guard let edited = instruction.replacingWord(at: index, with: "zz") else { continue }
        let (old, new) = (Array(instruction.argumentBytes), Array(edited.argumentBytes))
        #expect(new.prefix(range.lowerBound) == old.prefix(range.lowerBound), "\(instruction.text)")
        #expect(
          new.suffix(old.count - range.upperBound) == old.suffix(old.count - range.upperBound), "\(instruction.text)")
        let trivia = { (tokens: Tokens) in tokens.filter { $0.kind != .argument }.map(\.text).joined() }
        #expect(trivia(edited.tokens) == trivia(instruction.tokens), "\(instruction.text)")
      }
    }
  }

  private func instruction(_ text: String) throws -> Instruction {
    try #require(Instruction(parsing: text))
  }
}
