import DockerfileSyntax
import Testing

/// Traps of Docker's parser found by running both over random files; each says what BuildKit's source does.
struct ParityTests {
  private func last(_ text: String) throws -> Instruction {
    try #require(Dockerfile(parsing: text).instructions.last)
  }

  @Test(
    "finds heredocs where Docker's lexer does",
    arguments: [
      ("FROM a\nRUN ${x:=a} <<E\nx\nE\n", ["E"]), ("FROM a\nRUN ${x:\\-} <<E\nx\nE\n", ["E"]),
      ("FROM a\nRUN ${%a} <<a\nb\na\n", ["a"]),
      ("FROM a\nRUN <<\rEOF\nx\nEOF\n", ["EOF"]), ("FROM a\nONBUILD -- ADD <<a /x\nb\na\n", ["a"]),
      ("FROM a\nRUN <<\u{FEFF}E\nE\n", ["E"]), ("FROM a\nRUN ${x:#a} <<E\n", []),
      ("FROM a\nRUN <<${X-'E'}\n${X-E}\n", ["${X-E}"]),
    ])
  func heredocs(text: String, names: [String]) throws {
    let file = Dockerfile(parsing: text)
    #expect(file.problems.isEmpty)
    #expect(file.instructions.last?.heredocs.map(\.name) == names)
  }

  @Test("a heredoc's name with a byte that is no UTF-8 closes with the character that stands for it")
  func invalidHeredocName() {
    let open = Array("FROM a\nCOPY <<".utf8) + [0xFF] + Array(" /x\n".utf8)
    #expect(Dockerfile(parsing: open + [0xFF, 0x0A]).problems.count == 1)
    #expect(Dockerfile(parsing: open + Array("\u{FFFD}\n".utf8)).problems.isEmpty)
  }

  @Test("a heredoc's descriptor is a number of 64 bits, and beyond that the largest one")
  func descriptors() throws {
    #expect(
      try last("FROM a\nRUN 9223372036854775808<<E\nE\n").heredocs.map(\.fileDescriptor) == [9_223_372_036_854_775_808])
    #expect(try last("FROM a\nRUN 99999999999999999999<<E\nE\n").heredocs.map(\.fileDescriptor) == [.max])
  }

  @Test("flags heed the escape directive, and blanks behind an open quote are none of theirs")
  func flags() throws {
    #expect(try last("# escape=`\nFROM a\nCOPY --chown=a\\b c d\n").flag("chown") == "a\\b")
    #expect(try last("# escape=`\nFROM a\nCOPY --chown=a`\\ b c d\n").words == ["b", "c", "d"])
    #expect(try last("FROM a\nRUN --x=' \n").flag("x") == "")
    #expect(try last("FROM a\nRUN --x=a\\ \\\n").flag("x") == "a")
  }

  @Test(
    "blanks of Latin-1 at the start of the arguments are skipped",
    arguments: [("USER \u{0}b", "b"), ("RUN \u{0}[\"a\"]", "[\"a\"]")])
  func latinBlanks(text: String, arguments: String) throws {
    let bytes = Array("FROM a\n".utf8) + text.utf8.map { $0 == 0 ? 0xA0 : $0 }
    #expect(Dockerfile(parsing: bytes).instructions.last?.arguments == arguments)
  }

  @Test(
    "health checks look for JSON behind every type",
    arguments: [
      ("HEALTHCHECK foo [1]", true, true), ("HEALTHCHECK NONE [1]", true, true), ("HEALTHCHECK NONE []", false, false),
      ("HEALTHCHECK NONE [\"a\"]", false, true), ("HEALTHCHECK CMD []", false, true), ("HEALTHCHECK a  a", false, true),
    ])
  func healthchecks(text: String, isProblem: Bool, isRefused: Bool) {
    let file = Dockerfile(parsing: "FROM a\n\(text)\n")
    #expect(file.problems.isEmpty == !isProblem)
    #expect(isProblem || (file.instructionRefusal != nil) == isRefused)
  }

  @Test(
    "directives end in blanks of their own kind",
    arguments: [
      ("# escape= \n", "escape", " "), ("# syntax= \t\n", "syntax", "\t"), ("# check=a\u{A0}\n", "check", "a\u{A0}"),
      ("#\u{A0}check=a\n", "check", "a"),
      ("#escape\u{B}=`\n", nil, nil), ("# check=\u{B}a\n", "check", "\u{B}a"),
    ] as [(String, String?, String?)])
  func directives(line: String, name: String?, value: String?) {
    let file = Dockerfile(parsing: line + "FROM a\n")
    #expect(file.directives.first?.name == name)
    #expect(file.directives.first?.value == value)
  }

  @Test(
    "a trigger is one line and no file",
    arguments: [("#x", "#x"), ("\u{FEFF}RUN x", "\u{FEFF}RUN"), ("--x RUN y", "RUN")])
  func triggers(text: String, keyword: String) throws {
    #expect(try last("FROM a\nONBUILD \(text)\n").trigger?.keywordText == keyword)
  }

  @Test("the trigger of a trigger is checked behind its flags")
  func nestedTrigger() {
    #expect(Dockerfile(parsing: "FROM a\nONBUILD --x ONBUILD --y LABEL a=b c\n").problems.count == 1)
  }

  @Test(
    "refuses values of flags that Docker cannot take apart",
    arguments: [
      "RUN --mount= a", "RUN --mount=a\\\"b a", "RUN --mount=\\\"a b", "RUN --mount=\\\"from=$x\\\" a",
      "RUN --mount=from=,from=$y a",
      "RUN --device= a", "RUN --device=a,b a", "RUN --device=required=x a", "RUN --device=a,foo=bar a",
      "RUN --device=a,name=b a",
      "HEALTHCHECK --interval=2562048h CMD a", "HEALTHCHECK --interval=9999999999s CMD a",
      "HEALTHCHECK --interval=-1s CMD a",
      "COPY [\"a\", \"<<b\"]",
    ])
  func refused(text: String) {
    #expect(Dockerfile(parsing: "FROM a\n\(text)\n").instructionRefusal != nil)
  }

  @Test(
    "accepts the odd values that Docker accepts",
    arguments: [
      "RUN --mount=from=x$ a", "RUN --mount=\\\"id=a,from=$x\\\" a", "RUN --device=a,required=true b",
      "RUN --device=foo=bar a", "RUN --device=Required,b a",
      "RUN --device=name=a,required b",
      "HEALTHCHECK --interval=-0s CMD a", "HEALTHCHECK --interval=+0 CMD a",
      "HEALTHCHECK --interval=.0000000001s CMD a", "FROM a A\u{17F} b",
      "FROM a AS \u{130}",
    ])
  func accepted(text: String) {
    #expect(Dockerfile(parsing: "FROM a\n\(text)\n").instructionRefusal == nil)
  }

  @Test("a number too large for Go makes text of an array")
  func largeNumber() {
    #expect(Dockerfile(parsing: "FROM a\nRUN [1e400]\n").problems.isEmpty)
    #expect(Dockerfile(parsing: "FROM a\nRUN [1e40]\n").problems.count == 1)
  }

  @Test("a byte order mark counts in the length of the first line")
  func longFirstLine() {
    let text = String(repeating: "x", count: 65_530)
    #expect(Dockerfile(parsing: "\u{FEFF}RUN \(text)\n").problems.map(\.kind) == [.lineTooLong])
    #expect(Dockerfile(parsing: "RUN \(text)x\n").problems.isEmpty)
  }

  @Test("a blank line at the very end of a continuation counts as one")
  func trailingBlank() throws {
    #expect(try last("FROM a\nRUN b \\\n\t").hasEmptyContinuation)
  }
}
