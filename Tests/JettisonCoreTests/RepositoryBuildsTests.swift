import ContextFiles
import DockerfileSyntax
import JettisonCore
import Projects
import Testing

/// What compose files say about contexts, and who shares one.
struct RepositoryBuildsTests {
  private func builds(_ files: [String: String], links: [(link: String, dockerfile: String)] = []) throws
    -> RepositoryBuilds
  {
    let listing = RepositoryListing(.memory(files))
    let compose = try listing.composeFiles.map { path in
      (path: path, file: try ComposeFile.parse(files[path] ?? "", file: path).get())
    }
    let others = try listing.buildFiles.flatMap { path in
      let tool = try #require(ImageBuild.tool(of: path))
      return try ImageBuild.parse(files[path] ?? "", path: path, tool: tool).get().map { (path: path, build: $0) }
    }
    var builds = RepositoryBuilds(composeFiles: compose, others: others) { listing.entry(at: $0) == nil ? nil : $0 }
    let sources = listing.dockerfiles.map { ($0, CopySources(of: Dockerfile(parsing: files[$0] ?? ""))) }
    builds.assign(Dictionary(uniqueKeysWithValues: sources), links: links, in: listing)
    return builds
  }

  @Test(
    "takes the context from compose files, seen from the compose file's folder",
    arguments: [
      ("compose.yaml", "build: ./api", "api/Dockerfile", "api"),
      ("compose.yaml", "build: {context: ., dockerfile: api/Dockerfile}", "api/Dockerfile", "."),
      ("compose.yaml", "build: {context: lib, dockerfile: ../api/Dockerfile}", "api/Dockerfile", "lib"),
      ("deploy/docker-compose.prod.yml", "build: ../api", "api/Dockerfile", "api"),
      ("deploy/compose.yml", "build: {context: .., dockerfile: ./api/Dockerfile}", "api/Dockerfile", "."),
      ("compose.yaml", "build: {context: '${CTX:-./api}'}", "api/Dockerfile", "api"),
      ("api/compose.yaml", "build: {context: ../..}", "../Dockerfile", "../"),
    ])
  func compose(file: String, build: String, dockerfile: String, context: String) throws {
    let builds = try builds([
      file: "services:\n  web:\n    \(build)\n", "api/Dockerfile": "FROM alpine\nCOPY . .\n", "api/x": "", "lib/y": "",
    ])
    if context.hasPrefix("..") {
      let isOutside = builds.uses.allSatisfy { $0.context.isOutside }
      #expect(isOutside)
    } else {
      #expect(builds.contexts[dockerfile] == [BuildContext(path: context, origin: .compose(file))])
    }
  }

  @Test(
    "takes the context from bake, skaffold and pipeline files, which also give arguments and targets",
    arguments: [
      (
        "docker-bake.hcl",
        "target \"x\" {\n  context = \"lib\"\n  dockerfile = \"../api/Dockerfile\"\n  target = \"t\"\n  args = { A = \"1\" }\n}\n"
      ),
      (
        "deploy/docker-bake.json",
        #"{"target": {"x": {"context": "lib", "dockerfile": "../api/Dockerfile", "target": "t", "args": {"A": "1"}}}}"#
      ),
      (
        "skaffold.yaml",
        "build: {artifacts: [{image: x, context: lib, docker: {dockerfile: ../api/Dockerfile, target: t, buildArgs: {A: '1'}}}]}"
      ),
      (
        ".github/workflows/ci.yml",
        "jobs: {x: {steps: [{run: 'docker build --target t --build-arg A=1 -f api/Dockerfile lib'}]}}"
      ),
      (".gitlab-ci.yml", "x: {script: ['docker build --target t --build-arg A=1 -f api/Dockerfile lib']}"),
    ])
  func others(file: String, text: String) throws {
    let builds = try builds([file: text, "api/Dockerfile": "FROM alpine\nCOPY . .\n", "lib/y": "", "deploy/z": ""])
    let tool = try #require(ImageBuild.tool(of: file))
    let context = BuildContext(path: "lib", origin: .build(tool, file))
    #expect(builds.contexts["api/Dockerfile"] == [context])
    #expect(builds.targets == ["t"])
    #expect(builds.users(of: "api/Dockerfile", in: context, dockerfiles: [:]).arguments == ["A": ["1"]])
  }

  @Test("a build whose Dockerfile is not there is no build")
  func noDockerfile() throws {
    let builds = try builds([
      ".gitlab-ci.yml": "x: {script: [docker build gone, docker build ..]}", "api/Dockerfile": "FROM alpine\n",
    ])
    #expect(builds.uses.isEmpty)
  }

  @Test("several contexts of one Dockerfile are all kept, once each")
  func several() throws {
    let builds = try builds([
      "compose.yaml":
        "services:\n  a: {build: {context: a, dockerfile: ../D.dockerfile}}\n  b: {build: {context: b, dockerfile: ../D.dockerfile}}\n  c: {build: {context: a, dockerfile: ../D.dockerfile}}\n",
      "D.dockerfile": "FROM alpine\n", "a/x": "", "b/x": "",
    ])
    #expect(builds.contexts["D.dockerfile"]?.map(\.path) == ["a", "b"])
  }

  @Test("a variable without a default, an address and a Dockerfile in the compose file name no context")
  func unknown() throws {
    let builds = try builds([
      "compose.yaml": """
      services:
        a: {build: "${WHERE}"}
        b: {build: "https://example.com/x.git"}
        c: {build: {context: ., dockerfile_inline: "FROM scratch"}}
      """, "Dockerfile": "FROM alpine\nCOPY . .\n", "x": "",
    ])
    #expect(builds.contexts["Dockerfile"] == [BuildContext(path: ".", origin: .folder)])
  }

  @Test("a context that is not there is a finding")
  func missing() throws {
    let builds = try builds(["compose.yaml": "services:\n  a: {build: ./gone}\n"])
    #expect(builds.findings.map(\.id) == [.noContext])
    #expect(builds.findings.first?.file == "compose.yaml")
  }

  @Test("a link is another place to build from")
  func link() throws {
    let builds = try builds(
      ["base/Dockerfile": "FROM alpine\nCOPY x .\n", "base/x": "", "app/x": ""],
      links: [(link: "app/Dockerfile", dockerfile: "base/Dockerfile")])
    #expect(builds.contexts["base/Dockerfile"]?.map(\.path) == ["app", "base"])
  }

  @Test("tells who shares a context, who is known not to, and what compose starts")
  func users() throws {
    let files = [
      "compose.yaml": """
      services:
        api: {build: {context: ., dockerfile: api/Dockerfile, target: prod}, command: ["/api"]}
        inline: {build: {context: ., dockerfile_inline: "FROM alpine"}}
      """,
      "api/Dockerfile": "FROM alpine\nCOPY . .\n", "web/Dockerfile": "FROM alpine\nCOPY web/x api/Dockerfile /\n",
      "own/Dockerfile": "FROM alpine\nCOPY y .\n", "guess/Dockerfile": "FROM alpine\nCOPY gone web/x /\n",
      "broken/Dockerfile": "FROM alpine\nNONSENSE\n",
      "web/x": "", "own/y": "",
    ]
    let builds = try builds(files)
    let context = try #require(builds.contexts["api/Dockerfile"]?.first)
    #expect(builds.isShared(context))
    #expect(!builds.isShared(BuildContext(path: "own", origin: .copy)))
    let shared = builds.dockerfiles(of: context) { Dockerfile(parsing: files[$0] ?? "") }
    #expect(shared.keys.sorted() == ["api/Dockerfile", "compose.yaml#inline", "web/Dockerfile"])
    let users = builds.users(of: "api/Dockerfile", in: context, dockerfiles: shared)
    #expect(users.strangers == ["own/Dockerfile"])
    #expect(users.services.map(\.name) == ["api"])
    #expect(users.targets == ["prod"])
  }
}
