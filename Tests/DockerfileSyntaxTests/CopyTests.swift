import DockerfileSyntax
import Testing

struct CopyTests {
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
    #expect(Copy(try instruction("COPY --exclude=*.md --exclude=b a /d/"))?.excludes == ["*.md", "b"])
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
