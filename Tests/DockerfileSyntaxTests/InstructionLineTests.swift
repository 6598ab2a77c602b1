@testable import DockerfileSyntax
import Testing

struct InstructionLineTests {
  @Test(
    "reads the flags before the arguments",
    arguments: [
      ("COPY a b", [], "a b"), ("COPY --from=a b c", ["from=a"], "b c"),
      ("COPY --link --chown=a:b c d", ["link", "chown=a:b"], "c d"), ("COPY --link -- --x y", ["link"], "--x y"),
      ("RUN -- --foo", [], "--foo"), ("RUN -x a", [], "-x a"), ("RUN --", [], ""),
      ("COPY --from= a b", ["from="], "a b"), ("COPY --a=b=c d e", ["a=b=c"], "d e"),
      ("COPY --chown=\"a b\":c x y", ["chown=a b:c"], "x y"), ("COPY --chown='a \"b' x y", ["chown=a \"b"], "x y"),
      (#"RUN --mount=target=/x\ y z"#, ["mount=target=/x y"], "z"),
      (#"RUN --mount=\"a,b\",c z"#, ["mount=\"a,b\",c"], "z"), ("COPY --from=\"x y z", ["from=x y z"], ""),
      ("RUN --mount=type=cache,\\\n# c\ntarget=/x y", ["mount=type=cache,target=/x"], "y"),
      ("RUN \\\n  --mount=a \\\n  b", ["mount=a"], "b"), ("FROM a --platform=x", [], "a --platform=x"),
      ("COPY a --link b", [], "a --link b"), ("CMD --foo bar", ["foo"], "bar"),
      ("COPY --CHOWN=a b c", ["CHOWN=a"], "b c"), ("RUN --mount=a --mount=b c", ["mount=a", "mount=b"], "c"),
      ("RUN ---x y", ["-x"], "y"), ("COPY --chown=é x y", ["chown=Ã©"], "x y"),
      ("RUN\t--a\u{B}--b\u{C}c", ["a", "b"], "c"), ("RUN - --a b", [], "- --a b"),
    ] as [(String, [String], String)])
  func flags(text: String, expected: [String], arguments: String) throws {
    let instruction = try #require(Instruction(parsing: text))
    #expect(instruction.flags.map { $0.name + ($0.value.map { "=" + $0 } ?? "") } == expected)
    #expect(instruction.arguments == arguments)
  }

  @Test("a byte of a character that looks like a blank ends a flag")
  func latinBlanks() throws {
    // `à` is C3 A0 and A0 is a blank to Docker, which reads flags byte by byte.
    let instruction = try #require(Instruction(parsing: "COPY --chown=à x y"))
    #expect(instruction.flags == [BuilderFlag(name: "chown", value: "Ã")])
    #expect(instruction.text == "COPY --chown=à x y")
  }

  @Test("the value of a flag is the first one's, empty when it has none")
  func values() throws {
    let instruction = try #require(Instruction(parsing: "COPY --link --from=a --from=b --chown= c d"))
    #expect(instruction.flag("link") == "")
    #expect(instruction.flag("from") == "a")
    #expect(instruction.flag("chown") == "")
    #expect(instruction.flag("chmod") == nil)
  }

  @Test(
    "replaces a range of the arguments across tokens and leaves the lines between them",
    arguments: [
      (0..<1, "x", "x \\\n# c\n b"), (3..<4, "x", "a \\\n# c\n x"), (0..<4, "x", "x\\\n# c\n"),
      (1..<3, "", "a\\\n# c\nb"), (0..<0, "x", "xa \\\n# c\n b"), (4..<4, "x", "a \\\n# c\n bx"),
      (2..<2, "x", "a x\\\n# c\n b"),
    ])
  func replace(range: Range<Int>, text: String, expected: String) {
    var tokens = [
      Token(.argument, "a "), Token(.continuation, "\\\n"), Token(.comment, "# c"), Token(.emptyLine, "\n"),
      Token(.argument, " b"),
    ]
    InstructionLine.replace(range, with: text, in: &tokens)
    #expect(tokens.map(\.text).joined() == expected)
  }

  @Test(
    "knows which lines may hold heredocs",
    arguments: [
      ("RUN a", true), ("RUN [\"a\"]", false), ("RUN [1]", false), ("RUN [a]", true), ("RUN --mount=a [\"b\"]", false),
      ("ONBUILD RUN a", true), ("ONBUILD COPY a b", true), ("ONBUILD CMD a", false), ("ONBUILD ONBUILD RUN a", false),
      ("ONBUILD RUN [\"a\"]", false), ("ONBUILD", false), ("onbuild run --a=b c", true),
    ])
  func acceptsHeredocs(text: String, expected: Bool) {
    #expect(InstructionLine.acceptsHeredocs(ArraySlice(text.utf8), escape: .backslash) == expected)
  }

  @Test("cuts lines one by one as it cuts them joined", arguments: Snippet.all)
  func cuts(snippet: Snippet) {
    for instruction in Dockerfile(parsing: snippet.bytes).instructions {
      var line = InstructionLine(escape: instruction.escape)
      var offset = 0
      let bytes = instruction.bytes
      for token in instruction.tokens {
        let range = offset..<(offset + token.bytes.count)
        offset = range.upperBound
        let isText = [.keyword, .blank, .flag, .argument].contains(token.kind)
        if isText || [.continuation, .comment, .emptyLine].contains(token.kind) {
          line.append(isText ? .argument : token.kind, range)
        }
      }
      var joined = line
      line.cut(bytes)
      joined.cutJoined(bytes)
      #expect(line.keyword == joined.keyword, "\(instruction.text)")
      #expect(line.described(bytes) == joined.described(bytes), "\(instruction.text)")
    }
  }
}

extension InstructionLine {
  /// The parts as text, neighbours of one kind put together.
  fileprivate func described(_ bytes: [UInt8]) -> [String] {
    var result: [(kind: Token.Kind, text: String)] = []
    for part in parts {
      let text = String(decoding: bytes[part.range], as: UTF8.self)
      if result.last?.kind == part.kind {
        result[result.count - 1].text += text
      } else {
        result.append((part.kind, text))
      }
    }
    return result.map { "\($0.kind): \($0.text)" }
  }
}
