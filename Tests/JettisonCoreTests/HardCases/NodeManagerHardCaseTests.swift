import DockerfileSyntax
import JettisonCore
import Testing

extension NodeHardCaseTests {
  // MARK: Package managers

  @Test("row 74: pnpm's linked folders travel whole, a workspace with all its packages")
  func pnpm() {
    let dockerfile = """
      FROM node:20
      RUN npm i -g pnpm@9
      WORKDIR /repo
      COPY . .
      RUN pnpm install --frozen-lockfile
      RUN pnpm --filter api build
      WORKDIR /repo/apps/api
      CMD ["node", "dist/main.js"]

      """
    let files = [
      "package.json": "{\"name\": \"r\", \"devDependencies\": {\"typescript\": \"5\"}}",
      "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
      "pnpm-workspace.yaml": "packages:\n  - apps/*\n  - packages/*\n",
      "apps/api/package.json":
        "{\"name\": \"api\", \"scripts\": {\"build\": \"tsc\"}, \"dependencies\": {\"db\": \"workspace:*\"}}",
      "apps/api/src/main.ts": "import 'db';\n", "packages/db/package.json": "{\"name\": \"db\"}",
    ]
    let result = convert(dockerfile, files: files)
    #expect(result.plan?.travels == ["/repo"] && result.plan?.runtime == "node:20-slim")
    #expect(!result.builderStage.contains("prune"), "a prune of one workspace empties the others")
  }

  @Test("row 75: without node_modules the folder of archives and the loader travel")
  func plugAndPlay() {
    let manifest = NodeProjects.manifest(more: ", \"packageManager\": \"yarn@3.6.0\"")
    let files: [String: String?] = [
      "package.json": manifest, "package-lock.json": nil, "yarn.lock": "__metadata:\n  version: 6\n", ".pnp.cjs": "x",
      ".yarnrc.yml": "yarnPath: .yarn/releases/yarn-3.6.0.cjs\n", ".yarn/releases/yarn-3.6.0.cjs": "x",
      ".yarn/cache/a.zip": "x",
    ]
    let dockerfile =
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN yarn install --immutable\nRUN yarn build\nCMD [\"yarn\", \"node\", \"dist/index.js\"]\n"
    let result = build(files, dockerfile)
    #expect(
      result.plan?.travels == ["/app"] && result.finalStage.contains("CMD [\"yarn\", \"node\", \"dist/index.js\"]"))
    #expect(!result.rewritten.text.contains("node_modules") && !result.builderStage.contains("prune"))
  }

  @Test("row 76: the package manager that Corepack fetched travels from the home folder of the user who ran it")
  func corepack() {
    let dockerfile = """
      FROM node:20
      RUN corepack enable && useradd -m web && mkdir /app && chown WHO /app
      USER WHO
      WORKDIR /app
      COPY --chown=WHO package.json pnpm-lock.yaml ./
      RUN pnpm install --frozen-lockfile
      COPY --chown=WHO . .
      RUN pnpm build
      CMD ["pnpm", "start"]

      """
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(more: ", \"packageManager\": \"pnpm@9.1.0\""), "package-lock.json": nil,
      "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
    ]
    for user in ["node", "web"] {
      let cache = "/home/\(user)/.cache/node/corepack"
      let lines = "RUN mkdir -p \(cache)\nCOPY --from=builder --chown=\(user) \(cache) \(cache)\n"
      let stage = build(files, dockerfile.replacing("WHO", with: user)).finalStage
      #expect(stage.contains(lines) && stage.contains("RUN corepack enable"), "\(stage)")
    }
    let root = build(files, dockerfile.replacing("WHO", with: "root"))
    #expect(root.finalStage.contains("COPY --from=builder /root/.cache/node/corepack /root/.cache/node/corepack\n"))
    let direct = dockerfile.replacing("[\"pnpm\", \"start\"]", with: "[\"node\", \"dist/index.js\"]")
    #expect(!build(files, direct.replacing("WHO", with: "node")).finalStage.contains("corepack/"))
  }

  @Test("row 77: a workspace keeps the layout of its root")
  func workspaces() {
    let dockerfile =
      "FROM node:20\nWORKDIR /repo\nCOPY . .\nRUN npm ci\nRUN npx turbo run build --filter=api\nCMD [\"node\", \"apps/api/dist/index.js\"]\n"
    let files = [
      "package.json":
        "{\"name\": \"r\", \"workspaces\": [\"apps/*\", \"packages/*\"], \"devDependencies\": {\"turbo\": \"2\"}}",
      "package-lock.json": NodeProjects.lock(["turbo": "\"dev\": true", "express": ""]), "turbo.json": "{}",
      "apps/api/package.json":
        "{\"name\": \"api\", \"scripts\": {\"build\": \"tsc\"}, \"dependencies\": {\"core\": \"*\", \"express\": \"4\"}}",
      "apps/api/src/index.ts": "x", "packages/core/package.json": "{\"name\": \"core\"}",
    ]
    #expect(convert(dockerfile, files: files).plan?.travels == ["/repo"])
  }

  @Test("row 78: Bun has no prune: its folder is made anew")
  func bun() {
    let files = [
      "package.json": NodeProjects.manifest(
        scripts: "", dependencies: "\"hono\": \"4\"", development: "\"jest\": \"1\""),
      "bun.lockb": "x", "src/index.ts": "import { Hono } from 'hono';\n",
    ]
    let dockerfile =
      "FROM oven/bun:1.1\nWORKDIR /app\nCOPY package.json bun.lockb ./\nRUN bun install --frozen-lockfile\nCOPY . .\nCMD [\"bun\", \"run\", \"src/index.ts\"]\n"
    let result = convert(dockerfile, files: files)
    #expect(result.builderStage.contains("RUN rm -rf node_modules && bun install --production --frozen-lockfile\n"))
    #expect(result.plan?.runtime == "oven/bun:1.1-slim")
  }

  @Test("row 79: what drives a browser keeps its base", arguments: ["puppeteer", "playwright"])
  func browsers(package: String) {
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(scripts: "", dependencies: "\"\(package)\": \"1\""),
      "package-lock.json": nil,
    ]
    let result = convert(NodeProjects.run(install: "npm install"), files: NodeProjects.plain.with(files))
    #expect(result.reason == .noRuntimeVariant)
    let fetched = convert(
      NodeProjects.run(install: "npm ci && npx playwright install --with-deps"), files: NodeProjects.plain)
    #expect(fetched.reason == .opaqueEffects)
  }

  @Test("row 80: tokens stay in the builder although the project travels whole")
  func tokens() {
    let dockerfile = """
      FROM node:20
      ARG NPM_TOKEN
      WORKDIR /app
      COPY . .
      RUN echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci && npm run build
      CMD ["node", "server.js"]

      """
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(scripts: "\"build\": \"gulp build\""), "server.js": "require('express')",
    ]
    let result = build(files, dockerfile)
    #expect(result.plan?.travels == ["/app"] && result.builderStage.contains("RUN rm -f /app/.npmrc\n"))
    #expect(!result.finalStage.contains("NPM_TOKEN"))
  }

  @Test("row 81: where production is set before the install, nothing is left to prune")
  func productionFirst() {
    let result = convert(
      "FROM node:20\nENV NODE_ENV=production\n" + NodeProjects.run().dropFirst("FROM node:20\n".count),
      files: NodeProjects.plain)
    #expect(result.isRewritten && !result.builderStage.contains("prune"))
    #expect(
      result.finalStage.contains("ENV NODE_ENV=production\n")
        && result.builderStage.contains("ENV NODE_ENV=production\n"))
  }
}
