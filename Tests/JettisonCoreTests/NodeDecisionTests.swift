import DockerfileSyntax
import JettisonCore
import Testing

/// Which base a Node image gets, and what it holds.
struct NodeDecisionTests {
  private let native = [
    "package-lock.json": NodeProjects.lock(["express": "", "bcrypt": "\"hasInstallScript\": true"])
  ]

  private func runtime(_ dockerfile: String, _ files: [String: String]) -> String? {
    convert(dockerfile, files: files).plan?.runtime
  }

  // MARK: The base

  @Test(
    "pure JavaScript goes to the line's Alpine image",
    arguments: [
      ("node:20", "node:20-alpine"), ("node:20.11.1-bullseye", "node:20.11.1-alpine"), ("node:lts", "node:lts-alpine"),
      ("docker.io/library/node:22", "docker.io/library/node:22-alpine"), ("node", "node:alpine"),
      ("node:latest", "node:alpine"),
      ("node:carbon", "node:carbon-alpine"),
    ])
  func alpine(base: String, expected: String) {
    #expect(runtime(NodeProjects.run(base), NodeProjects.plain) == expected)
  }

  @Test(
    "a version that came before the line's Alpine images does not get one",
    arguments: ["node:0.12", "node:0.10", "node:4.2", "node:5", "node:6.2.1"])
  func beforeAlpine(base: String) {
    #expect(runtime(NodeProjects.run(base, install: "npm install"), NodeProjects.plain)?.contains("alpine") != true)
    #expect(runtime(NodeProjects.run("node:6.9"), NodeProjects.plain) == "node:6.9-alpine")
  }

  @Test(
    "a user's group goes with it into a COPY, as the author writes it or the user is made",
    arguments: [
      ("adduser -S app -u 1002 -G staff", "--chown=app:staff"), ("adduser -S app", "--chown=app:web"),
    ])
  func group(command: String, expected: String) {
    let copy = expected == "--chown=app:web" ? "COPY --chown=app:web package*.json ./" : "COPY package*.json ./"
    let lines =
      "FROM node:20-alpine\nRUN addgroup -S web && \(command)\nWORKDIR /app\nRUN chown app:web /app\nUSER app\n"
      + "\(copy)\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD [\"npm\", \"start\"]\n"
    let result = convert(
      lines.replacing(expected == "--chown=app:web" ? "" : "RUN chown app:web /app\n", with: ""),
      files: NodeProjects.typescript)
    #expect(result.finalStage.contains(expected), "\(result.outcome) \(result.finalStage)")
  }

  @Test(
    "HARD_CASES 59: native code goes to the slim image of the same release",
    arguments: [
      ("node:20", "node:20-slim"), ("node:14-bullseye", "node:14-bullseye-slim"), ("node:carbon", "node:carbon-slim"),
    ])
  func slim(base: String, expected: String) {
    #expect(runtime(NodeProjects.run(base), NodeProjects.plain.with(native.mapValues { $0 })) == expected)
  }

  @Test("a build argument in the tag stays in the final base")
  func argumentInTag() {
    #expect(runtime("ARG NODE=20\n" + NodeProjects.run("node:${NODE}"), NodeProjects.plain) == "node:${NODE}-alpine")
  }

  @Test(
    "a tag without a version, or a digest, has no slim image that is sure to hold the same Node",
    arguments: ["node", "node:lts", "node:20@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"])
  func noVariant(base: String) {
    #expect(
      convert(NodeProjects.run(base), files: NodeProjects.plain.with(native.mapValues { $0 })).reason
        == .noRuntimeVariant)
  }

  @Test(
    "what proves nothing about native code keeps glibc",
    arguments: [
      ("package-lock.json", "{\"lockfileVersion\": 1, \"dependencies\": {\"express\": {\"version\": \"4\"}}}"),
      ("package-lock.json", NodeProjects.lock(["jest": "\"dev\": true"])),
      ("package-lock.json", NodeProjects.lock(["express": "", "sharp": "\"os\": [\"linux\"]"])),
      ("package-lock.json", NodeProjects.lock(["express": "", "uWebSockets.js": ""])),
      ("binding.gyp", "{}"),
    ])
  func provesNothing(name: String, text: String) {
    #expect(runtime(NodeProjects.run(), NodeProjects.plain.with([name: text])) == "node:20-slim")
  }

  @Test(
    "what cannot be installed on Linux, only prints, or goes with development does not count as native",
    arguments: ["\"os\": [\"darwin\"], \"hasInstallScript\": true", "\"dev\": true, \"hasInstallScript\": true"])
  func notNative(fields: String) {
    let lock = NodeProjects.lock(["express": "", "core-js": "\"hasInstallScript\": true", "other": fields])
    #expect(runtime(NodeProjects.run(), NodeProjects.plain.with(["package-lock.json": lock])) == "node:20-alpine")
  }

  @Test("two lock files: the one of the author's command decides")
  func twoLocks() {
    let files = NodeProjects.plain.with(["yarn.lock": "express@4:\n  version \"4.0.0\"\n"])
    #expect(runtime(NodeProjects.run(), files) == "node:20-alpine")
    #expect(runtime(NodeProjects.run(install: "yarn install"), files) == "node:20-slim")
  }

  @Test("what a script needs keeps Debian: bash, users, packages")
  func debian() {
    let script = ["start.sh": "#!/bin/bash\nexec node index.js\n"]
    #expect(
      runtime(NodeProjects.run(start: "CMD [\"./start.sh\"]\n"), NodeProjects.plain.with(script.mapValues { $0 }))
        == "node:20-slim")
    #expect(
      runtime(
        "FROM node:20-bullseye\nRUN useradd -m app\n" + NodeProjects.run().dropFirst("FROM node:20\n".count)
          + "USER app\n", NodeProjects.plain)
        == "node:20-bullseye-slim")
    #expect(
      runtime(
        "FROM node:20\nRUN apt-get update && apt-get install -y ffmpeg\n"
          + NodeProjects.run().dropFirst("FROM node:20\n".count), NodeProjects.plain)
        == "node:20-slim")
  }

  @Test("HARD_CASES 79: a browser keeps the full image")
  func browser() {
    let files = NodeProjects.plain.with([
      "package.json": NodeProjects.manifest(dependencies: "\"puppeteer\": \"22\"", development: "")
    ])
    let result = convert(NodeProjects.run(), files: files)
    #expect(result.reason == .noRuntimeVariant)
    if case .unchanged(let refusal) = result.outcome { #expect(refusal.message.contains("puppeteer")) }
  }

  @Test(
    "slim and Alpine images without anything that only builds are right as they are",
    arguments: ["node:20-slim", "node:20-alpine"])
  func nothingToGain(base: String) {
    #expect(
      convert(NodeProjects.run(base, install: "npm ci --omit=dev"), files: NodeProjects.plain).reason == .nothingToGain)
    let zero = NodeProjects.plain.with(["package.json": NodeProjects.manifest(development: "")])
    #expect(convert(NodeProjects.run(base), files: zero).reason == .nothingToGain)
  }

  @Test("Bun's images")
  func bun() {
    let files = [
      "package.json": NodeProjects.manifest(dependencies: "\"hono\": \"4\""), "bun.lock": "{\"packages\": {}}",
      "index.ts": "import { Hono } from 'hono';",
    ]
    let result = convert(
      "FROM oven/bun:1\nCOPY package.json bun.lock ./\nRUN bun install --frozen-lockfile\nCOPY . .\nUSER bun\nCMD [\"bun\", \"index.ts\"]\n",
      files: files)
    #expect(result.plan?.runtime == "oven/bun:1-slim")
    #expect(result.builderStage.contains("RUN rm -rf node_modules && bun install --production --frozen-lockfile\n"))
    #expect(result.finalStage.contains("COPY --from=builder /home/bun/app/node_modules /home/bun/app/node_modules"))
  }

  @Test("nothing is installed or built: the base alone changes")
  func rebase() {
    let result = convert(
      "FROM node:20\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"index.js\"]\n", files: ["index.js": "require('http');"])
    #expect(result.outcome == .rebased)
    #expect(result.rewritten.text.hasPrefix("FROM node:20-alpine\n"))
    let empty = convert(
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD [\"node\", \"index.js\"]\n",
      files: ["index.js": "require('http');", "package.json": "{}"])
    #expect(empty.outcome == .rebased, "npm makes no node_modules where there is nothing to install")
    let tool = convert(
      "FROM node:20\nRUN npm install -g http-server\nCOPY . /srv\nCMD [\"http-server\", \"/srv\"]\n",
      files: ["index.html": "x"])
    #expect(tool.outcome == .rebased)
    let committed = convert(
      "FROM node:20\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"index.js\"]\n",
      files: ["index.js": "require('a');", "node_modules/a/index.js": ""])
    #expect(committed.rewritten.text.hasPrefix("FROM node:20-slim\n"))
  }

  // MARK: What starts

  @Test(
    "a server for development is left alone",
    arguments: [
      "nodemon index.js", "vite --host", "react-scripts start", "next dev", "webpack serve", "node --watch index.js",
      "ng serve", "cross-env A=b nodemon .", "vue-cli-service serve",
    ])
  func developmentServer(command: String) {
    let files = NodeProjects.plain.with(["package.json": NodeProjects.manifest(scripts: "\"start\": \"\(command)\"")])
    for start in [
      "CMD [\"npm\", \"start\"]\n", "CMD npm run start\n", "CMD [\"sh\", \"-c\", \"npm start\"]\n",
      "ENTRYPOINT [\"yarn\"]\nCMD [\"start\"]\n",
    ] {
      #expect(convert(NodeProjects.run(start: start), files: files).reason == .devImage, "\(start)")
    }
  }

  @Test("a server for development that a script of the project starts")
  func developmentServerInScript() {
    let files = NodeProjects.plain.with(["index.js": "require('webpack-dev-middleware');"])
    #expect(convert(NodeProjects.run(), files: files).reason == .devImage)
  }

  @Test(
    "what compiles or installs when it starts is left alone",
    arguments: [
      "ts-node src/index.ts", "nest start", "tsc && node dist", "node -r ts-node/register src/index.ts",
      "npm install && node .", "tsx index.ts", "npm run build && node .",
    ])
  func compiler(command: String) {
    let files = NodeProjects.plain.with([
      "package.json": NodeProjects.manifest(scripts: "\"build\": \"tsc\", \"start\": \"\(command)\"")
    ])
    #expect(convert(NodeProjects.run(start: "CMD npm start\n"), files: files).reason == .startNeedsToolchain)
  }

  @Test("a compose command that runs the host's files adds no needs; one that runs the image's does")
  func compose() {
    func file(_ volumes: String) -> String {
      "services:\n  web:\n    build: .\n    command: npm run dev\n    volumes:\n      - .:/app\n\(volumes)"
    }
    let manifest = NodeProjects.manifest(
      scripts: "\"start\": \"node index.js\", \"dev\": \"nodemon index.js\"", development: "\"nodemon\": \"3\"")
    let files = NodeProjects.plain.with([
      "package.json": manifest, "package-lock.json": NodeProjects.lock(["express": "", "nodemon": "\"dev\": true"]),
    ])
    #expect(
      convert(NodeProjects.run(), files: files.with(["compose.yaml": file("")])).builderStage.contains("npm prune"))
    #expect(
      !convert(NodeProjects.run(), files: files.with(["compose.yaml": file("      - /app/node_modules\n")]))
        .builderStage.contains("npm prune"))
  }

  // MARK: Tools and programs

  @Test("HARD_CASES 66: a global tool stays in the final stage if the start calls it")
  func globalTools() {
    let install = "npm install -g pm2@5 typescript && npm ci"
    let result = convert(
      NodeProjects.run(install: install, start: "CMD [\"pm2-runtime\", \"index.js\"]\n"), files: NodeProjects.plain)
    #expect(result.finalStage.contains("RUN npm install -g pm2@5 typescript\n"))
    #expect(!convert(NodeProjects.run(install: install), files: NodeProjects.plain).finalStage.contains("npm install"))
  }

  @Test("HARD_CASES 76: what Corepack fetched comes along when the start needs it")
  func corepack() {
    let dockerfile =
      "FROM node:20\nRUN corepack enable\nWORKDIR /app\nCOPY . .\nRUN pnpm install\nCMD [\"pnpm\", \"start\"]\n"
    let files = NodeProjects.plain.with(["pnpm-lock.yaml": "lockfileVersion: '9.0'\n", "package-lock.json": nil])
    let result = convert(dockerfile, files: files)
    #expect(result.finalStage.contains("RUN corepack enable\n"))
    #expect(result.finalStage.contains("COPY --from=builder /root/.cache/node/corepack /root/.cache/node/corepack\n"))
    #expect(
      !convert(dockerfile.replacing("\"pnpm\", \"start\"", with: "\"node\", \"index.js\""), files: files).finalStage
        .contains("corepack"))
  }

  @Test("HARD_CASES 35: a program that the code or a package starts is installed again")
  func programs() {
    let spawns = NodeProjects.plain.with([
      "index.js": "require('express'); require('child_process').execSync('git status');"
    ])
    #expect(convert(NodeProjects.run(), files: spawns).finalStage.contains("RUN apk add --no-cache git\n"))
    #expect(
      convert(NodeProjects.run(), files: spawns.with(native.mapValues { $0 })).finalStage.contains(
        "--no-install-recommends git ca-certificates &&"))
    #expect(
      convert(
        NodeProjects.run(start: "HEALTHCHECK CMD curl -f localhost\nCMD [\"node\", \"index.js\"]\n"),
        files: NodeProjects.plain
      ).finalStage.contains("apk add --no-cache curl"))
  }

  @Test("archives of old releases may be closed, so nothing is installed there that was not before")
  func closedArchives() {
    let spawns = NodeProjects.plain.with([
      "index.js": "require('child_process').execSync('git status');", "package-lock.json": nil,
    ])
    #expect(convert(NodeProjects.run("node:8"), files: spawns).reason == .noRuntimeVariant)
  }

  @Test("Python and compilers for native modules stay behind, and what the build calls stays there")
  func buildPackages() {
    let dockerfile =
      "FROM node:20-alpine\nRUN apk add --no-cache python3 make g++ pnpm\nWORKDIR /app\nCOPY . .\nRUN pnpm install --prod\nCMD [\"pnpm\", \"start\"]\n"
    let result = convert(dockerfile, files: NodeProjects.plain)
    #expect(result.finalStage.contains("RUN apk add --no-cache pnpm\n"), "libstdc++ is in the base already")
    #expect(result.builderStage.contains("python3 make g++ pnpm"))
  }

  @Test(
    "a program of unknown origin is taken for one of glibc",
    arguments: [
      "ADD https://example.com/tini /tini\nRUN chmod +x /tini\n", "RUN curl -Lo /bin/probe https://example.com/probe\n",
      "COPY --from=example.com/tool:1 /tool /bin/tool\n",
    ])
  func unknownPrograms(lines: String) {
    #expect(
      runtime("FROM node:20\n" + lines + NodeProjects.run().dropFirst("FROM node:20\n".count), NodeProjects.plain)
        == "node:20-slim")
  }

  @Test("what the build may use of the system stays there too; what only runs moves")
  func packagesOnBothSides() {
    func stages(_ package: String) -> Conversion {
      convert(
        "FROM node:20-slim\nRUN apt-get update && apt-get install -y \(package)\n"
          + NodeProjects.run().dropFirst("FROM node:20\n".count), files: NodeProjects.plain)
    }
    #expect(stages("openssl").builderStage.contains("openssl"), "Prisma chooses its engine by it")
    #expect(!stages("ffmpeg").builderStage.contains("ffmpeg") && stages("ffmpeg").finalStage.contains("ffmpeg"))
  }
}
