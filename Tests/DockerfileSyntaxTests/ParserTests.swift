@testable import DockerfileSyntax
import Testing

struct ParserTests {
  // MARK: Bytes and lines

  @Test(
    "cuts a file into items",
    arguments: [
      ("", []), ("\u{FEFF}", ["blank"]), ("\u{FEFF}FROM a\n", ["FROM"]),
      ("FROM a\n\u{FEFF}RUN b\n", ["FROM", "unknown"]), ("FROM a\rRUN b\n", ["FROM"]),
      ("FROM a\r\r\nRUN b", ["FROM", "RUN"]), ("\u{2003}\u{85}FROM a\n\u{A0}# c\n", ["FROM", "comment"]),
      ("FROM\u{A0}a\n", ["unknown"]), ("FROM\ta\nRUN\u{B}b\nCMD\u{C}c\n", ["FROM", "RUN", "CMD"]),
      ("from a\nRuN b\n", ["FROM", "RUN"]), ("FROM a\nRUNN b\n<x>\n", ["FROM", "unknown", "unknown"]),
      (" \n\t\n\u{A0}\n", ["blank", "blank", "blank"]), ("# a \\\nFROM b\n", ["comment", "FROM"]),
      ("# base\n\nFROM b", ["comment", "blank", "FROM"]), ("FROM\nRUN\nCMD", ["FROM", "RUN", "CMD"]),
      ("\\\nFROM a\n", ["FROM"]), ("FROM a\n\\", ["FROM", "unknown"]), ("RUN a \\\n\nFROM b\n", ["RUN"]),
      ("RUN a \\\n# c\n\n", ["RUN"]), ("RUN a \\\\\nFROM b", ["RUN", "FROM"]),
      ("RUN a \\\\\\\nFROM b", ["RUN", "FROM"]), ("RUN a \\\u{A0}\nFROM b", ["RUN", "FROM"]),
      ("RUN a \\\u{B}\nFROM b", ["RUN", "FROM"]), ("FR\\\nOM a\nRU\\\nN b\n", ["FROM", "RUN"]),
      ("# escape=`\nCOPY x c:\\\nRUN y `\n z\n", ["#escape", "COPY", "RUN"]),
    ] as [(String, [String])])
  func outline(text: String, expected: [String]) {
    #expect(Dockerfile(parsing: text).outline == expected)
  }

  @Test(
    "joins continued lines without a separator and keeps the indentation",
    arguments: [
      ("RUN a \\\n  b\n", "a   b"), ("RUN a\\\nb", "ab"), ("RUN a \\ \t\n b", "a  b"),
      ("RUN a \\\n# c\n\n \t\n   # d\\\nb", "a b"), ("RUN a \\\n\u{C}\nb", "a b"),
      ("RUN a \\\r\n# c\r\n\r\n  b\r\n", "a   b"), ("RUN a \\", "a"), ("RUN a \\\n", "a"), ("RUN a \\\n# end", "a"),
      ("RUN a \\\n  # c\n  b \\\n  c", "a   b   c"), ("RUN a \\\\\n", "a \\\\"), ("RUN 'a\\\n b'", "'a b'"),
      ("RUN \\\n\\\n\\\nb", "b"), ("RUN \u{A0}b\u{2003}\n", "b"), ("RUN a#b # c\n", "a#b # c"),
    ])
  func logicalLine(text: String, expected: String) throws {
    let instruction = try #require(Dockerfile(parsing: text).instructions.first)
    #expect(instruction.arguments == expected)
    #expect(instruction.keyword == .run)
  }

  @Test("keeps a comment inside a continued RUN")
  func commentInside() throws {
    let text = "RUN a \\\n  # why \\\n\n  && b\n"
    let tokens = try #require(Dockerfile(parsing: text).instructions.first).tokens
    #expect(tokens.map(\.text) == ["RUN", " ", "a ", "\\\n", "  ", "# why \\", "\n", "\n", "  && b", "\n"])
    #expect(
      tokens.map(\.kind) == [
        .keyword, .blank, .argument, .continuation, .emptyLine, .comment, .emptyLine, .emptyLine, .argument, .newline,
      ])
  }

  @Test("gives each part of an instruction its kind")
  func kinds() throws {
    let text = "  COPY --from=a  --link\tb c \r\n"
    let tokens = try #require(Dockerfile(parsing: text).instructions.first).tokens
    #expect(tokens.map(\.text) == ["  ", "COPY", " ", "--from=a", "  ", "--link", "\t", "b c", " ", "\r\n"])
    #expect(
      tokens.map(\.kind) == [
        .indentation, .keyword, .blank, .flag, .blank, .flag, .blank, .argument, .blank, .newline,
      ])
  }

  @Test(
    "refuses a physical line above 65535 bytes and nothing shorter",
    arguments: [
      (65_535, "\n", false), (65_535, "", false), (65_534, "\r\n", false), (65_536, "\n", true), (65_536, "", true),
      (65_535, "\r\n", true),
    ])
  func longLine(length: Int, ending: String, isRefused: Bool) {
    let line = "RUN " + String(repeating: "x", count: length - 4)
    let file = Dockerfile(parsing: "FROM a\n" + line + ending)
    #expect(file.problems == (isRefused ? [SyntaxProblem(kind: .lineTooLong, offset: 7)] : []))
    let comment = Dockerfile(parsing: "FROM a\n#" + String(repeating: "x", count: length - 1) + ending)
    #expect(comment.problems.isEmpty == !isRefused)
  }

  @Test("a joined line may be longer than a physical one")
  func longJoinedLine() throws {
    let text = "FROM a\nRUN x" + String(repeating: " \\\n" + String(repeating: "y", count: 6000), count: 30)
    let file = Dockerfile(parsing: text)
    #expect(file.problems.isEmpty)
    #expect(try #require(file.instructions.last).argumentBytes.count == 1 + 30 * 6001)
  }

  @Test("notes a file without instructions", arguments: ["", "\n \n", "# a\n", "\u{FEFF}", "# syntax=a"])
  func noInstructions(text: String) {
    #expect(Dockerfile(parsing: text).problems.map(\.kind) == [.noInstructions])
  }

  // MARK: Directives

  @Test(
    "reads directives at the very top and knows where they stop",
    arguments: [
      ("# syntax=a/b:1\nFROM x", ["syntax=a/b:1"]), ("#escape=`\nFROM x", ["escape=`"]),
      ("#   EsCaPe  =  ` \t\nFROM x", ["escape=`"]), ("  # escape=`\nFROM x", ["escape=`"]),
      ("# escape=`\r\nFROM x\r\n", ["escape=`"]), ("\u{FEFF}# escape=`\nFROM x", ["escape=`"]),
      ("# escape=`\n# syntax=a\n# check=skip=all;error=true", ["escape=`", "syntax=a", "check=skip=all;error=true"]),
      ("# Syntax=Docker/X # y \nFROM x", ["syntax=Docker/X # y"]), ("\n# escape=`\nFROM x", []),
      ("# hello\n# escape=`\nFROM x", []), ("# foo=bar\n# escape=`\nFROM x", []), ("# escape=\n# syntax=a\nFROM x", []),
      ("## escape=`\n# syntax=a", []), ("#!/bin/sh\n# escape=`\n", []), ("FROM x\n# escape=`", []),
      ("# my_key=a\n# escape=`", []), ("# 1a=b\n# escape=`", []), ("#\n# escape=`", []),
      ("# syntax=a\n\n# escape=`", ["syntax=a"]), ("# syntax=a\n# x\n# escape=`", ["syntax=a"]),
    ] as [(String, [String])])
  func directives(text: String, expected: [String]) {
    let file = Dockerfile(parsing: text)
    #expect(file.directives.map { $0.name + "=" + $0.value } == expected)
    #expect(file.escape == (expected.contains("escape=`") ? .backtick : .backslash))
  }

  @Test("refuses a directive twice, and an escape that is neither a backslash nor a backtick")
  func directiveProblems() {
    let twice = Dockerfile(parsing: "# escape=`\n# syntax=a\n# escape=`\nFROM a")
    #expect(twice.problems == [SyntaxProblem(kind: .repeatedDirective("escape"), offset: 22)])
    #expect(Dockerfile(parsing: "# escape=x\nFROM a").problems == [SyntaxProblem(kind: .invalidEscape("x"), offset: 0)])
    #expect(Dockerfile(parsing: "# escape=``\nFROM a").problems.map(\.kind) == [.invalidEscape("``")])
    #expect(Dockerfile(parsing: "# x\n# escape=x\n# escape=x\nFROM a").problems.isEmpty)
  }

  // MARK: Heredocs

  @Test(
    "finds heredocs where Docker does and reads their bodies to the closing line",
    arguments: [
      ("RUN <<EOF\nb\nEOF\nCMD c\n", ["EOF: b|"], ["RUN", "CMD"]), ("RUN <<EOF\nEOF", ["EOF: "], ["RUN"]),
      ("COPY <<x <<y /d\n1\nx\n2\ny\n", ["x: 1|", "y: 2|"], ["COPY"]),
      ("COPY <<x <<x /d\n1\nx\n2\nx\n", ["x: 1|", "x: 2|"], ["COPY"]), ("ADD <<x /d\n1\nx\n", ["x: 1|"], ["ADD"]),
      ("RUN <<EOF\n# c \\\n\nFROM x\nEOF\n", ["EOF: # c \\||FROM x|"], ["RUN"]),
      ("RUN <<-EOF\n\tb\n\t\tEOF\nCMD c", ["EOF: \tb|"], ["RUN", "CMD"]),
      ("RUN <<EOF\nEOF \n EOF\n\tEOF\nEOF\n", ["EOF: EOF | EOF|\tEOF|"], ["RUN"]),
      ("RUN <<-EOF\n EOF\nEOF\n", ["EOF:  EOF|"], ["RUN"]), ("RUN cat \\\n# c\n<<EOF\nb\nEOF\n", ["EOF: b|"], ["RUN"]),
      ("RUN --mount=target=/x <<EOF\nb\nEOF\n", ["EOF: b|"], ["RUN"]),
      ("RUN a # <<EOF\nb\nEOF\n", ["EOF: b|"], ["RUN"]),
      ("RUN <<EOF\r\nb\r\nEOF\r\nCMD c\r\n", ["EOF: b\r|"], ["RUN", "CMD"]),
      ("RUN cat <<EOF; x\nEOF\nEOF;\nCMD c", ["EOF;: EOF|"], ["RUN", "CMD"]),
      ("# escape=`\nRUN cat <<E`OF\nb\nE`OF\n", ["E`OF: b|"], ["#escape", "RUN"]),
      ("ONBUILD RUN <<EOF\nb\nEOF\nCMD c", ["EOF: b|"], ["ONBUILD", "CMD"]),
      ("ONBUILD ONBUILD RUN <<EOF\nEOF\n", [], ["ONBUILD", "unknown"]),
      ("ONBUILD CMD <<EOF\nEOF\n", [], ["ONBUILD", "unknown"]), ("CMD <<EOF\nEOF\n", [], ["CMD", "unknown"]),
      ("ENTRYPOINT <<EOF\nEOF\n", [], ["ENTRYPOINT", "unknown"]), ("RUN [\"<<EOF\"]\nEOF\n", [], ["RUN", "unknown"]),
      ("RUN it's <<EOF\nEOF\n", [], ["RUN", "unknown"]), ("# RUN <<EOF\nEOF\n", [], ["comment", "unknown"]),
    ] as [(String, [String], [String])])
  func heredocs(text: String, expected: [String], outline: [String]) {
    let file = Dockerfile(parsing: text)
    let found = file.instructions.flatMap(\.heredocs).map {
      $0.name + ": " + String(decoding: $0.body.map { $0 == .lineFeed ? UInt8(ascii: "|") : $0 }, as: UTF8.self)
    }
    #expect(found == expected)
    #expect(file.outline == outline)
    #expect(file.problems.isEmpty)
  }

  @Test("reports a heredoc without its closing line at its instruction")
  func unterminated() {
    let file = Dockerfile(parsing: "FROM a\nRUN <<x <<y\n1\nx\n2\n")
    #expect(file.problems == [SyntaxProblem(kind: .unterminatedHeredoc("y"), offset: 7)])
    #expect(file.outline == ["FROM", "RUN"])
    let shift = Dockerfile(parsing: "FROM a\nRUN echo $((1 << 2))\nCMD b\n")
    #expect(shift.problems.map(\.kind) == [.unterminatedHeredoc("2))")])
  }

  @Test("keeps the closing line of a heredoc apart from its body")
  func heredocTokens() throws {
    let file = Dockerfile(parsing: "RUN <<-x\n\ta\n\tx\r\nCMD b")
    let tokens = try #require(file.instructions.first).tokens.suffix(4)
    #expect(tokens.map(\.kind) == [.newline, .heredocBody, .heredocTerminator, .newline])
    #expect(tokens.map(\.text) == ["\n", "\ta\n", "\tx", "\r\n"])
  }

  // MARK: Problems of arguments

  @Test(
    "refuses what Docker's parser refuses in arguments",
    arguments: [
      ("CMD [1]", .nonStringInJSON), ("RUN [null]", .nonStringInJSON), ("SHELL [[\"a\"]]", .nonStringInJSON),
      ("COPY [{}]", .nonStringInJSON), ("VOLUME [true]", .nonStringInJSON), ("HEALTHCHECK CMD [1]", .nonStringInJSON),
      ("ONBUILD CMD [1]", .nonStringInJSON), ("ENV a", .missingValue("ENV")), ("ENV a=1 b", .missingValue("ENV")),
      ("LABEL a", .missingValue("LABEL")), ("ONBUILD ENV a", .missingValue("ENV")),
      ("ENV \"a=b\" c", .missingValue("ENV")),
    ] as [(String, SyntaxProblem.Kind)])
  func argumentProblems(text: String, kind: SyntaxProblem.Kind) {
    #expect(Dockerfile(parsing: "FROM a\n" + text + "\n").problems == [SyntaxProblem(kind: kind, offset: 7)])
  }

  @Test(
    "accepts what only later layers refuse",
    arguments: [
      "RUN", "ENV", "CMD ['a']", "RUN [ -f x ]", "CMD [\"a\",]", "EXPOSE [1]", "WORKDIR [1]", "USER [1]", "CMD []",
      "ONBUILD", "ONBUILD foo", "ONBUILD ONBUILD RUN a", "HEALTHCHECK NONE", "HEALTHCHECK x", "FROM a b", "ARG a = b",
      "COPY a", "ENV a=\"b c", "RUN a \"b",
    ])
  func accepted(text: String) {
    #expect(Dockerfile(parsing: "FROM a\n" + text + "\n").problems.isEmpty)
  }
}
