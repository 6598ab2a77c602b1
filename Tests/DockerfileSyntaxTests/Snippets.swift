import DockerfileSyntax
import Testing

/// A small Dockerfile with one trap in it.
struct Snippet: Sendable, CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]

  init(_ name: String, _ text: String) {
    self.init(name, Array(text.utf8))
  }

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  var testDescription: String { name }
}

extension Snippet {
  static let all = bytesAndLines + comments + directives + continuations + instructionLines + arguments + heredocs

  /// Section 1 of the grammar.
  static let bytesAndLines = [
    Snippet("nothing", ""),
    Snippet("only a byte order mark", [0xEF, 0xBB, 0xBF]),
    Snippet("byte order mark before FROM", "\u{FEFF}FROM a\nRUN b\n"),
    Snippet("byte order mark in mid-file", "FROM a\n\u{FEFF}RUN b\n"),
    Snippet("no final newline", "FROM a\nRUN b"),
    Snippet("CRLF", "FROM a\r\nRUN b \\\r\n  c\r\n\r\nCMD d\r\n"),
    Snippet("several CR before LF", "FROM a\r\r\nRUN b\r\r\r\n"),
    Snippet("lone CR", "FROM a\rRUN b\rRUN c\n"),
    Snippet("CR as the last byte", "FROM a\nRUN b\r"),
    Snippet("mixed line endings", "FROM a\r\nRUN b\nRUN c\r\n"),
    Snippet("NUL", "FROM a\nRUN printf 'a\0b'\nCOPY \0 \0\n"),
    Snippet(
      "invalid UTF-8", Array("FROM a\nRUN echo ".utf8) + [0xFF, 0xFE, 0xC3, 0x28] + Array("\nENV k=".utf8) + [0x80]),
    Snippet("UTF-16", [0xFF, 0xFE, 0x46, 0, 0x52, 0, 0x4F, 0, 0x4D, 0, 0x20, 0, 0x61, 0, 0x0A, 0]),
    Snippet("Unicode blanks before and behind", "\u{2003}FROM a\u{A0}\n\u{85} # c\nRUN b\u{3000}\u{2028}\n\u{A0}\n"),
    Snippet("blank lines of all kinds", "\n \n\t\n\u{B}\n\u{C}\nFROM a\n\n\n"),
    Snippet("only comments and blanks", "# a\n\n  # b\n"),
    Snippet("long joined line", "FROM a\nRUN x" + String(repeating: " \\\n y", count: 12) + "\n"),
  ]

  /// Section 2.
  static let comments = [
    Snippet("comment that ends in a backslash", "# a \\\nFROM b\n  # c\\\nRUN d\n"),
    Snippet("hash behind arguments", "FROM a # x y\nRUN b # c\nCMD [\"d\"] # e\n"),
    Snippet("comment at the end without newline", "FROM a\n#"),
    Snippet("description and check comments", "# base the first\nFROM a AS base\n# check=skip=all\nRUN b\n"),
  ]

  /// Section 3.
  static let directives = [
    Snippet("all directives", "# syntax=docker/dockerfile:1\n#escape=\\\n#   ChEcK  =  skip=all \t\nFROM a\n"),
    Snippet("backtick as escape", "# escape=`\r\nFROM a\r\nRUN b `\r\n  c `  \r\n\r\nCOPY x c:\\\r\n"),
    Snippet("directive twice", "# escape=`\n# escape=`\nFROM a\n"),
    Snippet("directive behind a byte order mark", "\u{FEFF}# escape=`\nFROM a `\nAS b\n"),
    Snippet("directives that come too late", "#!/bin/sh\n# escape=`\nFROM a\n# syntax=b\n"),
    Snippet("wrong escape directives", "# escape=x\n# escape=``\nFROM a \\\n AS b\n"),
    Snippet("directive without value", "# escape=\n#=\n#syntax\nFROM a\n"),
  ]

  /// Section 4.
  static let continuations = [
    Snippet("keyword and name cut in two", "FR\\\nOM alp\\\nine\nRU\\\n\\\nN x\n"),
    Snippet("blanks behind the escape", "FROM a\nRUN b \\ \t \n  c\\\t\n  d\n"),
    Snippet("two and three escapes", "FROM a\nRUN b \\\\\nRUN c \\\\\\\nRUN d\n"),
    Snippet("comments and blank lines inside", "FROM a\nRUN b \\\n# c\n\n   # d \\\n \t\n  && e \\\n\u{C}\n\n&& f\n"),
    Snippet("comments inside, CRLF", "FROM a\r\nRUN b \\\r\n# c\r\n\r\n  d\r\n"),
    Snippet("blank line swallows an instruction", "RUN a \\\n\nFROM b\n"),
    Snippet("escape at the end of the file", "FROM a\nRUN b \\"),
    Snippet("escape and newline at the end of the file", "FROM a\nRUN b \\\n"),
    Snippet("comments behind the last continuation", "FROM a\nRUN b \\\n  # c\n\n# d"),
    Snippet("lone escape", "\\\nFROM a\n\\\n\\"),
    Snippet("no-break space behind the escape", "FROM a\nRUN b \\\u{A0}\nRUN c \\\u{B}\nRUN d\n"),
    Snippet("continued ENV with comments", "FROM a\nENV A=1 \\\n  # why\n  B=\"x \\\n y\" \\\n  C='z\\\n w'\n"),
    Snippet("continued JSON", "FROM a\nCMD [ \\\n# first\n \"a\", \\\n\n \"b\" ]\n"),
  ]

  /// Section 5.
  static let instructionLines = [
    Snippet("tab, VT and FF behind the keyword", "FROM\ta\nRUN\u{B}b\nCMD\u{C}c\n"),
    Snippet("no-break space behind the keyword", "FROM\u{A0}a\nRUN b\n"),
    Snippet("keywords in any case", "from a\nRun b\ncOpY c d\n"),
    Snippet("unknown and empty words", "FROM a\nRUNN b\n<html>\n--x\n?\n"),
    Snippet("bare keywords", "FROM\nRUN\nCMD \nENV\t\nCOPY\n"),
    Snippet(
      "quoted and cut flags",
      "FROM a\nCOPY --chown=\"a b\":c --link -- --x y\nRUN --mount=type=cache,\\\n# c\ntarget=/x\\ y z\n"),
    Snippet("open quote in a flag", "FROM a\nCOPY --from=\"x y z\nRUN --x='\\\n y z\n"),
    Snippet("flags beyond ASCII", "FROM a\nCOPY --chown=é x y\nCOPY --chown=à x y\nRUN --a=\u{85} b\n"),
  ]

  /// Sections 6 and 8.
  static let arguments = [
    Snippet(
      "JSON that is none", "FROM a\nCMD ['a']\nRUN [ -f x ]\nCMD [\"a\",]\nCMD [\"a\"] b\nCMD [1]\nCMD [[\"a\"]]\n"),
    Snippet(
      "JSON escapes", "FROM a\nCMD [\"\\u00e9\\ud83d\\ude00\\ud83d\\/\", \"\\d\"]\nSHELL [\"a\", \"b\"]\nVOLUME []\n"),
    Snippet(
      "ENV in both forms", "FROM a\nENV a b=c  d\nENV a = b\nENV a=1 b='2 3' c=\"4\\\"5\" d=6\\ 7\nENV a=1 b\nENV a\n"),
    Snippet("open quote in ENV", "FROM a\nENV a=\"b c\nLABEL 'x=y'=z\u{A0}q=\\\n"),
    Snippet("several ARG", "ARG a b=c d=\"e f\"\nFROM ${a:-x}\nARG x = y\n"),
    Snippet(
      "ONBUILD in all shapes", "FROM a\nONBUILD RUN b\nONBUILD ONBUILD RUN c\nONBUILD\nONBUILD ENV a\nONBUILD foo [1]\n"
    ),
    Snippet(
      "health checks",
      "FROM a\nHEALTHCHECK --interval=5s CMD [\"a\"]\nHEALTHCHECK none\nHEALTHCHECK CMD [1]\nHEALTHCHECK x\n"),
    Snippet("substitutions", "FROM a\nENV a=${b:-${c:+'d'}} e=${f##*/} g=${h} i=${} j=${k\nWORKDIR $l/${m%?}\n"),
  ]

  /// Section 7.
  static let heredocs = [
    Snippet("one heredoc", "FROM a\nRUN <<EOF\n# no comment \\\n\nFROM x\nEOF\nCMD b\n"),
    Snippet("two heredocs in one line", "FROM a\nCOPY <<x <<'y z' /d/\n1\nx\n2\ny z\nRUN c\n"),
    Snippet("tabs are stripped", "FROM a\nRUN <<-EOF\n\t\tb\n EOF\n\t\tEOF\nRUN c\n"),
    Snippet("heredoc without its end", "FROM a\nRUN <<EOF <<X\nb\nEOF \nFROM c\n"),
    Snippet("heredoc behind a continuation", "FROM a\nRUN cat \\\n# c\n<<EOF \\\n > x\nb\nEOF\n"),
    Snippet("heredoc with CRLF", "FROM a\r\nRUN <<EOF\r\nb\r\nEOF\r\nRUN c\r\n"),
    Snippet("terminator without newline", "FROM a\nRUN <<EOF\nEOF"),
    Snippet(
      "heredocs of triggers",
      "FROM a\nONBUILD RUN <<EOF\nb\nEOF\nONBUILD CMD <<EOF\nc\nEOF\nONBUILD ONBUILD RUN <<EOF\nd\nEOF\n"),
    Snippet(
      "words that look like heredocs",
      "FROM a\nRUN it's <<EOF\nRUN a<<EOF \"<<X\" <<<Y\nCMD <<Z\nRUN [\"<<EOF\"]\nRUN $((1 << 2))\n"),
    Snippet("escaped and empty names", "FROM a\nRUN <<\\EOF <<\"\" <<$X <<''Y\n1\nEOF\n2\n$X\n3\nY\n"),
  ]
}
