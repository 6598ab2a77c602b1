import JettisonCore
import Testing

/// What the scripts of a manifest and of packages do when dependencies are installed.
struct NodeScriptTests {
  private static let native = NodeProjects.lock(["bcrypt": "\"hasInstallScript\": true"])

  /// A server whose own folder has nothing native, above another one that has.
  private func nested(_ scripts: String, run: String, lock: String = native) -> Conversion {
    let files = NodeProjects.plain.with([
      "package.json": NodeProjects.manifest(scripts: scripts, development: "\"jest\": \"29\""),
      "index.js": "require('./server');\n", "server/index.js": "require('bcrypt');\n",
      "server/package.json": "{\"name\": \"server\", \"dependencies\": {\"bcrypt\": \"5\"}}",
      "server/package-lock.json": lock,
    ])
    let lines = "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN \(run)\nCMD [\"node\", \"index.js\"]\n"
    return convert(lines, files: files)
  }

  @Test(
    "modules that a script installs in another folder decide on the C library too",
    arguments: [
      ("\"postinstall\": \"cd server && npm ci\"", "npm install"),
      ("\"preinstall\": \"(cd server; npm i)\"", "npm install"),
      ("\"postinstall\": \"npm install --prefix server\"", "npm ci"),
      ("\"setup\": \"npm install && npm --prefix server install\"", "npm run setup"),
      ("\"all\": \"npm i && npm run inner\", \"inner\": \"cd server && npm ci\"", "npm run all"),
      ("\"postinstall\": \"npm run inner\", \"inner\": \"npx yarn --cwd server install\"", "npm install"),
      ("\"postinstall\": \"lerna bootstrap\"", "npm install"),
      ("\"postinstall\": \"node scripts/all.js install\"", "npm install"),
    ])
  func nestedInstalls(scripts: String, run: String) {
    let result = nested(scripts, run: run)
    #expect(result.isRewritten && !result.finalStage.contains("alpine"), "\(result.outcome)")
    let pure = nested(scripts, run: run, lock: NodeProjects.lock(["bcrypt": ""]))
    #expect(pure.isRewritten, "\(pure.outcome)")
  }

  @Test("a nested install that is known to be portable goes to Alpine, and its modules are hidden like the others")
  func portable() {
    let result = nested(
      "\"postinstall\": \"cd server && npm ci\"", run: "npm install", lock: NodeProjects.lock(["bcrypt": ""]))
    #expect(result.finalStage.hasPrefix("FROM node:20-alpine"))
    #expect(result.ignoreFile?.added.contains("**/node_modules") == true)
  }

  @Test("scripts that call themselves come to an end")
  func recursion() {
    let scripts = "\"a\": \"npm run b && npm run b\", \"b\": \"npm run a; npm run b; cd server && npm ci\""
    #expect(nested(scripts, run: "npm run a").plan?.travels.contains { $0.hasPrefix("/app") } == true)
  }

  @Test("a schema that an install script reads is there before the install, unless a later line generates the client")
  func schema() {
    let files = NodeProjects.typescript.with([
      "package.json": NodeProjects.manifest(dependencies: "\"@prisma/client\": \"5\""),
      "package-lock.json": NodeProjects.lock([
        "@prisma/client": "\"hasInstallScript\": true", "typescript": "\"dev\": true, \"bin\": {\"tsc\": \"x\"}",
        "jest": "\"dev\": true",
      ]), "prisma/schema.prisma": "generator client {}",
    ])
    func image(_ more: String = "") -> Conversion {
      convert(
        "FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\n\(more)RUN npm run build\nCMD [\"npm\", \"start\"]\n",
        files: files)
    }
    #expect(image().isRewritten && image().builderStage.contains("COPY . .\nRUN npm ci\n"))
    let generating = image("RUN npx prisma generate\n")
    #expect(generating.builderStage.contains("COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n"))
  }

  @Test(
    "a site that a global server serves leaves its modules behind on the same base too, whatever the lock file lists")
  func site() {
    let files = [
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"vite build\"", dependencies: "\"vue\": \"3\"", development: "\"vite\": \"5\""),
      "package-lock.json": NodeProjects.lock(["vue": ""]), "vite.config.js": "export default {}\n", "src/main.js": "",
    ]
    let result = convert(
      "FROM node:20-alpine\nRUN npm install -g http-server\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\n"
        + "COPY . .\nRUN npm run build\nCMD [\"http-server\", \"dist\"]\n", files: files)
    #expect(result.isRewritten && !result.finalStage.contains("node_modules"), "\(result.outcome)")
    #expect(result.finalStage.contains("COPY --from=builder /app/dist /app/dist\n"))
  }
}
