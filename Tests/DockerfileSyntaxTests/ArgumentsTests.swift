@testable import DockerfileSyntax
import Testing

struct ArgumentsTests {
  @Test(
    "takes the JSON form where Docker does, else the shell form",
    arguments: [
      ("RUN a  b", .shell("a  b")), ("RUN [\"a\", \"b c\"]", .exec(["a", "b c"])), ("CMD [ \"a\" ]  ", .exec(["a"])),
      ("CMD []", .exec([])), ("CMD ['a']", .shell("['a']")), ("CMD [\"a\",]", .shell("[\"a\",]")),
      ("CMD [\"a\"] # b", .shell("[\"a\"] # b")), ("RUN [ -f x ]", .shell("[ -f x ]")),
      ("ENTRYPOINT exec a \"$@\"", .shell("exec a \"$@\"")), ("CMD", .shell("")),
      ("SHELL [\"/bin/bash\", \"-c\"]", .exec(["/bin/bash", "-c"])),
      ("CMD [\"a\", \\\n# c\n \"b\"]", .exec(["a", "b"])), ("RUN --mount=target=/x [\"a\"]", .exec(["a"])),
      ("RUN -- --foo", .shell("--foo")), ("cmd [\"\\u0061\"]", .exec(["a"])),
    ] as [(String, CommandForm)])
  func command(text: String, expected: CommandForm) throws {
    #expect(try instruction(text).command == expected)
  }

  @Test(
    "splits words by the rule of the instruction",
    arguments: [
      ("FROM a  AS\tb", ["a", "AS", "b"]), ("EXPOSE 80 443/udp # x", ["80", "443/udp", "#", "x"]),
      ("EXPOSE [\"80\"]", ["[\"80\"]"]), ("COPY a b c", ["a", "b", "c"]), ("COPY \"a b\" c", ["\"a", "b\"", "c"]),
      ("COPY [\"a b\", \"c\"]", ["a b", "c"]), ("COPY [a b", ["[a", "b"]),
      ("ADD --chown=x a\u{B}b\u{C}c", ["a", "b", "c"]), ("COPY a\u{A0}b c", ["a\u{A0}b", "c"]),
      ("VOLUME a b", ["a", "b"]), ("VOLUME [\"a b\"]", ["a b"]), ("VOLUME []", []),
      ("ARG a b=c d=\"e f\"", ["a", "b=c", "d=\"e f\""]), ("ARG a=b # e", ["a=b", "#", "e"]),
      ("ARG a\u{A0}b", ["a", "b"]), ("FROM a\rRUN b", ["a", "RUN", "b"]),
      ("COPY --link b a \\\n# c\n d", ["b", "a", "d"]),
    ] as [(String, [String])])
  func words(text: String, expected: [String]) throws {
    #expect(try instruction(text).words == expected)
  }

  @Test(
    "reads the pairs of ENV and LABEL",
    arguments: [
      ("ENV a=b", ["a", "b"]), ("ENV a=b c=d", ["a", "b", "c", "d"]), ("ENV a=", ["a", ""]),
      ("ENV a=\"b c\" d=e", ["a", "\"b c\"", "d", "e"]), ("ENV a='b \" c' d=e", ["a", "'b \" c'", "d", "e"]),
      (#"ENV a=b\ c d=e"#, ["a", #"b\ c"#, "d", "e"]), (#"ENV a="b\"c" d=e"#, ["a", #""b\"c""#, "d", "e"]),
      (#"ENV a='b\' c=d"#, ["a", #"'b\'"#, "c", "d"]), ("ENV a=\"b c=d", ["a", "\"b c=d"]),
      ("ENV a=b\u{A0}c=d", ["a", "b", "c", "d"]), ("ENV a==b", ["a", "=b"]), ("ENV 'x=y'=z", ["'x", "y'=z"]),
      ("ENV a=1 \\\n  b=2 \\\n  # c\n  c=3", ["a", "1", "b", "2", "c", "3"]), (#"ENV a=b\"#, ["a", #"b"#]),
      ("LABEL a.b-c=d \"e f\"=g", ["a.b-c", "d", "\"e f\"", "g"]), ("ENV PATH=$PATH:/x", ["PATH", "$PATH:/x"]),
      ("ENV a=x\\\ny", ["a", "xy"]),
    ] as [(String, [String])])
  func pairs(text: String, expected: [String]) throws {
    let instruction = try instruction(text)
    #expect(instruction.pairs.flatMap { [$0.key, $0.value] } == expected)
    #expect(!instruction.isLegacyPair)
  }

  @Test(
    "reads the old form with one pair",
    arguments: [
      ("ENV a b", "a", "b"), ("ENV a b=c", "a", "b=c"), ("ENV a = b", "a", "= b"),
      ("ENV SCUBA 1 DUBA 3", "SCUBA", "1 DUBA 3"), ("ENV a  b  c ", "a", "b  c"), ("ENV a \"b c\"", "a", "\"b c\""),
      ("ENV a\tb", "a", "b"), ("ENV a\u{A0}b c", "a\u{A0}b", "c"), ("ENV a b # c", "a", "b # c"),
      ("LABEL a b=c d=e", "a", "b=c d=e"), ("ENV a \\\n  b", "a", "b"), ("ENV a \"", "a", "\""),
    ])
  func legacy(text: String, key: String, value: String) throws {
    let instruction = try instruction(text)
    #expect(instruction.isLegacyPair)
    #expect(instruction.pairs == [KeyValue(key: key, value: value)])
  }

  @Test("with a backtick as escape a backslash ends no quote and joins no words")
  func backtick() throws {
    let parsed = try #require(Instruction(parsing: #"ENV a=c:\ b=d` e"#, escape: UInt8(ascii: "`")))
    #expect(parsed.pairs == [KeyValue(key: "a", value: #"c:\"#), KeyValue(key: "b", value: "d` e")])
  }

  @Test("reads several names and defaults of ARG")
  func declarations() throws {
    let declarations = try instruction("ARG a b= c=d=e f=\"g h\"").declarations
    #expect(declarations.map(\.name) == ["a", "b", "c", "f"])
    #expect(declarations.map(\.value) == [nil, "", "d=e", "\"g h\""])
  }

  @Test(
    "reads the command of a health check",
    arguments: [
      ("HEALTHCHECK CMD a b", .shell("a b")), ("HEALTHCHECK cmd [\"a\"]", .exec(["a"])), ("HEALTHCHECK NONE", nil),
      ("HEALTHCHECK --interval=5s --retries=3 \\\n  CMD a || exit 1", .shell("a || exit 1")), ("HEALTHCHECK", nil),
      ("HEALTHCHECK x y", nil), ("HEALTHCHECK CMD", .shell("")), ("HEALTHCHECK CMD ['a']", .shell("['a']")),
    ] as [(String, CommandForm?)])
  func healthcheck(text: String, expected: CommandForm?) throws {
    #expect(try instruction(text).healthcheckCommand == expected)
  }

  @Test(
    "tells a JSON array from words",
    arguments: [("COPY [\"a\", \"b\"]", true), ("COPY a b", false), ("COPY ['a', 'b']", false)])
  func isJSON(text: String, expected: Bool) throws {
    #expect(try instruction(text).isJSONForm == expected)
  }

  private func instruction(_ text: String) throws -> Instruction {
    try #require(Instruction(parsing: text))
  }
}
