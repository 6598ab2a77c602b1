import ShellSyntax
import Testing

struct ShellScriptTests {
  // MARK: Commands

  @Test("takes a command apart into assignments, words and redirections")
  func command() throws {
    let script = ShellScript(parsing: "CGO_ENABLED=0 GOOS=\"$TARGET OS\" go build -o /out ./cmd >log 2>&1")
    let command = try #require(script.commands.first?.command)
    #expect(command.name == "go")
    #expect(command.words.map(\.literal) == ["go", "build", "-o", "/out", "./cmd"])
    #expect(command.assignments.map(\.name) == ["CGO_ENABLED", "GOOS"])
    #expect(command.assignments.map(\.value.literal) == ["0", nil])
    #expect(command.assignments.last?.value.parts == [.variable("TARGET"), .literal(" OS")])
    #expect(command.redirections.map(\.operation) == [">", ">&"])
    #expect(command.range == 0..<script.source.count)
  }

  @Test(
    "tells assignments from words",
    arguments: [
      ("A=1", ["A"], []), ("A=1 b", ["A"], ["b"]), ("A= b", ["A"], ["b"]),
      ("A=1 B=2 c D=3", ["A", "B"], ["c", "D=3"]),
      ("a B=1", [], ["a", "B=1"]), ("1A=2 b", [], ["1A=2", "b"]), ("A-B=1 c", [], ["A-B=1", "c"]), ("=a", [], ["=a"]),
      ("_a1=x", ["_a1"], []), ("'A'=1", [], ["A=1"]), ("A='x y' b", ["A"], ["b"]),
      ("env A=1 b", [], ["env", "A=1", "b"]),
    ] as [(String, [String], [String])])
  func assignments(text: String, names: [String], words: [String]) throws {
    let command = try #require(ShellScript(parsing: text).commands.first?.command)
    #expect(command.assignments.map(\.name) == names)
    #expect(command.words.map(\.literal) == words)
  }

  @Test(
    "reads redirections wherever they stand",
    arguments: [
      ("a > x", [">x"], ["a"], true), ("a>x", [">x"], ["a"], true), ("> x a", [">x"], ["a"], true),
      ("a >> x b", [">>x"], ["a", "b"], true), ("a 2> x", ["2>x"], ["a"], true), ("a 2>&1", ["2>&1"], ["a"], false),
      ("a >&2", [">&2"], ["a"], false), ("a &> x", ["&>x"], ["a"], true), ("a &>> x", ["&>>x"], ["a"], true),
      ("a < x", ["<x"], ["a"], false), ("a <<< 'x y'", ["<<<x y"], ["a"], false), ("a >| x", [">|x"], ["a"], true),
      ("a 3<> x", ["3<>x"], ["a"], false), ("a 2 > x", [">x"], ["a", "2"], true), ("a2>x", [">x"], ["a2"], true),
      ("a <<E", ["<<E"], ["a"], false), ("a <<-E", ["<<-E"], ["a"], false),
      ("a 2>/dev/null 1>&2", ["2>/dev/null", "1>&2"], ["a"], true), ("a 10>x", ["10>x"], ["a"], true),
      ("a '>' x", [], ["a", ">", "x"], false), ("a \\> x", [], ["a", ">", "x"], false),
    ] as [(String, [String], [String], Bool)])
  func redirections(text: String, expected: [String], words: [String], writesFile: Bool) throws {
    let command = try #require(ShellScript(parsing: text).commands.first?.command)
    let found = command.redirections.map {
      ($0.descriptor.map(String.init) ?? "") + $0.operation + ($0.target.literal ?? "?")
    }
    #expect(found == expected)
    #expect(command.words.map(\.literal) == words)
    #expect(command.redirections.contains { $0.writesFile } == writesFile)
  }

  @Test(
    "the name of a command is its first word when that is plain text",
    arguments: [
      ("a b", "a"), ("'a' b", "a"), ("/bin/a", "/bin/a"), ("$a b", nil), ("A=1", nil), ("$(a)", nil), ("", nil),
    ] as [(String, String?)])
  func name(text: String, expected: String?) {
    #expect(ShellScript(parsing: text).commands.first?.command?.name == expected)
  }

  @Test(
    "lists commands in the background and turned around ones like any other",
    arguments: [
      ("a & b", ["a", "b"]), ("a &", ["a"]), ("a & b & c", ["a", "b", "c"]), ("! a && b", ["a", "b"]),
      ("if ! a; then b; fi", ["a", "b"]), ("! a | b", ["a", "b"]),
    ] as [(String, [String])])
  func listed(text: String, names: [String]) {
    #expect(ShellScript(parsing: text).commands.map { $0.command?.name ?? "?" } == names)
  }

  @Test("the test command has the name [")
  func testCommand() throws {
    let command = try #require(ShellScript(parsing: "[ -f a ]").commands.first?.command)
    #expect(command.name == "[")
    #expect(command.words.count == 4)
  }

  // MARK: Circumstances

  @Test(
    "knows which commands may not run",
    arguments: [
      ("a && b", [false, false]), ("a || b", [false, true]), ("a || b && c", [false, true, false]),
      ("a; b", [false, false]), ("a | b", [false, false]), ("if a; then b; else c; fi; d", [false, true, true, false]),
      ("if a; then b; elif c; then d; fi", [false, true, true, true]),
      ("case x in y) a;; *) b;; esac; c", [true, true, false]), ("while a; do b; done; c", [false, true, false]),
      ("for x in 1 2; do a; done", [false]), ("for x; do a; done", [true]), ("f() { a; }; b", [true, false]),
      ("(a || b) && c", [false, true, false]), ("{ a || { b; c; }; }", [false, true, true]),
      ("a || (b | c)", [false, true, true]),
    ] as [(String, [Bool])])
  func conditions(text: String, expected: [Bool]) {
    #expect(ShellScript(parsing: text).commands.map(\.circumstances.isConditional) == expected)
  }

  @Test("numbers subshells so that each scope is its own")
  func subshells() throws {
    let scopes = ShellScript(parsing: "a; (b; (c); d); (e); { f; }").commands.map(\.circumstances.subshells)
    try #require(scopes.count == 6)
    #expect(scopes.map(\.count) == [0, 1, 2, 1, 1, 0])
    #expect(scopes[1] == scopes[3])
    #expect(scopes[2].first == scopes[1].first)
    #expect(scopes[4] != scopes[1])
  }

  @Test("each side of a pipe is a scope of its own, and the pipeline has one number")
  func pipelines() throws {
    let places = ShellScript(parsing: "a | (b; c) | d; e | f; g").commands.map(\.circumstances)
    try #require(places.count == 7)
    #expect(places[0].pipeline != nil)
    #expect(Set(places[0...3].map(\.pipeline)).count == 1)
    #expect(places[4].pipeline == places[5].pipeline)
    #expect(places[4].pipeline != places[0].pipeline)
    #expect(places[6].pipeline == nil)
    #expect(places[6].subshells.isEmpty)
    #expect(Set([0, 1, 3].map { places[$0].subshells.first }).count == 3)
    #expect(places[1].subshells == places[2].subshells)
    #expect(places[1].subshells.count == 2)
  }

  @Test("knows the values of loop variables inside the loop only")
  func loopVariables() throws {
    let commands = ShellScript(parsing: "for x in a 'b c'; do for y in $x; do c; done; done; d").commands
    try #require(commands.count == 2)
    let variables = commands[0].circumstances.loopVariables
    #expect(variables["x"]?.map(\.literal) == ["a", "b c"])
    #expect(variables["y"]?.map(\.literal) == [nil])
    #expect(commands[1].circumstances.loopVariables.isEmpty)
  }

  @Test("lists the files a group writes behind the group")
  func groupRedirection() throws {
    let script = ShellScript(parsing: "{ a; b; } > out")
    let last = try #require(script.commands.last)
    #expect(script.commands.count == 3)
    #expect(last.command?.words.isEmpty == true)
    #expect(last.command?.redirections.map(\.target.literal) == ["out"])
    #expect(script.text(of: last.range) == "{ a; b; } > out")
  }

  @Test("lists text that is not understood without a command")
  func opaque() throws {
    let script = ShellScript(parsing: "a && x <(c) && b")
    let last = try #require(script.commands.last)
    #expect(last.command == nil)
    #expect(script.text(of: last.range) == "x <(c) && b")
    #expect(script.isOpaque)
  }

  // MARK: Plain sequences

  @Test(
    "a plain sequence is nothing but commands that all run in turn",
    arguments: [
      ("a && b; c\nd", ["a", "b", "c", "d"]), ("a", ["a"]), ("", []), ("a # b\n# c\nd", ["a", "d"]),
      ("a &&\n b", ["a", "b"]), ("A=1 b > c", ["b"]), ("a || b", nil), ("a | b", nil), ("(a)", nil), ("{ a; }", nil),
      ("if a; then b; fi", nil), ("a; for x in y; do b; done", nil), ("f() { a; }", nil), ("a; (", nil),
      ("a && b <(c)", nil), ("case x in y) a;; esac", nil), ("a; { b; } > c", nil),
    ] as [(String, [String]?)])
  func plainSequence(text: String, expected: [String]?) {
    #expect(ShellScript(parsing: text).plainSequence?.map { $0.name ?? "?" } == expected)
  }

  @Test(
    "a command in the background or turned around is no plain sequence", arguments: ["a & b", "a &", "! a", "a; ! b"])
  func notPlain(text: String) {
    let isPlain = ShellScript(parsing: text).plainSequence != nil
    #expect(!isPlain)
  }

  // MARK: A long line

  private static let longLine = """
    set -eux; apt-get update && apt-get install -y --no-install-recommends "curl=${V:-7.*}" ca-certificates{,-java} \\
      && case "$(dpkg --print-architecture)" in amd64|x86_64) arch='x64' ;; arm*) arch="arm$X" ;; *) exit 1;; esac \\
      && for key in A1 B2 \\C3; do gpg --keyserver hkp://x --recv-keys "$key" || { echo "no $key" >&2; false; }; done \\
      && (cd /tmp && curl -fsSL "https://x/$arch.tgz" | tar -xz --strip=1 -C /opt) \\
      && if [ -f /etc/x ]; then . /etc/x; else :; fi \\
      && while read -r a b; do echo "$a `b`" >> out; done <<'EOF' && [[ $a == b* && -n ${c##*/} ]] || true # done
    one $(two) 'three
    EOF
    f() { local x=$((1 + 2)); }; f 2>/dev/null &
    rm -rf /var/lib/apt/lists/*
    """

  @Test("understands a long line")
  func long() {
    let script = ShellScript(parsing: Self.longLine)
    #expect(!script.isOpaque)
    #expect(
      script.commands.compactMap { $0.command?.words.first.map { script.text(of: $0.range) } } == [
        "set", "apt-get", "apt-get", "exit", "gpg", "echo", "false", "cd", "curl", "tar", "[", ".", ":", "read", "echo",
        "[[", "true", "local", "f", "rm",
      ])
  }

  @Test(
    "any change of a long line is read without a crash, and ranges stay inside the text; the argument is the seed",
    arguments: 1...300)
  func mutations(seed: Int) {
    var generator = SplitMix(state: UInt64(seed))
    var bytes = Array(Self.longLine.utf8)
    let alphabet = Array("'\"`$(){}[]<>|&;\\#*?!=-\n\r\t ab0".utf8) + [0, 0xC3, 0xFF]
    for _ in 0..<Int.random(in: 1...12, using: &generator) {
      let index = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes.insert(alphabet[Int.random(in: alphabet.indices, using: &generator)], at: min(index, bytes.count))
      case 1 where !bytes.isEmpty: bytes.remove(at: index)
      case 2: bytes.removeSubrange(min(index, bytes.count)..<min(index + 40, bytes.count))
      case 3: bytes.insert(contentsOf: bytes[min(index, bytes.count)..<min(index + 25, bytes.count)], at: 0)
      default: bytes = Array(bytes.prefix(max(index, 20)))
      }
    }
    let script = ShellScript(parsing: String(decoding: bytes, as: UTF8.self))
    _ = (script.isOpaque, script.plainSequence)
    for placed in script.commands {
      let words = (placed.command?.words ?? []) + (placed.command?.redirections.map(\.target) ?? [])
      for range in [placed.range] + words.map(\.range) {
        #expect(range.lowerBound >= 0 && range.upperBound <= script.source.count, "seed \(seed)")
      }
      for word in words {
        let isInside =
          placed.range.lowerBound <= word.range.lowerBound && word.range.upperBound <= placed.range.upperBound
        #expect(isInside, "seed \(seed): \(script.text(of: word.range)) outside of \(script.text(of: placed.range))")
        _ = (word.literal, word.variables, word.hasPattern)
      }
    }
  }
}

/// A small generator of random numbers that gives the same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
