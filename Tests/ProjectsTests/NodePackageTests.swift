import ContextFiles
import Projects
import Testing

/// `package.json`, its folder and the settings beside it.
struct NodePackageTests {
  private func package(_ text: String) throws -> NodePackage {
    try NodePackage.parse(text, file: "package.json").get()
  }

  @Test("dependencies, workspaces, manager and commands")
  func manifest() throws {
    let package = try package(
      #"""
      {"name": "@a/shop", "packageManager": "pnpm@9.1.0+sha512.abc", "engines": {"node": ">=20"}, "type": "module",
       "bin": "cli.js", "workspaces": {"packages": ["apps/*"]},
       "dependencies": {"a": "1", "b": "file:../b"}, "optionalDependencies": {"c": "1"},
       "devDependencies": {"a": "1", "d": "workspace:*", "e": "link:./e"}}
      """#)
    #expect(package.runtimeNames == ["a", "b", "c"])
    #expect(package.developmentNames == ["d", "e"])
    #expect(package.localPaths == ["../b", "./e"])
    #expect(package.hasWorkspaceDependencies)
    #expect(package.workspaces == ["apps/*"])
    #expect(package.bin == ["shop": "cli.js"])
    #expect(package.manager?.name == "pnpm")
    #expect(package.manager?.version == "9.1.0")
    #expect(package.isModule)
    #expect(package.nodeRange == ">=20")
  }

  @Test("a script runs between its hooks, and an install runs its own")
  func scripts() throws {
    let package = try package(
      #"{"scripts": {"prestart": "a", "start": "b", "poststart": "c", "prepare": "husky", "postinstall": "patch-package"}}"#
    )
    #expect(package.commands(of: "start") == ["a", "b", "c"])
    #expect(package.commands(of: "build") == nil)
    #expect(package.installHooks.map(\.name) == ["postinstall", "prepare"])
  }

  @Test("what is no manifest is a problem with its line")
  func faults() {
    #expect(NodePackage.parse("[]", file: "package.json").problem?.line == 1)
    #expect(NodePackage.parse("{\n\"a\": }", file: "x/package.json").problem?.file == "x/package.json")
    #expect(NodePackage.parse("{\n\"a\": }", file: "x/package.json").problem?.line == 2)
  }

  @Test("members of the wrong kind count as absent")
  func wrongKinds() throws {
    let package = try package(#"{"name": 1, "scripts": [], "dependencies": {"a": {}}, "workspaces": true, "bin": 3}"#)
    #expect(package.name == nil)
    #expect(
      package.scripts.isEmpty && package.dependencies.isEmpty && package.workspaces.isEmpty && package.bin.isEmpty)
  }

  private func project(_ files: [String: String], _ folder: String = ".") throws -> NodeProject {
    let reader = ContextReader.memory(files)
    return try #require(NodeProject.read(folder, listing: ContextListing(reader), reader: reader)).get()
  }

  @Test("the lock file is the one of the package manager in use")
  func locks() throws {
    let project = try project([
      "package.json": "{}", "package-lock.json": "{}", "yarn.lock": "", "npm-shrinkwrap.json": "{}",
    ])
    #expect(project.lockName(of: .npm) == "npm-shrinkwrap.json")
    #expect(project.lockName(of: .yarnClassic) == "yarn.lock")
    #expect(project.lockName(of: .pnpm) == nil)
  }

  @Test("which Yarn a project uses, and how it lays packages out")
  func yarn() throws {
    #expect(try project(["package.json": "{}"]).yarn == .yarnClassic)
    #expect(try project(["package.json": #"{"packageManager": "yarn@1.22.22"}"#]).yarn == .yarnClassic)
    #expect(try project(["package.json": #"{"packageManager": "yarn@4.1.0"}"#]).isPlugAndPlay)
    let modules = try project([
      "package.json": "{}", ".yarnrc.yml": "nodeLinker: node-modules\nyarnPath: .yarn/releases/y.cjs\n",
    ])
    #expect(modules.yarn == .yarnBerry && !modules.isPlugAndPlay)
    #expect(modules.yarnrc?.yarnPath == ".yarn/releases/y.cjs")
  }

  @Test("pnpm's workspace file names packages, or only settings")
  func workspaceFile() throws {
    #expect(
      try project(["package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\n  - \"lib\"\n"]).workspaces
        == ["apps/*", "lib"])
    #expect(
      try project(["package.json": "{}", "pnpm-workspace.yaml": "onlyBuiltDependencies:\n  - esbuild\n"]).workspaces
        .isEmpty)
  }

  @Test("folders that are development dependencies and nothing else")
  func developmentPaths() throws {
    let project = try project(
      [
        "app/package.json":
          #"{"dependencies": {"a": "file:lib/a"}, "devDependencies": {"a": "file:lib/a", "b": "file:./lib/b"}}"#
      ],
      "app")
    #expect(project.developmentPaths == ["app/lib/b"])
  }

  @Test("a broken .yarnrc.yml is a problem")
  func brokenSettings() {
    let reader = ContextReader.memory(["package.json": "{}", ".yarnrc.yml": "a: [\n"])
    #expect(NodeProject.read(".", listing: ContextListing(reader), reader: reader)?.problem?.file == ".yarnrc.yml")
  }
}
