import ContextFiles
import JettisonCore
import Testing

struct RepositoryListingTests {
  @Test("finds Dockerfiles and compose files, sorted by the bytes of their paths")
  func finds() {
    let listing = RepositoryListing(
      .memory([
        "b/Dockerfile": "", "a/Dockerfile": "", "Dockerfile": "", "a/docker-compose.yml": "", "compose.yaml": "",
        "a-b/web.dockerfile": "", "é/Dockerfile": "", "Z/Containerfile": "", "a/main.go": "", "a/Dockerfile.orig": "",
      ]))
    #expect(
      listing.dockerfiles == [
        "Dockerfile", "Z/Containerfile", "a-b/web.dockerfile", "a/Dockerfile", "b/Dockerfile", "é/Dockerfile",
      ])
    #expect(listing.composeFiles == ["a/docker-compose.yml", "compose.yaml"])
  }

  @Test(
    "does not look into hidden, vendored and installed folders",
    arguments: [
      ".git", ".circleci", ".github/actions", ".devcontainer", "node_modules", "vendor", "third_party",
      "bower_components", "site-packages",
      "a/b/node_modules/c", "a/.hidden/b", "src/vendor/x/y",
    ])
  func prunes(folder: String) {
    let files = ["\(folder)/Dockerfile": "", "kept/Dockerfile": ""]
    final class Asked: @unchecked Sendable { var folders: [String] = [] }
    let asked = Asked()
    let memory = ContextReader.memory(files)
    let listing = RepositoryListing(
      ContextReader(
        list: {
          asked.folders.append($0)
          return memory.entries(of: $0)
        }, read: { memory.contents(of: $0) }))
    #expect(listing.dockerfiles == ["kept/Dockerfile"])
    #expect(!asked.folders.contains(folder), "the folder was listed before it was left out")
  }

  @Test("does not look for what git ignores, by the ignore files of every folder and those above the root")
  func ignoredByGit() {
    let memory = ContextReader.memory([
      ".gitignore": "/generated/\n*.tmp.Dockerfile\n", "generated/Dockerfile": "", "a/generated/Dockerfile": "",
      "a/.gitignore": "out\n!Dockerfile.keep\nDockerfile.*\n!Dockerfile.kept\n", "a/out/Dockerfile": "",
      "a/Dockerfile.kept": "", "a/Dockerfile.local": "", "x.tmp.Dockerfile": "", "above/Dockerfile": "",
      "above2/Dockerfile": "",
    ])
    let above = RepositoryListing.IgnoreRules(GitIgnore(parsing: "/root/above\n"), above: "root")
    let listing = RepositoryListing(memory, rules: [above])
    #expect(listing.dockerfiles == ["a/Dockerfile.kept", "a/generated/Dockerfile", "above2/Dockerfile"])
  }

  @Test("notes links, folders that cannot be listed, and folders named like a Dockerfile")
  func oddities() {
    let listing = RepositoryListing(
      ContextReader(
        list: { folder in
          switch folder {
          case ".":
            .success([
              ContextEntry(name: "Dockerfile", kind: .link), ContextEntry(name: "loop", kind: .link),
              ContextEntry(name: "locked", kind: .directory), ContextEntry(name: "x", kind: .directory),
              ContextEntry(name: "dockerfile", kind: .directory),
            ])
          case "x": .success([ContextEntry(name: "Dockerfile", kind: .directory)])
          case "dockerfile": .success([ContextEntry(name: "web.Dockerfile", kind: .file)])
          case "x/Dockerfile": .success([])
          default: .failure(.unreadable("Permission denied"))
          }
        }, read: { _ in .failure(.notFound) }))
    #expect(listing.links == ["Dockerfile"])
    #expect(listing.troubles.map(\.path) == ["locked"])
    #expect(listing.misnamedFolders == ["x/Dockerfile"])
    #expect(listing.dockerfiles == ["dockerfile/web.Dockerfile"])
  }

  @Test("finds entries in what it listed and asks for the rest")
  func entries() {
    let listing = RepositoryListing(.memory(["a/b/c.txt": "", "a/d": "", ".hidden/x": "", "a/aa": "", "a/z": ""]))
    #expect(listing.entry(at: "a/b/c.txt")?.kind == .file)
    #expect(listing.entry(at: "a/b")?.kind == .directory)
    #expect(listing.entry(at: "a/z")?.kind == .file)
    #expect(listing.entry(at: "a/aa")?.kind == .file)
    #expect(listing.entry(at: ".hidden/x")?.kind == .file)
    #expect(listing.entry(at: ".")?.kind == .directory)
    #expect(listing.entry(at: "a/missing") == nil)
    #expect(listing.entry(at: "missing/x") == nil)
  }

  @Test("gives a reader over one folder that sees the same")
  func reader() {
    let listing = RepositoryListing(.memory(["a/Dockerfile": "FROM x\n", "a/sub/y": "", "b/z": ""]))
    let reader = listing.reader(of: "a", over: .memory(["Dockerfile": "FROM x\n", ".hidden/q": ""]))
    #expect((try? reader.entries(of: ".").get().map(\.name)) == ["Dockerfile", "sub"])
    #expect((try? reader.entries(of: ".hidden").get().map(\.name)) == ["q"])
    #expect(reader.text(of: "Dockerfile") == "FROM x\n")
    #expect(!reader.exists("../b/z"))
  }
}
