@testable import DockerfileSyntax
import Testing

struct HeredocWordTests {
  @Test(
    "finds the heredoc words of a line",
    arguments: [
      ("RUN <<EOF", ["EOF"]), ("RUN cat <<EOF > /x", ["EOF"]), ("RUN <<-EOF", ["EOF tabs"]),
      ("RUN <<'EOF'", ["EOF quoted"]), ("RUN <<\"EOF\"", ["EOF quoted"]), ("RUN <<-'EOF'", ["EOF tabs quoted"]),
      ("RUN <<'E'OF", ["EOF quoted"]), (#"RUN <<\EOF"#, ["EOF"]), (#"RUN <<eo\'f"#, ["eo'f"]),
      ("RUN <<a <<b", ["a", "b"]), ("RUN <<a <<a", ["a", "a"]), ("RUN 3<<EOF", ["EOF fd3"]), ("RUN 0<<EOF", ["EOF"]),
      ("RUN << EOF", ["EOF"]), ("RUN <<\tEOF x", ["EOF"]), ("RUN << -EOF", ["-EOF"]), ("RUN <<--EOF", ["-EOF tabs"]),
      ("RUN <<'a b'", ["a b quoted"]), ("RUN <<$EOF", ["$EOF"]), ("RUN <<${EOF}", ["${EOF}"]),
      ("RUN cat <<EOF; x", ["EOF;"]), ("RUN <<EOF|wc", ["EOF|wc"]), ("RUN <<EOF>/x", ["EOF>/x"]),
      ("RUN (cat <<EOF)", ["EOF)"]), ("RUN `cat <<EOF`", ["EOF`"]), ("RUN $((1 << 2))", ["2))"]),
      ("RUN echo 1<<2", ["2 fd1"]), ("RUN a # <<EOF", ["EOF"]), ("RUN --mount=target=/x <<EOF", ["EOF"]),
      ("RUN <<EOF\u{A0}x", ["EOF"]), ("RUN <<é", ["é"]),
    ] as [(String, [String])])
  func found(line: String, expected: [String]) throws {
    #expect(try describe(line) == expected)
  }

  @Test(
    "finds none where Docker finds none",
    arguments: [
      "RUN cat<<EOF", "RUN \"<<EOF\"", "RUN '<<EOF'", "RUN \"a <<EOF\"", "RUN ${x:-<<EOF}", "RUN cat <<<EOF",
      "RUN <<< EOF", "RUN <<", "RUN <<-", "RUN <EOF", "RUN <<\"\"", "RUN <<''", "RUN <<a<b", "RUN <<a<<b",
      #"RUN \<<EOF"#, "RUN x3<<EOF", "RUN -<<EOF", "RUN &3<<EOF",
    ])
  func none(line: String) throws {
    #expect(try describe(line).isEmpty)
  }

  @Test("a dash ends the blanks that may stand before a name")
  func dashAndBlank() throws {
    // Docker keeps only the blanks directly behind `<<` in the word; `<<-` alone has no name.
    #expect(try describe("RUN <<- EOF").isEmpty)
  }

  @Test(
    "finds none at all in a line that does not lex",
    arguments: [
      "RUN it's <<EOF", "RUN \"a <<EOF", "RUN ${} <<EOF", "RUN ${a[0]} <<EOF", "RUN ${a^^} <<EOF", "RUN ${a <<EOF",
      "RUN ${a:#b} <<EOF", "RUN ${a:%b} <<EOF", "RUN ${!a} <<EOF b", "RUN <<'EOF",
    ])
  func unlexable(line: String) throws {
    #expect(try describe(line).isEmpty)
  }

  @Test(
    "an operator Docker knows does not hide a heredoc",
    arguments: [
      "${a:1:2}", "${a:=b}", "${/a/}", "${a/}/b}", "${a:-b}", "${a#b}", "${a%%b}", "${a/b/c}", "$a", "$.", "$",
    ])
  func lexable(text: String) throws {
    #expect(try describe("RUN \(text) <<EOF") == ["EOF"])
  }

  @Test("refuses a word that does not lex on its own", arguments: ["<<'EOF", "<<\"EOF", "<<EOF'", "<<EOF\""])
  func malformed(word: String) {
    #expect(throws: HeredocWord.Malformed.self) { try HeredocWord(Array(word.utf8)) }
  }

  private func describe(_ line: String) throws -> [String] {
    try HeredocWord.all(in: ArraySlice(line.utf8)).map { word in
      String(decoding: word.name, as: UTF8.self) + (word.stripsTabs ? " tabs" : "") + (word.expands ? "" : " quoted")
        + (word.fileDescriptor == 0 ? "" : " fd\(word.fileDescriptor)")
    }
  }
}
