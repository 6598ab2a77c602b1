import DockerfileSyntax
import Testing

struct ViewsTests {
  // MARK: FROM

  @Test(
    "reads FROM",
    arguments: [
      ("FROM alpine", "alpine", nil, nil), ("FROM alpine AS Build", "alpine", "build", nil),
      ("from a as b", "a", "b", nil), ("FROM --platform=$BUILDPLATFORM a:1 AS b", "a:1", "b", "$BUILDPLATFORM"),
      ("FROM ${a:-b} aS c", "${a:-b}", "c", nil), ("FROM alp\\\nine \\\n# c\n AS x", "alpine", "x", nil),
      ("FROM\ta\tAS\tb\r\n", "a", "b", nil), ("FROM a@sha256:b", "a@sha256:b", nil, nil),
    ] as [(String, String, String?, String?)])
  func from(text: String, image: String, name: String?, platform: String?) throws {
    let from = try #require(From(try instruction(text)))
    #expect(from.image == image)
    #expect(from.name == name)
    #expect(from.platform == platform)
  }

  @Test(
    "no view of a FROM that Docker refuses",
    arguments: ["FROM", "FROM a b", "FROM a AS", "FROM a IS b", "FROM a AS b c", "FROM a # c", "RUN a"])
  func noFrom(text: String) throws {
    #expect(From(try instruction(text)) == nil)
  }

  @Test(
    "names a stage and keeps every other byte",
    arguments: [
      ("FROM alpine\n", "FROM alpine AS base\n"), ("FROM alpine", "FROM alpine AS base"),
      ("from alpine\r\n", "from alpine as base\r\n"), ("  FROM  alpine \t\n", "  FROM  alpine AS base \t\n"),
      ("FROM a AS b\n", "FROM a AS base\n"), ("FROM a  as  B \n", "FROM a  as  base \n"),
      ("FROM --platform=x  a\n", "FROM --platform=x  a AS base\n"),
      ("FROM \\\n# which one\n  alpine\n", "FROM \\\n# which one\n  alpine AS base\n"),
      ("FROM\ta\tAS\tb\n", "FROM\ta\tAS\tbase\n"), ("From alpine\n", "From alpine AS base\n"),
      ("FROM --platform=x \\\n a \\\n", "FROM --platform=x \\\n a AS base \\\n"),
    ])
  func naming(text: String, expected: String) throws {
    let instruction = try instruction(text)
    let named = try #require(From.naming(instruction, "base"))
    #expect(named.text == expected)
    #expect(From(named)?.name == "base")
  }

  @Test("keeps a comment between the image and the name")
  func namingWithComment() throws {
    let instruction = try instruction("FROM alpine \\\n# for building\n  AS b\n")
    #expect(From.naming(instruction, "base")?.text == "FROM alpine \\\n# for building\n  AS base\n")
  }

  @Test("keeps the cut inside an image's name")
  func namingCutImage() throws {
    let instruction = try instruction("FROM alp\\\nine\n")
    #expect(From.naming(instruction, "base")?.text == "FROM alp\\\nine AS base\n")
  }

  @Test(
    "takes a name away",
    arguments: [
      ("FROM a AS b\n", "FROM a\n"), ("FROM --platform=x a as b\r\n", "FROM --platform=x a\r\n"),
      ("FROM a\n", "FROM a\n"),
    ])
  func unnaming(text: String, expected: String) throws {
    #expect(From.naming(try instruction(text), nil)?.text == expected)
  }

  @Test("names nothing but a readable FROM", arguments: ["RUN a\n", "FROM a b\n", "FROM\n"])
  func namingOthers(text: String) throws {
    #expect(From.naming(try instruction(text), "x") == nil)
  }

  @Test("keeps the byte order mark in front of a FROM that it names")
  func namingBehindMark() throws {
    let instruction = try #require(Dockerfile(parsing: "\u{FEFF}FROM a\n").instructions.first)
    #expect(From.naming(instruction, "b")?.text == "\u{FEFF}FROM a AS b\n")
  }

  // MARK: COPY and ADD

  @Test(
    "reads COPY and ADD",
    arguments: [
      ("COPY a b", ["a"], "b"), ("COPY a b /c/", ["a", "b"], "/c/"), ("COPY [\"a b\", \"c d\"]", ["a b"], "c d"),
      ("COPY --from=x --link a b", ["a"], "b"), ("ADD https://x/y.tgz /z", ["https://x/y.tgz"], "/z"),
      ("COPY a b # c", ["a", "b", "#"], "c"), ("COPY \\\n  a \\\n# c\n  b \\\n  c", ["a", "b"], "c"),
      ("COPY \"a b\" c", ["\"a", "b\""], "c"), ("COPY a<<b c", ["a<<b"], "c"), ("COPY <<x a /d/\n1\nx\n", ["a"], "/d/"),
      ("COPY <<-'x' /d\nx\n", [], "/d"), ("COPY a a", ["a"], "a"),
    ] as [(String, [String], String)])
  func copy(text: String, sources: [String], destination: String) throws {
    let copy = try #require(Copy(try instruction(text)))
    #expect(copy.sources == sources)
    #expect(copy.destination == destination)
  }

  @Test("a source with << inside is a file even beside a heredoc")
  func shiftInSource() throws {
    let copy = try #require(Copy(try instruction("COPY a<<b <<x /d/\n1\nx\n")))
    #expect(copy.sources == ["a<<b"])
    #expect(copy.heredocs.map(\.name) == ["x"])
  }

  @Test("reads the flags and heredocs of COPY")
  func copyDetails() throws {
    let copy = try #require(Copy(try instruction("COPY --from=a --chown=b:c --chmod=755 <<x <<y /d/\n1\nx\n2\ny\n")))
    #expect(copy.from == "a")
    #expect(copy.owner == "b:c")
    #expect(copy.mode == "755")
    #expect(!copy.isAdd)
    #expect(copy.heredocs.map(\.name) == ["x", "y"])
    #expect(copy.heredocs.map { Array($0.body) } == [Array("1\n".utf8), Array("2\n".utf8)])
    #expect(Copy(try instruction("add a b"))?.isAdd == true)
  }

  @Test(
    "no view of a COPY without a destination",
    arguments: ["COPY", "COPY a", "COPY [\"a\"]", "COPY --from=a b", "RUN a b"])
  func noCopy(text: String) throws {
    #expect(Copy(try instruction(text)) == nil)
  }

  private func instruction(_ text: String) throws -> Instruction {
    try #require(Instruction(parsing: text))
  }
}
