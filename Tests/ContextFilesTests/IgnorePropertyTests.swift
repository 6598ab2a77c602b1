import ContextFiles
import Testing

/// What holds for every ignore file, tried on random ones; the seeds are fixed, so that a failure comes back.
struct IgnorePropertyTests {
  @Test("any bytes are read, matched and written without a crash", arguments: 0..<8)
  func anyBytes(seed: UInt64) {
    var random = Dice(seed)
    for _ in 0..<300 {
      let bytes = random.bytes(Int.random(in: 0...60, using: &random))
      let file = IgnoreFile(parsing: bytes)
      #expect(file == IgnoreFile(parsing: bytes + [0x0A]))
      _ = file.hides(random.path())
      _ = file.hides(String(decoding: random.bytes(12), as: UTF8.self))
      for pattern in file.patterns {
        guard let line = pattern.line else { continue }
        #expect(IgnoreFile(parsing: line).patterns == [pattern])
      }
    }
  }

  @Test("the last line decides: a path's own pattern hides it, and its exception brings it back", arguments: 0..<4)
  func lastWins(seed: UInt64) throws {
    var random = Dice(seed)
    for _ in 0..<150 {
      let text = random.file()
      let name = random.name()
      guard IgnoreFile(parsing: text).problem == nil else { continue }
      let line = try #require(IgnorePattern(path: name)?.line)
      let exception = try #require(IgnorePattern(path: name, isException: true)?.line)
      #expect(IgnoreFile(parsing: text + "\n" + line).hides(name))
      #expect(!IgnoreFile(parsing: text + "\n" + line + "\n" + exception).hides(name))
      #expect(IgnoreFile(parsing: text + "\n" + exception + "\n" + line).hides(name))
    }
  }

  @Test("without exceptions, what is below a hidden folder is hidden, and more lines hide no less", arguments: 0..<4)
  func parents(seed: UInt64) {
    var random = Dice(seed)
    for _ in 0..<200 {
      let text = random.file(exceptions: false)
      let path = random.path()
      let file = IgnoreFile(parsing: text)
      let more = IgnoreFile(parsing: text + "\n" + random.file(exceptions: false))
      guard file.problem == nil, file.hides(path) else { continue }
      #expect(file.hides(path + "/" + random.path()))
      #expect(more.problem != nil || more.hides(path))
      #expect(file.patterns.contains { $0.matches(path) })
    }
  }

  @Test("comments, blank lines, blanks around and line endings change nothing", arguments: 0..<4)
  func layout(seed: UInt64) {
    var random = Dice(seed)
    for _ in 0..<150 {
      let text = random.file()
      let lines = text.split(separator: "\n")
      let spaced = "\u{FEFF}# c\r\n\r\n" + lines.map { "\t \($0) \r\n#\($0)\r\n \r\n" }.joined()
      #expect(IgnoreFile(parsing: spaced).patterns == IgnoreFile(parsing: text).patterns)
    }
  }

  @Test("walking a context agrees with asking for every path", arguments: 0..<6)
  func walk(seed: UInt64) {
    var random = Dice(seed)
    for _ in 0..<40 {
      let files = random.tree()
      let reader = ContextReader.memory(Dictionary(uniqueKeysWithValues: files.map { ($0, "") }))
      let file = IgnoreFile(parsing: random.file())
      let listing = ContextListing(reader, ignoring: file)
      #expect(listing.files.map(\.path) == files.filter { !file.hides($0) }.sorted())
      let folders = ContextListing(reader).directories
      let seen = Set(listing.files.map(\.path) + folders.filter { !file.hides($0) })
      #expect(
        listing.directories == folders.filter { folder in seen.contains { ContextPath.isWithin($0, folder) } }.sorted())
    }
  }

  @Test("a block written behind a file adds its patterns and touches nothing", arguments: 0..<4)
  func writing(seed: UInt64) throws {
    var random = Dice(seed)
    for _ in 0..<150 {
      let bytes = random.bytes(Int.random(in: 0...40, using: &random))
      let added = IgnoreFile(parsing: random.file()).patterns.filter { $0.line != nil }
      let result = try #require(IgnoreFile.appending(added, under: "# mark", to: bytes))
      #expect(result.starts(with: bytes))
      #expect(IgnoreFile(parsing: result) == IgnoreFile(parsing: bytes).appending(added))
    }
  }

  @Test("the pattern of a path matches that path and no other", arguments: 0..<4)
  func paths(seed: UInt64) throws {
    var random = Dice(seed)
    for _ in 0..<200 {
      let path = random.strangePath()
      let other = random.strangePath()
      let pattern = try #require(IgnorePattern(path: path))
      let line = try #require(pattern.line)
      #expect(IgnoreFile(parsing: line).hides(path))
      let isBelow = ContextPath.isWithin(ContextPath.clean(other), ContextPath.clean(path))
      #expect(IgnoreFile(parsing: line).hides(other) == isBelow)
    }
  }
}

/// A small deterministic generator (SplitMix64) with what the properties draw from it.
private struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick(_ choices: [String], _ range: ClosedRange<Int>) -> [String] {
    (0..<Int.random(in: range, using: &self)).map { _ in choices[Int.random(in: choices.indices, using: &self)] }
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    let special = Array("*?[]^-!\\/#.|{}() \t\r\n\nab12\u{FEFF}é".utf8) + [0, 0xFF, 0xC3]
    return (0..<count).map { _ in special[Int.random(in: special.indices, using: &self)] }
  }

  mutating func name() -> String { pick(["a", "b", "ab", "x", ".a", "a.b"], 1...1)[0] }

  mutating func path() -> String { pick(["a", "b", "ab", "x", ".a", "a.b"], 1...4).joined(separator: "/") }

  mutating func strangePath() -> String {
    let pieces = ["a", "b", "*", "?", "[", "]", "!", "#", " ", "\\", "^", "{2}", "|", "$", "\t", "é", "\u{FEFF}"]
    let names = (0..<Int.random(in: 1...3, using: &self)).map { _ in pick(pieces, 1...4).joined() }
    return names.joined(separator: "/")
  }

  mutating func file(exceptions: Bool = true) -> String {
    let pieces = ["a", "b", "ab", "x", ".", "*", "**", "/", "/", "?", "[ab]", "[^a]"]
    let lines = (0..<Int.random(in: 1...5, using: &self)).map { _ in
      (exceptions && Int.random(in: 0...2, using: &self) == 0 ? "!" : "") + pick(pieces, 1...5).joined()
    }
    return lines.joined(separator: "\n")
  }

  /// The files of a tree; no path is both a file and a folder.
  mutating func tree() -> [String] {
    let paths = Set((0..<30).map { _ in path() })
    return paths.filter { path in !paths.contains { $0 != path && ContextPath.isWithin($0, path) } }.sorted()
  }
}
