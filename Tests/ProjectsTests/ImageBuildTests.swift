import Projects
import Testing

struct ImageBuildTests {
  @Test(
    "tells whose file a name is",
    arguments: [
      ("docker-bake.hcl", ImageBuild.Tool.bake), ("deploy/Docker-Bake.override.json", .bake), ("bake.hcl", .bake),
      ("skaffold.yaml", .skaffold), ("a/skaffold-dev.yml", .skaffold), (".gitlab-ci.yml", .gitlab),
      (".gitlab/ci/build.yml", .gitlab), (".github/workflows/ci.yaml", .github),
    ])
  func tools(path: String, tool: ImageBuild.Tool) { #expect(ImageBuild.tool(of: path) == tool) }

  @Test(
    "takes no other file for one",
    arguments: ["main.hcl", "package.json", "ci.yml", ".github/dependabot.yml", "sub/.github/workflows/ci.yml"])
  func noTool(path: String) { #expect(ImageBuild.tool(of: path) == nil) }

  // MARK: Bake

  @Test("bake: targets inherit, variables have defaults, functions make a value unknown")
  func bake() throws {
    let builds = try parse(
      """
      # comment
      variable "ROOT" { default = "services" }
      variable "TAG" {
        default = "latest" // other comment
      }
      function "tag" { params = [name]
        result = ["${name}:${TAG}"] }
      group "default" { targets = ["api", "worker"] }
      target "_common" {
        args = { GO_VERSION = "1.22", "OTHER" = TAG }
        platforms = ["linux/amd64", "linux/arm64",]
      }
      target "api" {
        inherits = ["_common"]
        context = "./${ROOT}/api"
        dockerfile = "build/Dockerfile"
        target = "prod"
        tags = tag("api")
        args = { NODE = TAG == "latest" ? "a" : "b" }
        /* nothing */
      }
      target "worker" { context = "worker" }
      target "remote" { context = "https://example.com/x.git" }
      target "computed" { context = "${upper(TAG)}/x" }
      target "inline" { dockerfile-inline = <<EOT
      FROM alpine
      EOT
      }
      """, "deploy/docker-bake.hcl")
    #expect(builds.map(\.name) == ["api", "worker"])
    #expect(builds.map(\.context) == ["services/api", "worker"])
    #expect(builds.map(\.dockerfile) == ["services/api/build/Dockerfile", "worker/Dockerfile"])
    #expect(builds.map(\.target) == ["prod", nil])
    #expect(builds[0].places == ["deploy", "."])
    #expect(builds[0].arguments == ["GO_VERSION": "1.22", "OTHER": "latest"])
  }

  @Test("bake: a matrix gives one build per combination")
  func matrix() throws {
    let builds = try parse(
      """
      target "app" {
        name = "app-${item.name}"
        matrix = { item = [ { name = "a", path = "x/a" }, { name = "b", path = "x/b" } ] }
        context = item.path
      }
      """, "docker-bake.hcl")
    #expect(builds.map(\.name) == ["app-a", "app-b"])
    #expect(builds.map(\.context) == ["x/a", "x/b"])
  }

  @Test("bake: JSON says the same")
  func bakeJSON() throws {
    let builds = try parse(
      """
      {"variable": {"DIR": {"default": "api"}},
       "target": {"api": {"context": "${DIR}", "dockerfile": "Dockerfile.prod", "args": {"N": 3}}}}
      """, "docker-bake.json")
    #expect(builds.map(\.dockerfile) == ["api/Dockerfile.prod"])
    #expect(builds[0].arguments == ["N": "3"])
  }

  @Test(
    "bake: says where a file is broken",
    arguments: [
      ("target \"a\" {\n  context = \"x\n}\n", 2), ("target \"a\" {\n  context = \".\"\n", 3),
      ("target \"a\" , {}\n", 1),
      ("a = [1\n\n", 3), ("}", 1), ("x = <<EOT\nabc\n", 1),
    ])
  func brokenBake(text: String, line: Int) throws {
    let problem = try #require(ImageBuild.parse(text, path: "docker-bake.hcl", tool: .bake).problem)
    #expect(problem.line == line, "\(problem.message)")
  }

  @Test("bake: deep nesting is refused, not recursed into")
  func deepBake() {
    for opening in ["x = " + String(repeating: "[", count: 100_000), String(repeating: "a {\n", count: 100_000)] {
      #expect(ImageBuild.parse(opening, path: "docker-bake.hcl", tool: .bake).problem != nil)
    }
  }

  // MARK: Skaffold

  @Test("skaffold: artefacts with a Dockerfile, those of profiles included")
  func skaffold() throws {
    let builds = try parse(
      """
      apiVersion: skaffold/v4beta6
      kind: Config
      build:
        artifacts:
          - image: api
            context: services/api
            docker:
              dockerfile: build/Dockerfile
              target: prod
              buildArgs: {A: "1", B: "{{.X}}"}
          - image: web
          - image: java
            jib: {}
      profiles:
        - name: dev
          build:
            artifacts:
              - image: dev
                context: dev
      ---
      kind: Config
      build: {artifacts: [{image: second, context: two, kaniko: {dockerfile: D}}]}
      """, "deploy/skaffold.yaml")
    #expect(builds.map(\.name) == ["api", "web", "dev", "second"])
    #expect(builds.map(\.dockerfile) == ["services/api/build/Dockerfile", "Dockerfile", "dev/Dockerfile", "two/D"])
    #expect(builds[0].places == ["deploy"])
    #expect(builds[0].arguments == ["A": "1"])
  }

  // MARK: GitHub

  @Test("github: build-push-action with its inputs, environment and matrix")
  func action() throws {
    let builds = try parse(
      """
      on: push
      env: {ROOT: services}
      jobs:
        build:
          strategy:
            matrix:
              service: [api, web]
              include:
                - service: api
                  file: services/api/Dockerfile.prod
                - service: extra
                  file: extra/Dockerfile
          steps:
            - uses: actions/checkout@v4
            - uses: docker/build-push-action@v6
              with:
                context: ./${{ env.ROOT }}/${{ matrix.service }}
                file: ${{ matrix.file }}
                target: prod
                build-args: |
                  VERSION=1.2
                  SHA=${{ github.sha }}
        root:
          steps:
            - uses: docker/build-push-action@v5
              with: {push: true}
            - uses: docker/build-push-action@v5
              with: {context: "{{defaultContext}}:sub", file: "Dockerfile.x"}
            - uses: docker/build-push-action@v5
              with: {context: "${{ steps.x.outputs.dir }}"}
      """, ".github/workflows/ci.yml")
    #expect(builds.map(\.context) == ["services/api", "services/extra", ".", "sub"])
    #expect(
      builds.map(\.dockerfile) == [
        "services/api/Dockerfile.prod", "extra/Dockerfile", "Dockerfile", "sub/Dockerfile.x",
      ])
    #expect(builds[0].arguments == ["VERSION": "1.2"])
    #expect(builds[0].target == "prod")
  }

  @Test("github: docker build in run, with its folder")
  func run() throws {
    let builds = try parse(
      """
      jobs:
        a:
          defaults: {run: {working-directory: services}}
          steps:
            - run: |
                docker build -t x:${{ github.sha }} --build-arg A=1 --no-cache api
                (cd web && docker buildx build --push -f Dockerfile.prod .)
                docker build -f $GITHUB_WORKSPACE/deploy/Dockerfile "$GITHUB_WORKSPACE"
                docker build $UNKNOWN
                docker build - < Dockerfile
            - run: docker build --tag=x .
              working-directory: ./tools
      """, ".github/workflows/ci.yml")
    #expect(builds.map(\.context) == ["services/api", "services/web", ".", "tools"])
    #expect(
      builds.map(\.dockerfile)
        == ["services/api/Dockerfile", "services/web/Dockerfile.prod", "deploy/Dockerfile", "tools/Dockerfile"])
    #expect(builds[0].arguments == ["A": "1"])
  }

  // MARK: GitLab

  @Test("gitlab: scripts with inherited variables, a matrix, and kaniko")
  func gitlab() throws {
    let builds = try parse(
      """
      variables: {BASE: services, DIR: "$BASE/api"}
      .build:
        before_script: [docker login]
        script:
          - docker build -t $CI_REGISTRY_IMAGE/$NAME:$CI_COMMIT_SHA -f "$DIR/Dockerfile" "$DIR"
      api:
        extends: .build
        variables: {NAME: api}
      many:
        extends: [.build]
        variables: {DIR: "$BASE/$NAME"}
        parallel:
          matrix:
            - NAME: [a, b]
      kaniko:
        script:
          - >-
            /kaniko/executor --context "${CI_PROJECT_DIR}/web" --dockerfile "${CI_PROJECT_DIR}/web/Dockerfile.prod"
            --destination "$CI_REGISTRY_IMAGE"
      test:
        script: make test
      """, ".gitlab-ci.yml")
    #expect(builds.map(\.context) == ["services/api", "web", "services/a", "services/b"])
    #expect(
      builds.map(\.dockerfile)
        == ["services/api/Dockerfile", "web/Dockerfile.prod", "services/a/Dockerfile", "services/b/Dockerfile"])
  }

  @Test("what is no mapping, or empty, gives nothing", arguments: ["", "a", "- 1", "jobs: x", "build: [1]", "{}"])
  func odd(text: String) throws {
    for (path, tool) in [
      (".github/workflows/a.yml", ImageBuild.Tool.github), (".gitlab-ci.yml", .gitlab), ("skaffold.yaml", .skaffold),
    ] {
      #expect(try ImageBuild.parse(text, path: path, tool: tool).get().isEmpty)
    }
  }

  private func parse(_ text: String, _ path: String) throws -> [ImageBuild] {
    let tool = try #require(ImageBuild.tool(of: path))
    return try ImageBuild.parse(text, path: path, tool: tool).get()
  }
}
