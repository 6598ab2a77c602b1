import DockerfileSyntax
import JettisonCore
import Testing

/// Which dependencies and results of a Node build travel, and what stays in the builder.
struct NodeProductionTests {
  // MARK: The pass production-dependencies

  @Test(
    "the author's own package manager and version prune",
    arguments: [
      ("node:20", "npm ci", "RUN npm prune --omit=dev\n"), ("node:14", "npm install", "RUN npm prune --production\n"),
      ("node:20", "npm ci --legacy-peer-deps", "RUN npm prune --omit=dev --legacy-peer-deps\n"),
      ("node:20", "npm i -g npm@6 && npm ci", "RUN npm prune --production\n"),
      (
        "node:20", "yarn install --frozen-lockfile",
        "RUN yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile\n"
      ),
      ("node:20", "npm i -g pnpm && pnpm install", "RUN CI=true pnpm prune --prod\n"),
    ])
  func prune(base: String, install: String, line: String) {
    #expect(
      convert(NodeProjects.run(base, install: install), files: NodeProjects.plain.with(["package-lock.json": nil]))
        .builderStage.contains(line))
  }

  @Test(
    "what is production already is not pruned",
    arguments: [
      "npm ci --omit=dev", "npm install --production", "npm ci --only=prod", "NODE_ENV=production npm ci",
      "yarn --production", "npm ci && npm prune --production",
    ])
  func alreadyProduction(install: String) {
    let result = convert(NodeProjects.run(install: install), files: NodeProjects.plain)
    #expect(result.isRewritten)
    #expect(!result.builderStage.contains("\nRUN npm prune --omit") && !result.builderStage.contains("prefer-offline"))
  }

  @Test("NODE_ENV=production before the install leaves development out, except for Bun and --include=dev")
  func productionMode() {
    let dockerfile = "FROM node:20\nENV NODE_ENV=production\n" + NodeProjects.run().dropFirst("FROM node:20\n".count)
    #expect(!convert(dockerfile, files: NodeProjects.plain).builderStage.contains("prune"))
    #expect(
      convert(dockerfile.replacing("npm ci", with: "npm ci --include=dev"), files: NodeProjects.plain).builderStage
        .contains("prune"))
  }

  @Test("HARD_CASES 62: install hooks run where they did, and not again when pruned")
  func hooks() {
    let manifest = NodeProjects.manifest(
      scripts: "\"prepare\": \"husky install\", \"postinstall\": \"patch-package\", \"start\": \"node index.js\"")
    let files = NodeProjects.plain.with(["package.json": manifest, "patches/a.patch": ""])
    let result = convert(
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"index.js\"]\n", files: files)
    #expect(
      result.builderStage.contains("COPY . .\nRUN npm ci\nRUN npm prune --omit=dev --ignore-scripts\n"),
      "the hooks need all files")
    let yarn = convert(NodeProjects.run(install: "yarn"), files: files)
    #expect(!yarn.builderStage.contains("--production"), "Yarn would take patches back")
  }

  @Test(
    "HARD_CASES 63: development dependencies stay where the running program uses one",
    arguments: [
      ("index.js", "require('express'); require('jest');"), ("index.js", "pino({ transport: { target: 'jest' } });"),
      ("package.json", NodeProjects.manifest(scripts: "\"start\": \"jest --version && node index.js\"")),
      ("package.json", NodeProjects.manifest(scripts: "\"prestart\": \"jest\", \"start\": \"node index.js\"")),
      ("package.json", NodeProjects.manifest(scripts: "\"start\": \"node -r jest/register index.js\"")),
    ])
  func developmentAtStart(name: String, text: String) {
    let result = convert(NodeProjects.run(start: "CMD npm start\n"), files: NodeProjects.plain.with([name: text]))
    #expect(result.isRewritten)
    #expect(!result.builderStage.contains("prune"))
    #expect(result.findings.contains { $0.id == .developmentDependenciesStay && $0.message.contains("'jest'") })
  }

  @Test(
    "tests and types that import development dependencies do not count",
    arguments: ["src/a.test.ts", "test/a.ts", "__tests__/a.js", "src/types.d.ts", "jest.config.js"])
  func testsDoNotCount(path: String) {
    let files = NodeProjects.typescript.with([path: "import x from 'jest';"])
    #expect(convert(NodeProjects.build(), files: files).builderStage.contains("npm prune --omit=dev"))
  }

  @Test("packages that no manifest names are kept")
  func unsaved() {
    let result = convert(
      NodeProjects.run(install: "npm ci && npm install --no-save left-pad"), files: NodeProjects.plain)
    #expect(!result.builderStage.contains("prune"))
  }

  @Test("what the build puts into node_modules survives npm's prune and keeps others from pruning")
  func generatedCode() {
    let manifest = NodeProjects.manifest(dependencies: "\"@prisma/client\": \"5\"")
    let files = NodeProjects.plain.with([
      "package.json": manifest, "prisma/schema.prisma": "generator client {}\n", "package-lock.json": nil,
    ])
    #expect(
      convert(NodeProjects.run(install: "npm ci && npx prisma generate"), files: files).builderStage.contains(
        "npm prune"))
    let pnpm = convert(
      NodeProjects.run(install: "npm i -g pnpm && pnpm install && pnpm exec prisma generate"), files: files)
    #expect(pnpm.isRewritten && !pnpm.builderStage.contains("prune"))
  }

  @Test("a switched-off pass keeps development dependencies")
  func switchedOff() {
    var options = ConversionOptions()
    options.passes[.productionDependencies] = false
    #expect(!convert(NodeProjects.run(), files: NodeProjects.plain, options: options).builderStage.contains("prune"))
  }

  // MARK: Results

  @Test("a compiled project travels as its results, dependencies and manifest")
  func results() {
    let result = convert(NodeProjects.build(), files: NodeProjects.typescript)
    #expect(result.plan?.travels == ["/app/node_modules", "/app/dist"])
    #expect(result.finalStage.contains("COPY package*.json ./\n"))
    #expect(!result.finalStage.contains("COPY . ."))
  }

  @Test("HARD_CASES 68: what the sources name, and what is not plainly for building, travels too")
  func assets() {
    let files = NodeProjects.typescript.with([
      "views/a.ejs": "x", "src/mail/a.html": "x", "src/index.ts": "import e from 'express';\nread('src/mail/a.html');",
      "README.md": "x",
      "test/a.ts": "x", ".eslintrc.json": "{}", "Dockerfile.dev": "FROM node",
    ])
    #expect(
      convert(NodeProjects.build(), files: files).plan?.travels == [
        "/app/node_modules", "/app/dist", "/app/src", "/app/views",
      ])
  }

  @Test("the compiler's configuration travels where paths are looked up in it")
  func compilerPaths() {
    let dockerfile = NodeProjects.build(
      start: "CMD [\"node\", \"-r\", \"tsconfig-paths/register\", \"dist/index.js\"]\n")
    #expect(convert(dockerfile, files: NodeProjects.typescript).plan?.travels.contains("/app/tsconfig.json") == true)
  }

  @Test("an import that leaves the compiled folder keeps its target")
  func crossing() {
    let files = NodeProjects.typescript.with([
      "config/index.ts": "x", "src/index.ts": "import e from 'express';\nimport c from '../config';",
    ])
    #expect(convert(NodeProjects.build(), files: files).plan?.travels.contains("/app/config") == true)
  }

  @Test(
    "a tool whose results are not known makes the whole project travel",
    arguments: ["gulp build", "node build.js", "tsc && node x.js > public/a", "make"])
  func unknownTool(script: String) {
    let manifest = NodeProjects.manifest(scripts: "\"build\": \"\(script)\", \"start\": \"node dist/index.js\"")
    let result = convert(NodeProjects.build(), files: NodeProjects.typescript.with(["package.json": manifest]))
    #expect(result.plan?.travels == ["/app"])
  }

  @Test(
    "the folder that a tool writes to is read from its options and configuration",
    arguments: [
      ("nest build", "dist"), ("babel src -d build", "build"), ("webpack", "out"),
      ("esbuild src/index.ts --outfile=lib/index.js", "lib"),
      ("rimraf out && tsc --outDir out", "out"), ("vite build", "dist"), ("npm run clean && npm run compile", "dist"),
      ("tsup src/index.ts", "dist"),
    ])
  func outputs(script: String, folder: String) {
    let manifest = NodeProjects.manifest(
      scripts:
        "\"build\": \"\(script)\", \"clean\": \"rimraf dist\", \"compile\": \"tsc -p .\", \"start\": \"node \(folder)/index.js\""
    )
    let files = NodeProjects.typescript.with([
      "package.json": manifest,
      "webpack.config.js": "module.exports = { output: { path: path.resolve(__dirname, 'out') } };",
    ])
    #expect(convert(NodeProjects.build(), files: files).plan?.travels == ["/app/node_modules", "/app/" + folder])
  }

  @Test("HARD_CASES 69: Next")
  func next() {
    let files = NodeProjects.typescript.with([
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"next build\", \"start\": \"next start\"", dependencies: "\"next\": \"14\""),
      "package-lock.json": NodeProjects.lock([
        "next": "", "@next/swc-linux-x64-gnu": "\"os\": [\"linux\"]", "typescript": "\"dev\": true",
      ]),
      "next.config.js": "module.exports = {};", "public/a.png": "x", "pages/index.tsx": "x",
      "components/a.tsx": "import '../pages';",
      "posts/a.md": "x", "src/index.ts": nil,
    ])
    let result = convert(NodeProjects.build(), files: files)
    #expect(result.plan?.runtime == "node:20-slim")
    #expect(
      result.plan?.travels == ["/app/node_modules", "/app/.next", "/app/next.config.js", "/app/posts", "/app/public"])
    let standalone = convert(
      NodeProjects.build(start: "CMD [\"node\", \".next/standalone/server.js\"]\n"),
      files: files.with(["next.config.js": "module.exports = { output: 'standalone' };"]))
    #expect(standalone.plan?.travels == ["/app/.next/standalone"])
  }

  @Test(
    "the started file is found behind what starts it",
    arguments: [
      "ENTRYPOINT [\"docker-entrypoint.sh\"]\nCMD [\"node\", \"dist/index.js\"]\n",
      "CMD [\"node\", \"--max-old-space-size=512\", \"dist\"]\n",
      "CMD NODE_ENV=production node dist/index\n", "ENTRYPOINT [\"dumb-init\", \"--\"]\nCMD [\"npm\", \"start\"]\n",
      "RUN npm i -g pm2\nCMD [\"pm2-runtime\", \"dist/index.js\"]\n", "CMD [\"node\", \"/app/dist/index.js\"]\n",
      "CMD [\"sh\", \"-c\", \"cd /app && npm start\"]\n",
    ])
  func startedFile(start: String) {
    #expect(
      convert(NodeProjects.build(start: start), files: NodeProjects.typescript).plan?.travels == [
        "/app/node_modules", "/app/dist",
      ])
  }

  @Test("a project in / never travels whole")
  func root() {
    let dockerfile = "FROM node:20\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD [\"node\", \"dist/index.js\"]\n"
    #expect(
      convert(dockerfile, files: NodeProjects.typescript).plan?.travels == ["/node_modules", "/dist", "/package.json"])
    let unknown = NodeProjects.typescript.with(["package.json": NodeProjects.manifest(scripts: "\"build\": \"make\"")])
    #expect(convert(dockerfile, files: unknown).reason == .copySource)
  }

  @Test("a file server that is installed for everybody needs nothing but the files")
  func fileServer() {
    let manifest = NodeProjects.manifest(
      scripts: "\"build\": \"react-scripts build\"", dependencies: "\"react-scripts\": \"5\"")
    let files = NodeProjects.typescript.with(["package.json": manifest, "package-lock.json": nil])
    let result = convert(
      NodeProjects.build(start: "RUN npm i -g serve\nCMD [\"serve\", \"-s\", \"build\", \"-l\", \"80\"]\n"),
      files: files)
    #expect(result.plan?.travels == ["/app/build"])
    #expect(result.finalStage.contains("RUN npm i -g serve\n"))
  }

  // MARK: Owners and secrets

  @Test("HARD_CASES 56: what a user owns stays his")
  func owner() {
    let dockerfile =
      "FROM node:20\nWORKDIR /app\nRUN chown node:node /app\nUSER node\nCOPY --chown=node:node package*.json ./\nRUN npm ci\nCOPY --chown=node:node . .\nCMD [\"node\", \"index.js\"]\n"
    let result = convert(dockerfile, files: NodeProjects.plain)
    #expect(result.finalStage.contains("RUN chown node:node /app\n"))
    #expect(result.finalStage.contains("COPY --from=builder --chown=node:node /app/node_modules /app/node_modules\n"))
    let mixed = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD [\"node\", \"index.js\"]\n"
    #expect(!convert(mixed, files: NodeProjects.plain).finalStage.contains("--chown"))
  }

  @Test("a user who is made later owns nothing yet")
  func laterUser() {
    let dockerfile = NodeProjects.build(
      "node:20-alpine", start: "RUN adduser -D app && chown -R app /app\nUSER app\nCMD [\"node\", \"dist/index.js\"]\n")
    let result = convert(dockerfile, files: NodeProjects.typescript)
    #expect(
      result.isRewritten && !result.finalStage.contains("--chown") && result.finalStage.contains("chown -R app /app\n"))
  }

  @Test("dependencies that the author removes again are neither pruned nor copied")
  func removedModules() {
    let dockerfile =
      "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && rm -rf node_modules\nCMD [\"node\", \"dist/index.js\"]\n"
    let result = convert(dockerfile, files: NodeProjects.typescript)
    #expect(result.plan?.travels == ["/app/dist", "/app/package.json"])
    #expect(!result.builderStage.contains("prune"))
  }

  @Test("a file that is not in this context may be there where the image is built")
  func missingSource() {
    let dockerfile =
      "FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY .env ./\nCOPY . .\nRUN npm run build\nCMD [\"npm\", \"start\"]\n"
    #expect(convert(dockerfile, files: NodeProjects.typescript).builderStage.contains("COPY .env ./\n"))
  }

  @Test("a folder is given away where the builder works in it, and again in the final stage")
  func workplace() {
    let dockerfile =
      "FROM node:20\nRUN mkdir -p /app && chown node:node /app\nWORKDIR /app\nUSER node\nCOPY --chown=node:node package*.json ./\nRUN npm ci\nCOPY --chown=node:node . .\nCMD [\"node\", \"index.js\"]\n"
    let result = convert(dockerfile, files: NodeProjects.plain)
    #expect(
      result.builderStage.contains("chown node:node /app\n") && result.finalStage.contains("chown node:node /app\n"))
    let pattern = dockerfile.replacing(
      "mkdir -p /app && chown node:node /app\nWORKDIR /app\n",
      with: "true\nWORKDIR /app\nCOPY package.json ./\nRUN chown -R node /app/*\n")
    let changed = convert(pattern, files: NodeProjects.plain)
    #expect(changed.builderStage.contains("RUN chown -R node /app/*\n"))
    #expect(
      changed.finalStage.contains("COPY package.json ./\nRUN chown -R node /app/*\n"),
      "a pattern that matches nothing fails")
  }

  @Test("HARD_CASES 80: registry credentials stay in the builder")
  func credentials() {
    let files = NodeProjects.plain.with([".npmrc": "//registry.npmjs.org/:_authToken=abc\n"])
    let result = convert(NodeProjects.run(), files: files)
    #expect(result.builderStage.contains("RUN rm -f /app/.npmrc\n"))
    #expect(!result.finalStage.contains("COPY . ."))
    #expect(
      !convert(NodeProjects.run(), files: files.with([".npmrc": "save-exact=true\n"])).builderStage.contains("rm -f"))
  }

  @Test("an argument with a token is not declared where nothing reads it")
  func tokenArgument() {
    let dockerfile =
      "FROM node:20\nARG NPM_TOKEN\nWORKDIR /app\nCOPY package*.json ./\nRUN echo \"//r/:_authToken=${NPM_TOKEN}\" > .npmrc && npm ci && rm .npmrc\nCOPY . .\nCMD [\"node\", \"index.js\"]\n"
    let result = convert(dockerfile, files: NodeProjects.plain)
    #expect(result.isRewritten)
    #expect(!result.finalStage.contains("NPM_TOKEN") && !result.finalStage.contains(".npmrc"))
  }

  // MARK: The pass manifest-first

  @Test("manifests are copied first where the ignore file hides node_modules")
  func manifestFirst() {
    let dockerfile = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nCMD [\"npm\", \"start\"]\n"
    let result = convert(dockerfile, files: NodeProjects.typescript)
    #expect(
      result.builderStage.contains("COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n"))
    #expect(result.ignoreFile?.added.contains("node_modules") == true)
    let committed = NodeProjects.typescript.with(["node_modules/a/index.js": ""])
    #expect(
      convert(dockerfile, files: committed).builderStage.contains("COPY . .\nRUN npm ci\n"),
      "it may be kept in version control")
    for more in [", \"workspaces\": [\"a\"]", ", \"pnpm\": {}"] {
      let files = NodeProjects.typescript.with([
        "package.json": NodeProjects.manifest(more: more), "a/package.json": "{}",
      ])
      #expect(convert(dockerfile, files: files).builderStage.contains("COPY . .\nRUN npm ci\n"), "\(more)")
    }
  }

  // MARK: Bad input

  @Test(
    "a manifest that cannot be read is a finding with its place",
    arguments: [
      ("package.json", "{\n  \"name\": \"x\",\n}\n", 3), ("package-lock.json", "{\n\"packages\": {\n", 3),
    ])
  func broken(name: String, text: String, line: Int) {
    let result = convert(NodeProjects.run(), files: NodeProjects.plain.with([name: text]))
    guard case .declined(let message) = result.outcome else { return #expect(Bool(false), "\(result.outcome)") as Void }
    #expect(message.contains(name))
    #expect(result.findings.first?.file == name && result.findings.first?.line == line)
  }

  @Test("a broken lock file of another package manager does no harm")
  func otherLockBroken() {
    #expect(convert(NodeProjects.run(), files: NodeProjects.plain.with(["pnpm-lock.yaml": "a: ["])).isRewritten)
  }

  @Test(
    "an install without a manifest, or a tool that may write anywhere, is left alone",
    arguments: ["npm ci", "npx playwright install", "node -e 'x()'"])
  func opaque(command: String) {
    let result = convert(
      "FROM node:20\nWORKDIR /app\nCOPY index.js .\nRUN \(command)\nCMD [\"node\", \"index.js\"]\n",
      files: ["index.js": ""])
    #expect(result.reason == .opaqueEffects)
  }
}
