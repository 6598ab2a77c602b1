import ContextFiles
import Projects
import Testing

struct RequirementsTests {
  @Test(
    "reads one line",
    arguments: [
      ("flask", "flask", ""), ("Flask==2.0.1", "flask", "==2.0.1"), ("flask >= 2, < 3", "flask", ">= 2, < 3"),
      ("flask[async,dotenv]==2", "flask", "==2"), ("flask ; python_version < \"3.12\"", "flask", ""),
      ("flask==2;sys_platform=='win32'", "flask", "==2"), ("zope.interface~=5.0", "zope-interface", "~=5.0"),
      ("Py_YAML!=6", "py-yaml", "!=6"), ("flask # web", "flask", ""), ("flask==2  # web", "flask", "==2"),
      ("  flask  ", "flask", ""), ("flask==2 --hash=sha256:abc --hash=sha256:def", "flask", "==2"),
      ("flask==2 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def", "flask", "==2"),
      ("flask @ https://x/flask.whl", "flask", "@ https://x/flask.whl"), ("flask===2", "flask", "===2"),
      ("flask \\\n  ==2", "flask", "==2"), ("flask==2\r\n", "flask", "==2"), ("\u{FEFF}flask", "flask", ""),
      ("flask (>=2)", "flask", "(>=2)"),
    ])
  func line(text: String, name: String, specifier: String) {
    let requirements = read(["r.txt": text + "\n"])
    #expect(requirements.distributions.map(\.name) == [name])
    #expect(requirements.distributions.map(\.specifier) == [specifier])
    #expect(requirements.localPaths.isEmpty)
    #expect(!requirements.usesVersionControl)
  }

  @Test(
    "finds no distribution in options, comments and blank lines",
    arguments: [
      "", "# flask", "   # flask", "--index-url https://x", "-i https://x", "--extra-index-url=https://x",
      "-f https://x", "--no-binary :all:", "--pre", "--trusted-host x", "\\", "\n\n",
    ])
  func nothing(text: String) {
    let requirements = read(["r.txt": text])
    #expect(requirements.distributions.isEmpty)
    #expect(requirements.localPaths.isEmpty)
    #expect(requirements.missing.isEmpty)
  }

  @Test(
    "follows includes, in every spelling, from the including file's folder",
    arguments: [
      "-r base.txt", "-rbase.txt", "--requirement base.txt", "--requirement=base.txt", "-r ../req/base.txt",
      "-r ./base.txt  # first", "-c base.txt", "--constraint=base.txt",
    ])
  func includes(line: String) {
    let requirements = read(["req/r.txt": line + "\ndjango\n", "req/base.txt": "flask\n"], file: "req/r.txt")
    #expect(requirements.files == ["req/r.txt", "req/base.txt"])
    #expect(requirements.distributions.contains { $0.name == "django" })
    #expect(requirements.missing.isEmpty)
  }

  @Test("installs what an included file lists, and nothing that is a constraint only")
  func constraints() {
    #expect(read(["r.txt": "-r b.txt\n", "b.txt": "flask\n"]).distributions.map(\.name) == ["flask"])
    #expect(
      read(["r.txt": "-c b.txt\ndjango\n", "b.txt": "flask==1\ndjango==2\n"]).distributions.map(\.name) == ["django"])
  }

  @Test("files that include each other are read once, and a missing one is named")
  func circle() {
    let requirements = read(
      ["a.txt": "-r b.txt\nflask\n", "b.txt": "-r a.txt\n-r nope/c.txt\ndjango\n"], file: "a.txt")
    #expect(requirements.files == ["a.txt", "b.txt"])
    #expect(Set(requirements.distributions.map(\.name)) == ["flask", "django"])
    #expect(requirements.missing == ["nope/c.txt"])
  }

  @Test("names the file itself when it is missing")
  func missing() {
    #expect(read([:]).missing == ["r.txt"])
    #expect(read([:]).files.isEmpty)
  }

  @Test(
    "finds local projects",
    arguments: [
      ("-e .", "req"), ("-e ./lib", "req/lib"), ("--editable ../lib", "lib"), ("-e.", "req"),
      ("--editable=./lib[extra]", "req/lib"), ("-e .[dev]", "req"), ("./lib", "req/lib"), ("../lib[a,b]", "lib"),
      (".", "req"), ("lib/foo", "req/lib/foo"), ("./a.whl", "req/a.whl"),
    ])
  func local(line: String, path: String) {
    let requirements = read(["req/r.txt": line], file: "req/r.txt")
    #expect(requirements.localPaths == [path])
    #expect(requirements.distributions.isEmpty)
  }

  @Test(
    "sees version control and the name behind it",
    arguments: [
      ("git+https://github.com/a/b", []), ("git+https://github.com/a/b.git@v1#egg=Foo", ["foo"]),
      ("-e git+https://github.com/a/b#egg=foo[x]", ["foo"]), ("hg+http://x/y#egg=foo", ["foo"]),
      ("foo @ git+https://github.com/a/b", ["foo"]), ("git+ssh://git@github.com/a/b@main", []),
      ("git+https://x/b#egg=foo&subdirectory=c", ["foo"]), ("git+https://x/b#subdirectory=c&egg=foo", ["foo"]),
    ] as [(String, [String])])
  func versionControl(line: String, names: [String]) {
    let requirements = read(["r.txt": line])
    #expect(requirements.usesVersionControl)
    #expect(requirements.distributions.map(\.name) == names)
    #expect(requirements.localPaths.isEmpty)
  }

  @Test(
    "an address of a file is no version control",
    arguments: [
      "https://x/foo-1.0.tar.gz", "https://x/torch-2.0.0+cpu-cp310-linux_x86_64.whl",
      "foo @ https://x/torch-2.0.0+cpu.whl", "file:///x/y.whl",
    ])
  func address(line: String) {
    let requirements = read(["r.txt": line])
    #expect(!requirements.usesVersionControl)
    #expect(requirements.localPaths.isEmpty)
  }

  private func read(_ files: [String: String], file: String = "r.txt") -> Requirements {
    Requirements(reading: file, from: ContextReader.memory(files))
  }
}
