@testable import DockerfileSyntax
import Testing

struct TokensTests {
  @Test("tokens of any origin stand in one table, those without bytes left out")
  func made() {
    let tokens = Tokens([Token(.keyword, "RUN"), Token(.blank, ""), Token(.blank, " "), Token(.argument, "a")])
    #expect(tokens.map(\.text) == ["RUN", " ", "a"])
    #expect(Array(tokens.bytes) == Array("RUN a".utf8))
    #expect(tokens.bytes.count == 5)
    #expect(Tokens([]).bytes.isEmpty)
  }

  @Test("tokens are equal by kind and bytes, wherever they come from")
  func equality() throws {
    let first = try #require(Dockerfile(parsing: "FROM x\nRUN a\n").instructions.last).tokens
    let second = try #require(Dockerfile(parsing: "# c\nRUN a\n").instructions.first).tokens
    #expect(first == second)
    #expect(first.hashValue == second.hashValue)
    #expect(first == Tokens(Array(first)))
    #expect(first != Tokens([Token(.keyword, "RUN"), Token(.argument, " a"), Token(.newline, "\n")]))
  }

  @Test("joins the bytes of some kinds")
  func joined() throws {
    let tokens = try #require(Instruction(parsing: "RUN a \\\n  # c\n  b\n")).tokens
    #expect(String(decoding: tokens.bytes { $0 == .argument }, as: UTF8.self) == "a   b")
    #expect(tokens.bytes { $0 == .flag }.isEmpty)
  }
}
