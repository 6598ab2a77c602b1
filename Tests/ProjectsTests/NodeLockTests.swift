import Projects
import Testing

/// Lock files of npm, Yarn, pnpm and Bun.
struct NodeLockTests {
  private func lock(_ text: String, _ name: String) throws -> NodeLock {
    try NodeLock.parse(text, file: name, name: name).get()
  }

  @Test("npm's format from version 2 on tells native code and development")
  func npm() throws {
    let lock = try lock(
      #"""
      {"lockfileVersion": 3, "packages": {"": {"name": "x"},
       "node_modules/a": {"version": "1.0.0", "bin": {"run-a": "a.js"}},
       "node_modules/a/node_modules/@s/b": {"version": "2.0.0", "dev": true, "hasInstallScript": true},
       "node_modules/fsevents": {"os": ["darwin"], "optional": true}, "node_modules/gnu": {"os": ["linux"], "libc": ["glibc"]},
       "node_modules/not": {"os": ["!win32"]}, "node_modules/alias": {"name": "real"}, "node_modules/opt": {"devOptional": true},
       "node_modules/l": {"resolved": "packages/l", "link": true}, "packages/l": {"version": "0.0.0"}}}
      """#, "package-lock.json")
    #expect(lock.tellsNativeCode && lock.tellsDevelopment)
    func package(_ name: String) -> NodeLock.Package? { lock.packages.first { $0.name == name } }
    #expect(package("a")?.bin == ["run-a"])
    #expect(package("@s/b")?.isDevelopment == true)
    #expect(package("@s/b")?.hasInstallScript == true)
    #expect(package("fsevents")?.isForLinux == false)
    #expect(package("gnu")?.isForLinux == true)
    #expect(package("not")?.isForLinux == true)
    #expect(package("real") != nil)
    #expect(package("opt")?.isDevelopment == false, "what is optional too stays when development goes")
    #expect(package("l")?.isLink == true)
  }

  @Test("npm's first format tells development only")
  func npmFirst() throws {
    let lock = try lock(
      #"{"lockfileVersion": 1, "dependencies": {"a": {"version": "1", "dependencies": {"b": {"version": "2", "dev": true}}}}}"#,
      "package-lock.json")
    #expect(lock.packages.map(\.name) == ["a", "b"])
    #expect(!lock.tellsNativeCode && lock.tellsDevelopment)
  }

  @Test("Yarn classic and berry")
  func yarn() throws {
    let classic = try lock(
      "# yarn lockfile v1\n\n\"@a/b@^1.0.0\", \"@a/b@^1.1.0\":\n  version \"1.2.0\"\n\nc@1:\n  version \"1.0.0\"\n",
      "yarn.lock")
    #expect(classic.kind == .yarnClassic)
    #expect(classic.packages.map(\.name) == ["@a/b", "c"])
    #expect(classic.packages.map(\.version) == ["1.2.0", "1.0.0"])
    let berry = try lock(
      "__metadata:\n  version: 8\n\n\"c@npm:^1.0.0\":\n  version: 1.0.0\n\n\"x@workspace:.\":\n  version: 0.0.0-use.local\n",
      "yarn.lock")
    #expect(berry.kind == .yarnBerry)
    #expect(berry.packages.map(\.isLink) == [false, true])
    #expect(!berry.tellsNativeCode)
  }

  @Test(
    "pnpm's keys in three formats",
    arguments: ["/@a/b/1.0.0", "/@a/b@1.0.0(c@2.0.0)", "'@a/b@1.0.0'", "/@a/b/1.0.0_c@2.0.0"])
  func pnpm(key: String) throws {
    let lock = try lock(
      "lockfileVersion: '6.0'\npackages:\n  \(key):\n    resolution: {integrity: x}\n    requiresBuild: true\n    dev: true\n",
      "pnpm-lock.yaml")
    #expect(lock.packages.map(\.name) == ["@a/b"])
    #expect(lock.packages.map(\.version) == ["1.0.0"])
    #expect(lock.packages.allSatisfy { $0.hasInstallScript && $0.isDevelopment })
  }

  @Test("Bun's text format allows trailing commas")
  func bun() throws {
    let lock = try lock(
      "{\n  \"lockfileVersion\": 1,\n  \"packages\": {\n    \"a\": [\"a@1.0.0\", \"\", {}, \"sha\"],\n    \"@s/b\": [\"@s/b@2.0.0\"],\n  },\n}",
      "bun.lock")
    #expect(lock.packages.map(\.name) == ["a", "@s/b"])
    #expect(lock.packages.last?.version == "2.0.0")
  }

  @Test(
    "a lock file that was cut or not merged is a problem with its line",
    arguments: [
      ("package-lock.json", "{\n\"packages\": {\n", 3), ("yarn.lock", "a@1:\n  version \"1\"\nb@\n", 3),
      ("yarn.lock", "a@1:\n<<<<<<< HEAD\n", 2), ("bun.lock", "{\n", 2), ("pnpm-lock.yaml", "just text", 1),
    ])
  func faults(name: String, text: String, line: Int) {
    #expect(NodeLock.parse(text, file: name, name: name).problem?.line == line)
  }

  @Test("YAML that is cut inside a value is a problem")
  func cutYAML() {
    #expect(NodeLock.parse("packages:\n  a: {b", file: "pnpm-lock.yaml", name: "pnpm-lock.yaml").problem != nil)
  }
}
