import DockerfileSyntax
import JettisonCore
import Testing

/// What a running Node program finds in the final image although no plain import leads to it.
struct NodeRunTimeTests {
  private func build(_ more: [String: String?] = [:], before: String = "", after: String = "") -> Conversion {
    convert(
      "FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n\(before)COPY . .\nRUN npm run build\n\(after)"
        + (after.contains("CMD") ? "" : "CMD [\"node\", \"dist/index.js\"]\n"),
      files: NodeProjects.typescript.with(more))
  }

  // MARK: RUN lines behind the build

  @Test(
    "a RUN on files that only the builder has stays there",
    arguments: [
      ("RUN cp -r src/mail dist/mail\n", "src/mail/a.html"), ("RUN cp ./src/a.graphql ./dist/\n", "src/a.graphql"),
      ("RUN cp package.json tsconfig.json dist/\n", "src/a.txt"),
      ("WORKDIR /app/src\nUSER node\nRUN cp a.txt ../dist/a.txt\nWORKDIR /app\n", "src/a.txt"),
    ])
  func copiesBehindTheBuild(lines: String, path: String) {
    let result = build([path: "x"], after: lines)
    #expect(result.isRewritten)
    #expect(result.builderStage.contains(lines.replacing("WORKDIR /app\n", with: "")))
    #expect(!result.finalStage.contains("RUN cp"))
    #expect(result.plan?.travels == ["/app/node_modules", "/app/dist"])
  }

  @Test("what such a RUN writes elsewhere travels, and owners are given again")
  func copiesElsewhere() {
    let result = build(
      ["src/a.txt": "x"], after: "RUN mkdir -p /data && cp src/a.txt /data/a.txt && chown -R node:node /data /app\n")
    #expect(result.plan?.travels.contains("/data/a.txt") == true)
    #expect(result.finalStage.contains("chown -R node:node /data /app\n"))
    #expect(build(["src/a.txt": "x"], after: "RUN cp src/a.txt /etc\n").reason == .copySource)
  }

  @Test("an owner is still changed in the final stage alone")
  func ownerBehindTheBuild() {
    let result = build(after: "RUN chown -R node:node /app\nUSER node\n")
    #expect(!result.builderStage.contains("chown") && result.finalStage.contains("RUN chown -R node:node /app\n"))
  }

  @Test("the files beside Next's traced server are put there in the builder")
  func standaloneFiles() {
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(scripts: "\"build\": \"next build\"", dependencies: "\"next\": \"14\""),
      "package-lock.json": nil, "next.config.js": "module.exports = { output: 'standalone' };", "public/a.png": "x",
      "pages/index.tsx": "x", "src/index.ts": nil,
    ]
    let copies = "RUN cp -r public .next/standalone/ && cp -r .next/static .next/standalone/.next/\n"
    for start in [
      "USER node\nCMD [\"node\", \".next/standalone/server.js\"]\n",
      "WORKDIR /app/.next/standalone\nCMD [\"node\", \"server.js\"]\n",
    ] {
      let result = build(files, after: copies + start)
      #expect(result.builderStage.contains(copies) && !result.finalStage.contains("cp -r"))
      #expect(result.plan?.travels == ["/app/.next/standalone"])
    }
  }

  @Test("where the project lies in /, the system's own files are in the final stage too")
  func systemFiles() {
    let line = "RUN cp /usr/share/zoneinfo/UTC /etc/localtime\n"
    let dockerfile =
      "FROM node:20\nCOPY . .\nRUN npm ci\nRUN npm run build\n\(line)CMD [\"node\", \"dist/index.js\"]\n"
    let result = convert(dockerfile, files: NodeProjects.typescript)
    #expect(result.finalStage.contains(line) && !result.builderStage.contains(line))
  }

  // MARK: Version control

  @Test(
    "the repository stays where a script, a configuration, a source or a package asks git",
    arguments: [
      (
        "package.json",
        NodeProjects.manifest(scripts: "\"build\": \"tsc && npm run rev\", \"rev\": \"git rev-parse HEAD > dist/rev\"")
      ),
      ("package.json", NodeProjects.manifest(development: "\"typescript\": \"5\", \"git-rev-sync\": \"3\"")),
      ("next.config.js", "const id = execSync('git rev-parse HEAD');"),
      ("vite.config.ts", "spawnSync('git', ['log']);"), ("scripts/version.sh", "git describe --tags > version"),
    ])
  func versionControl(path: String, text: String) {
    let added = build([".git/HEAD": "x", path: text]).ignoreFile?.added
    #expect(added?.contains("Dockerfile") == true && added?.contains(".git") == false)
  }

  @Test(
    "hooks of git and scripts that no build calls do not count",
    arguments: [
      NodeProjects.manifest(development: "\"typescript\": \"5\", \"simple-git-hooks\": \"2\""),
      NodeProjects.manifest(scripts: "\"build\": \"tsc\", \"release\": \"git push\""),
    ])
  func noVersionControl(manifest: String) {
    #expect(build([".git/HEAD": "x", "package.json": manifest]).ignoreFile?.added.contains(".git") == true)
  }

  @Test("the repository travels where the configuration of the start asks git")
  func versionControlAtStart() {
    let files = next.merging([
      ".git/HEAD": "x", "next.config.js": "const id = require('child_process').execSync('git rev-parse HEAD');",
    ]) { $1 }
    #expect(build(files, after: "CMD [\"npm\", \"start\"]\n").plan?.travels.contains("/app/.git") == true)
  }

  // MARK: Next

  private let next: [String: String?] = [
    "package.json": NodeProjects.manifest(
      scripts: "\"build\": \"next build\", \"start\": \"next start\"", dependencies: "\"next\": \"15\""),
    "package-lock.json": nil, "pages/index.tsx": "x", "src/index.ts": nil,
  ]

  @Test("Next compiles a typed configuration when it starts")
  func typedConfiguration() {
    let start = "CMD [\"npm\", \"start\"]\n"
    let typed = build(next.merging(["next.config.ts": "export default {};"]) { $1 }, after: start)
    #expect(typed.isRewritten && !typed.builderStage.contains("prune"))
    #expect(typed.plan?.travels.contains("/app/tsconfig.json") == true)
    let plain = build(next.merging(["next.config.js": "module.exports = {};"]) { $1 }, after: start)
    #expect(plain.builderStage.contains("prune") && plain.plan?.travels.contains("/app/tsconfig.json") == false)
  }

  @Test("a module of the configuration is found without its extension")
  func configurationModule() {
    let files = next.merging([
      "next.config.js": "const { i18n } = require('./next-i18next.config');", "next-i18next.config.js": "x",
      "other.config.js": "x",
    ]) { $1 }
    let travels = build(files, after: "CMD [\"npm\", \"start\"]\n").plan?.travels
    #expect(travels?.contains("/app/next-i18next.config.js") == true)
    #expect(travels?.contains("/app/other.config.js") == false)
  }

  // MARK: Files under another name

  @Test(
    "what a COPY renames reaches the running program",
    arguments: [
      (".env.production", ".env", "COPY .env.production .env\n"),
      ("deploy/prod.json", "config.json", "COPY deploy/prod.json ./config.json\n"),
      ("deploy/prod/a.json", "conf", "COPY deploy/prod/ ./conf/\n"),
    ])
  func renamed(source: String, name: String, copy: String) {
    let files: [String: String?] = [
      source: "x", "src/index.ts": "import express from 'express';\nread('config.json', 'conf');",
    ]
    let result = build(files, before: copy)
    let finds = result.finalStage.contains(copy) || result.plan?.travels.contains("/app/" + name) == true
    #expect(finds, "\(result.finalStage)")
  }

  @Test("a renamed file that a later COPY writes over is taken from the builder")
  func renamedAndReplaced() {
    let result = build(
      [".env.production": "a", ".env": "b", "src/index.ts": "import express from 'express';"],
      before: "COPY .env.production .env\n")
    #expect(result.plan?.travels.contains("/app/.env") == true && !result.finalStage.contains(".env.production .env"))
  }

  @Test("a readme travels where the program reads it")
  func readme() {
    let source = "import express from 'express';\nread('README.md');"
    #expect(build(["README.md": "x", "src/index.ts": source]).plan?.travels.contains("/app/README.md") == true)
    #expect(build(["README.md": "x"]).plan?.travels.contains("/app/README.md") == false)
  }

  // MARK: What starts unseen

  @Test("options of Node in the environment name what the start needs")
  func nodeOptions() {
    let manifest = NodeProjects.manifest(
      development: "\"typescript\": \"5\", \"dotenv\": \"16\", \"tsconfig-paths\": \"4\"")
    let files: [String: String?] = ["package.json": manifest, "package-lock.json": nil]
    let dotenv = build(files, after: "ENV NODE_OPTIONS=\"-r dotenv/config\"\n")
    #expect(dotenv.isRewritten && !dotenv.builderStage.contains("prune"))
    let paths = build(files, after: "ENV NODE_OPTIONS=\"--require tsconfig-paths/register\"\n")
    #expect(paths.plan?.travels.contains("/app/tsconfig.json") == true && !paths.builderStage.contains("prune"))
    for environment in ["[NODE_OPTIONS=-r dotenv/config]", "{NODE_OPTIONS: \"-r dotenv/config\"}"] {
      let compose = "services:\n  a:\n    build: .\n    environment: \(environment)\n"
      #expect(!build(files.merging(["compose.yaml": compose]) { $1 }).builderStage.contains("prune"))
    }
    #expect(build(files, after: "ENV NODE_OPTIONS=\"-r ts-node/register\"\n").reason == .startNeedsToolchain)
    #expect(build(files, after: "ENV NODE_OPTIONS=--max-old-space-size=512\n").builderStage.contains("prune"))
  }

  @Test(
    "a process manager that starts TypeScript needs its compiler",
    arguments: [
      ("process.yml", "apps:\n  - script: ./src/index.ts\n", "CMD [\"pm2-runtime\", \"process.yml\"]\n"),
      (
        "ecosystem.config.js",
        "module.exports = { apps: [{ script: 'a.js', interpreter_args: '-r ts-node/register' }] };",
        "CMD [\"pm2-runtime\", \"start\", \"ecosystem.config.js\"]\n"
      ),
      (
        "app.conf", "[program:a]\ncommand=npx ts-node src/index.ts\n",
        "RUN apt-get update && apt-get install -y supervisor\nCOPY app.conf /etc/supervisor/conf.d/\nCMD [\"supervisord\", \"-n\"]\n"
      ),
      ("knexfile.ts", "x", "CMD npx knex --knexfile knexfile.ts migrate:latest && node dist/index.js\n"),
      ("knexfile.ts", "x", "CMD npx knex migrate:latest && node dist/index.js\n"),
      ("ormconfig.ts", "x", "CMD npx typeorm-ts-node-commonjs migration:run && node dist/index.js\n"),
    ])
  func compiledAtStart(path: String, text: String, lines: String) {
    #expect(build([path: text], after: lines).reason == .startNeedsToolchain)
  }

  @Test("a process manager's file keeps the development dependency that it names")
  func processFile() {
    let text = "module.exports = { apps: [{ script: 'dist/index.js', node_args: '-r jest' }] };"
    let result = build(
      ["ecosystem.config.js": text],
      after: "RUN npm i -g pm2\nCMD [\"pm2-runtime\", \"ecosystem.config.js\"]\n")
    #expect(result.isRewritten && !result.builderStage.contains("prune"))
  }

  // MARK: Package managers

  @Test("archives in Yarn's global cache do not travel with the project")
  func globalCache() {
    let dockerfile =
      "FROM node:20\nWORKDIR /app\nRUN corepack enable\nCOPY . .\nRUN yarn install --immutable\nRUN yarn build\nCMD [\"yarn\", \"node\", \"dist/index.js\"]\n"
    func reason(_ manager: String, _ settings: String) -> Reason? {
      let manifest = NodeProjects.manifest(more: ", \"packageManager\": \"yarn@\(manager)\"")
      let files = NodeProjects.typescript.with([
        "package.json": manifest, "package-lock.json": nil, "yarn.lock": "__metadata:\n  version: 8\n",
        ".yarnrc.yml": settings,
      ])
      return convert(dockerfile, files: files).reason
    }
    #expect(reason("4.0.2", "enableTelemetry: false\n") == .missingAtRunTime)
    #expect(reason("3.6.0", "enableGlobalCache: true\n") == .missingAtRunTime)
    #expect(reason("4.0.2", "enableGlobalCache: false\n") != .missingAtRunTime)
    #expect(reason("3.6.0", "enableTelemetry: false\n") != .missingAtRunTime)
  }

  @Test("Corepack's package manager lies in the home folder of the user who ran it")
  func corepackHome() {
    let dockerfile =
      "FROM node:20\nRUN corepack enable && mkdir /app && chown WHO /app\nUSER WHO\nWORKDIR /app\nCOPY --chown=WHO package.json pnpm-lock.yaml ./\nRUN pnpm install --frozen-lockfile\nCOPY --chown=WHO . .\nRUN pnpm build\nCMD [\"pnpm\", \"start\"]\n"
    let files = NodeProjects.typescript.with([
      "package.json": NodeProjects.manifest(more: ", \"packageManager\": \"pnpm@9.0.0\""), "package-lock.json": nil,
      "pnpm-lock.yaml": "lockfileVersion: '6.0'\n",
    ])
    func result(_ user: String, _ more: String = "") -> Conversion {
      convert(
        dockerfile.replacing("WHO", with: user).replacing("RUN corepack", with: more + "RUN corepack"), files: files)
    }
    let cache = "/home/node/.cache/node/corepack"
    #expect(result("node").finalStage.contains("COPY --from=builder --chown=node \(cache) \(cache)\n"))
    #expect(result("1000").reason == .missingAtRunTime)
    #expect(
      result("root").finalStage.contains("COPY --from=builder /root/.cache/node/corepack /root/.cache/node/corepack\n"))
    #expect(
      result("node", "ENV COREPACK_HOME=/opt/corepack\n").finalStage.contains(
        "COPY --from=builder /opt/corepack /opt/corepack\n"))
  }

  // MARK: Arguments in FROM

  @Test("a suffix is put behind an argument that holds a version only")
  func baseArguments() {
    func convertFrom(_ head: String, compose: String? = nil) -> Conversion {
      let files = NodeProjects.typescript.with(["compose.yaml": compose])
      return convert(head + NodeProjects.build().dropFirst("FROM node:20\n".count), files: files)
    }
    #expect(convertFrom("ARG V=20.1\nFROM node:${V}\n").plan?.runtime == "node:${V}-alpine")
    for head in [
      "ARG V=20\nARG S=bookworm\nFROM node:${V}-${S}\n", "ARG BASE=node:20\nFROM ${BASE}\n",
      "ARG V=lts\nFROM node:$V\n",
    ] { #expect(convertFrom(head).reason == .noRuntimeVariant, "\(head)") }
    let compose = "services:\n  a:\n    build:\n      context: .\n      args: {V: VALUE}\n"
    let head = "ARG V=20\nFROM node:${V}\n"
    #expect(convertFrom(head, compose: compose.replacing("VALUE", with: "22")).isRewritten)
    #expect(convertFrom(head, compose: compose.replacing("VALUE", with: "20-bullseye")).reason == .noRuntimeVariant)
  }
}
