import DockerfileSyntax
import Testing

struct StyleTests {
  @Test(
    "takes the line ending that is used most",
    arguments: [
      ("FROM a\nRUN b\n", "\n"), ("FROM a\r\nRUN b\r\n", "\r\n"), ("FROM a\r\nRUN b\nRUN c\n", "\n"),
      ("FROM a\r\nRUN b \\\r\n\r\n c\n", "\r\n"), ("FROM a", "\n"), ("", "\n"), ("FROM a\r\nRUN b\n", "\n"),
    ])
  func newline(text: String, expected: String) {
    #expect(Style(of: Dockerfile(parsing: text)).newline == expected)
  }

  @Test(
    "takes the case that is used most",
    arguments: [
      ("FROM a\nRUN b\n", false), ("from a\nrun b\n", true), ("FROM a\nrun b\nrun c\n", true),
      ("FROM a\nrun b\n", false), ("", false),
    ])
  func letterCase(text: String, expected: Bool) {
    #expect(Style(of: Dockerfile(parsing: text)).isLowerCase == expected)
  }

  @Test("makes instructions as the author writes them")
  func instruction() throws {
    let upper = Style(of: Dockerfile(parsing: "FROM a\n"))
    #expect(upper.instruction(.copy, "a b")?.text == "COPY a b\n")
    let lower = Style(of: Dockerfile(parsing: "from a\r\nrun b\r\n"))
    #expect(lower.instruction(.copy, "a b")?.text == "copy a b\r\n")
    #expect(lower.instruction(.run, "a \\\n  b")?.text == "run a \\\r\n  b\r\n")
    #expect(lower.instruction(.run, "a `\n  b", escape: UInt8(ascii: "`"))?.text == "run a `\r\n  b\r\n")
  }

  @Test(
    "makes nothing of text that would read back as something else", arguments: ["a\nb", "a\nRUN b", "a\n", "a\n\n# b"])
  func refused(text: String) {
    #expect(Style(of: Dockerfile(parsing: "FROM a\n")).instruction(.run, text)?.text == nil)
  }

  @Test("makes no instruction that would swallow the next one")
  func trailingEscape() {
    #expect(Style(of: Dockerfile(parsing: "FROM a\n")).instruction(.run, "a \\")?.text == nil)
  }

  @Test("makes no instruction with a heredoc that never ends")
  func openHeredoc() {
    #expect(Style(of: Dockerfile(parsing: "FROM a\n")).instruction(.run, "cat <<EOF")?.text == nil)
  }

  @Test(
    "takes the indentation of continued lines that is used most",
    arguments: [
      ("RUN a \\\n  b\n", "  "), ("RUN a \\\n\tb \\\n\tc \\\n  d\n", "\t"), ("RUN a \\\nb\n", "    "),
      ("FROM a\n", "    "),
      ("RUN a \\\n  # c\n      b \\\n      c\n", "      "), ("RUN a \\\n   b \\\n  c\n", "  "),
    ])
  func indentation(text: String, expected: String) {
    #expect(Style(of: Dockerfile(parsing: text)).indentation == expected)
  }

  @Test("makes instructions of several lines")
  func lines() {
    let style = Style(of: Dockerfile(parsing: "from a\r\nrun b \\\r\n  c\r\n"))
    #expect(style.instruction(.run, lines: ["x", "&& y"])?.text == "run x \\\r\n  && y\r\n")
    #expect(style.instruction(.run, lines: ["x", "# y"])?.arguments != "x # y")
  }
}
