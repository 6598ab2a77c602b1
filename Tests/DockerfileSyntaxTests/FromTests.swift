import DockerfileSyntax
import Testing

struct FromTests {
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

  @Test(
    "replaces the image and keeps every other byte",
    arguments: [
      ("FROM a\n", "FROM b:1\n"), ("from --platform=x  a  as c \r\n", "from --platform=x  b:1  as c \r\n"),
      ("FROM \\\n# which\n  a\n", "FROM \\\n# which\n  b:1\n"), ("FROM al\\\npine AS c\n", "FROM b:1\\\n AS c\n"),
    ])
  func replacingImage(text: String, expected: String) throws {
    #expect(From.replacingImage(of: try instruction(text), with: "b:1")?.text == expected)
  }

  @Test("replaces the image by one word only", arguments: ["b c", "", "b AS d", "b \\"])
  func replacingImageRefused(image: String) throws {
    #expect(From.replacingImage(of: try instruction("FROM a AS c\n"), with: image) == nil)
    #expect(From.replacingImage(of: try instruction("RUN a\n"), with: "b") == nil)
  }

  @Test("keeps the byte order mark in front of a FROM that it names")
  func namingBehindMark() throws {
    let instruction = try #require(Dockerfile(parsing: "\u{FEFF}FROM a\n").instructions.first)
    #expect(From.naming(instruction, "b")?.text == "\u{FEFF}FROM a AS b\n")
  }

  private func instruction(_ text: String) throws -> Instruction {
    try #require(Instruction(parsing: text))
  }
}
