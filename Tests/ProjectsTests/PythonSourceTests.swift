import Projects
import Testing

struct PythonSourceTests {
  @Test(
    "finds the first names of imported modules",
    arguments: [
      ("import os", ["os"]), ("import os, sys", ["os", "sys"]), ("import os.path", ["os"]),
      ("from a.b import c", ["a"]), ("from a import (\n  b,\n  c,\n)", ["a"]), ("  import a", ["a"]),
      ("\timport a\n\tfrom b import *", ["a", "b"]), ("import a; import b", ["a", "b"]), ("import a # b", ["a"]),
      ("# import a", []), ("x = 1\nimport a\r\nfrom b import c\r\n", ["a", "b"]), ("important = 1", []),
      ("fromage = 1", []), ("\"import a\"", []), ("'''\nimport a\n'''", []),
      ("x = \"\"\"\nimport a\n\"\"\"\nimport b", ["b"]), ("if x:\n  import a\n", ["a"]),
      ("try:\n  import a\nexcept ImportError:\n  import b", ["a", "b"]),
    ] as [(String, Set<String>)])
  func imports(text: String, expected: Set<String>) {
    #expect(read(text).imports == expected)
  }

  @Test(
    "the new name of an import is no module",
    arguments: ["import numpy as np", "import numpy.linalg as np, numpy as n", "from numpy import a as b"])
  func renamed(text: String) {
    #expect(read(text).imports == ["numpy"])
  }

  @Test(
    "a relative import names no module",
    arguments: ["from . import a", "from .a import b", "from ..a.b import c", "from ... import d"])
  func relative(text: String) {
    #expect(read(text).imports.isEmpty)
  }

  @Test("an import behind a colon counts", arguments: ["try: import a", "if x: import a"])
  func behindColon(text: String) {
    #expect(read(text).imports == ["a"])
  }

  @Test(
    "finds string literals of every kind",
    arguments: [
      ("x = 'a'", ["a"]), ("x = \"a\"", ["a"]), ("f('a', \"b\")", ["a", "b"]), ("'''a\n'b' \"c\"'''", ["a\n'b' \"c\""]),
      ("\"\"\"a\"\"\"", ["a"]), ("r'a\\b'", ["a\\b"]), ("f\"a{b}\"", ["a{b}"]), ("b'a'", ["a"]),
      ("x = '' + \"\"", [""]), (#"'a\'b'"#, [#"a\'b"#]), (#""a\\""#, [#"a\\"#]), ("# 'a'\n'b'", ["b"]),
      ("'a' # 'b'", ["a"]), ("'#a'", ["#a"]), ("'a''b'", ["a", "b"]), ("x", []), ("\"it's\"", ["it's"]),
      ("''''a''''", ["'a", ""]), ("'é'", ["é"]),
    ] as [(String, Set<String>)])
  func literals(text: String, expected: Set<String>) {
    #expect(read(text).literals == expected)
  }

  @Test("an open string ends with its line, an open long one with the file")
  func openStrings() {
    #expect(read("x = 'a\ny = 'b'").literals == ["a", "b"])
    #expect(read("x = '''a\nb").literals == ["a\nb"])
  }

  @Test(
    "any text is read without a crash",
    arguments: [
      "'", "\"", "'''", "''", "'\\", "'''\\", "import", "from", "import ,", "from .", "#", "\u{0}", "import a.", ";;;",
      "import \\\n",
    ])
  func broken(text: String) {
    let source = read("x = 'kept'\n" + text)
    #expect(source.literals.contains("kept"))
  }

  private func read(_ text: String) -> PythonSource {
    PythonSource(parsing: Array(text.utf8))
  }
}
