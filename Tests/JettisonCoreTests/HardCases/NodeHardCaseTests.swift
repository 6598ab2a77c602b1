import DockerfileSyntax
import JettisonCore
import Testing

/// The hard cases of Node, by number.
struct NodeHardCaseTests {
  func lock(_ more: [String: String] = [:]) -> String {
    NodeProjects.lock(
      ["express": "", "typescript": "\"dev\": true, \"bin\": {\"tsc\": \"x\"}", "jest": "\"dev\": true"].merging(more) {
        $1
      })
  }

  func build(_ more: [String: String?] = [:], _ dockerfile: String? = nil) -> Conversion {
    convert(
      dockerfile ?? NodeProjects.build(start: "CMD [\"node\", \"dist/index.js\"]\n"),
      files: NodeProjects.typescript.with(more))
  }

  // MARK: Dependencies

  @Test("row 59: compiled dependencies never cross to another C library")
  func nativeModules() {
    let native = ["package-lock.json": lock(["bcrypt": "\"hasInstallScript\": true"])]
    #expect(build(native).plan?.runtime == "node:20-slim")
    #expect(build().plan?.runtime == "node:20-alpine")
    #expect(build(["package-lock.json": nil]).plan?.runtime == "node:20-slim", "without a lock nothing is known")
    let musl = build(native, NodeProjects.build("node:20-alpine", before: "RUN apk add python3 make g++\n"))
    #expect(musl.plan?.runtime == "node:20-alpine" && musl.builderStage.contains("FROM node:20-alpine AS"))
  }

  @Test("row 60: the builder prunes with the author's package manager, and nothing is installed again")
  func pruning() {
    let result = build()
    #expect(result.builderStage.contains("RUN npm ci\n") && result.builderStage.contains("RUN npm prune --omit=dev\n"))
    #expect(result.finalStage.contains("COPY --from=builder /app/node_modules /app/node_modules\n"))
    #expect(!result.finalStage.contains("npm"))
    let yarn = build(
      ["package-lock.json": nil, "yarn.lock": "express@4:\n  version \"4.0.0\"\n"],
      NodeProjects.build(start: "CMD [\"node\", \"dist/index.js\"]\n").replacing(
        "package*.json", with: "package.json yarn.lock"
      )
      .replacing("npm ci", with: "yarn --frozen-lockfile").replacing("npm run build", with: "yarn build"))
    #expect(yarn.builderStage.contains("RUN yarn install --production"))
  }

  @Test("row 61: npm install stays npm install")
  func noLock() {
    let result = build(
      ["package-lock.json": nil],
      NodeProjects.build(start: "CMD [\"node\", \"dist/index.js\"]\n").replacing("npm ci", with: "npm install"))
    #expect(result.builderStage.contains("RUN npm install\n") && !result.rewritten.text.contains("npm ci"))
    #expect(result.builderStage.contains("RUN npm prune --omit=dev\n"))
  }

  @Test(
    "row 62: install hooks run once, in the install, and the prune runs none", arguments: ["prepare", "postinstall"])
  func hooks(name: String) {
    let manifest = NodeProjects.manifest(
      scripts: "\"\(name)\": \"husky install\", \"build\": \"tsc\"",
      development: "\"typescript\": \"5\", \"husky\": \"9\"")
    let result = build(["package.json": manifest])
    #expect(result.builderStage.contains("RUN npm ci\n"))
    #expect(result.builderStage.contains("RUN npm prune --omit=dev --ignore-scripts\n"))
  }

  @Test(
    "row 63: development dependencies that the start needs stay",
    arguments: ["tsx", "sequelize-cli", "cross-env", "dotenv-cli", "prisma"])
  func developmentAtStart(package: String) {
    let command = [
      "dotenv-cli": "dotenv", "sequelize-cli": "sequelize-cli db:migrate &&", "prisma": "prisma migrate deploy &&",
    ]
    let scripts = "\"build\": \"tsc\", \"start\": \"\(command[package] ?? package) node dist/index.js\""
    let manifest = NodeProjects.manifest(scripts: scripts, development: "\"typescript\": \"5\", \"\(package)\": \"1\"")
    let result = build(["package.json": manifest], NodeProjects.build())
    if package == "tsx" {
      #expect(result.reason == .startNeedsToolchain, "it compiles the sources")
    } else {
      #expect(result.isRewritten && !result.builderStage.contains("prune"))
      #expect(result.findings.contains { $0.id == .developmentDependenciesStay && $0.message.contains(package) })
    }
  }

  @Test("row 64: what no import names is kept, because the package manager decides what is production")
  func dynamicRequires() {
    let manifest = NodeProjects.manifest(dependencies: "\"typeorm\": \"0.3\", \"pg\": \"8\"")
    let files = [
      "package.json": manifest, "package-lock.json": lock(["typeorm": "", "pg": ""]),
      "src/index.ts": "import { DataSource } from 'typeorm';\nnew DataSource({ type: 'postgres' });\n",
    ]
    let result = build(files)
    #expect(result.plan?.travels == ["/app/node_modules", "/app/dist"])
    #expect(result.builderStage.contains("RUN npm prune --omit=dev\n"))
  }

  @Test("row 65: npm start stays, with its manifest and what its hooks call")
  func npmStart() {
    let scripts = "\"build\": \"tsc\", \"prestart\": \"knex migrate:latest\", \"start\": \"node dist/index.js\""
    let files = [
      "package.json": NodeProjects.manifest(scripts: scripts, dependencies: "\"express\": \"4\", \"knex\": \"3\""),
      "package-lock.json": lock(["knex": "\"bin\": {\"knex\": \"x\"}"]), "knexfile.js": "module.exports = {};",
      "migrations/1.js": "x",
    ]
    let result = build(files, NodeProjects.build())
    #expect(result.finalStage.contains("CMD [\"npm\", \"start\"]") && result.plan?.travels == ["/app"])
    let development = files.with([
      "package.json": NodeProjects.manifest(scripts: scripts, development: "\"typescript\": \"5\", \"knex\": \"3\"")
    ])
    #expect(!build(development, NodeProjects.build()).builderStage.contains("prune"))
  }

  @Test("row 66: a global tool is installed again only where the start calls it")
  func globalTools() {
    func result(_ start: String) -> Conversion {
      build([:], NodeProjects.build(start: start, before: "RUN npm i -g pm2 typescript\n"))
    }
    #expect(result("CMD [\"pm2-runtime\", \"dist/index.js\"]\n").finalStage.contains("RUN npm i -g pm2 typescript\n"))
    #expect(!result("CMD [\"node\", \"dist/index.js\"]\n").finalStage.contains("npm i -g"))
  }

  // MARK: Results

  @Test(
    "row 67: the folder of results is read from the tool's configuration; what is unsure travels whole",
    arguments: [
      ("tsc", "{\"compilerOptions\": {\"outDir\": \"lib\"}}", "lib", ["/app/node_modules", "/app/lib"]),
      ("tsc --outDir out", "{}", "out", ["/app/node_modules", "/app/out"]),
      ("node scripts/build.js", "{}", "lib", ["/app"]),
    ])
  func outputFolder(command: String, configuration: String, folder: String, travels: [String]) {
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(scripts: "\"build\": \"\(command)\""), "tsconfig.json": configuration,
      "scripts/build.js": command.contains("scripts") ? "x" : nil,
    ]
    let result = build(files, NodeProjects.build(start: "CMD [\"node\", \"\(folder)/index.js\"]\n"))
    #expect(result.plan?.travels == travels)
  }

  @Test("row 68: templates and messages beside the sources travel too")
  func assets() {
    let source = "import express from 'express';\napp.set('views', path.join(process.cwd(), 'src', 'views'));\n"
    let result = build([
      "src/index.ts": source, "src/views/a.ejs": "x", "public/a.css": "x", "locales/de.json": "{}",
      "emails/a.html": "x",
      "test/a.test.ts": "x",
    ])
    let expected = ["dist", "emails", "locales", "node_modules", "public", "src"].map { "/app/" + $0 }
    #expect(result.plan?.travels.sorted() == expected)
  }

  // MARK: Next

  private func next(_ scripts: String, _ more: [String: String?], start: String) -> Conversion {
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(scripts: scripts, dependencies: "\"next\": \"14\", \"react\": \"18\""),
      "package-lock.json": lock(["next": "", "react": ""]), "src/index.ts": nil, "pages/index.js": "x",
    ]
    return build(files.merging(more) { $1 }, NodeProjects.build(start: start))
  }

  @Test("row 69: Next's own server needs its results, public, the configuration and production dependencies")
  func nextStart() {
    let scripts = "\"build\": \"next build\", \"start\": \"next start\""
    let start = "CMD [\"npm\", \"start\"]\n"
    let files: [String: String?] = [
      "public/a.png": "x", "next.config.js": "module.exports = {};", "components/a.js": "x",
    ]
    let result = next(scripts, files, start: start)
    #expect(
      result.plan?.travels.sorted() == [".next", "next.config.js", "node_modules", "public"].map { "/app/" + $0 })
    #expect(result.finalStage.contains("COPY package*.json ./\n"))
    #expect(result.builderStage.contains("RUN npm prune --omit=dev"))
    #expect(!next(scripts, [:], start: start).finalStage.contains("public"), "a folder that is not there is not copied")
  }

  @Test("row 69: a traced server needs nothing beside it, in a workspace below its own folder")
  func nextStandalone() {
    let files: [String: String?] = [
      "public/a.png": "x", "next.config.js": "module.exports = { output: 'standalone' };",
    ]
    let copies = "RUN cp -r public .next/standalone/ && cp -r .next/static .next/standalone/.next/\n"
    let result = next(
      "\"build\": \"next build\"", files, start: copies + "CMD [\"node\", \".next/standalone/server.js\"]\n")
    #expect(result.plan?.travels == ["/app/.next/standalone"] && !result.rewritten.text.contains("prune"))
    #expect(result.builderStage.contains(copies))
  }

  @Test("row 70: the libraries of sharp, which the tracing leaves out, travel beside the traced server")
  func sharp() {
    let scoped = lock([
      "next": "", "sharp": "\"hasInstallScript\": true", "@img/sharp-libvips-linux-x64": "\"os\": [\"linux\"]",
    ])
    let start = "CMD [\"node\", \".next/standalone/server.js\"]\n"
    func travels(_ dependencies: String, _ lock: String?) -> [String]? {
      let files: [String: String?] = [
        "package.json": NodeProjects.manifest(scripts: "\"build\": \"next build\"", dependencies: dependencies),
        "package-lock.json": lock, "next.config.js": "module.exports = { output: 'standalone' };", "src/index.ts": nil,
        "pages/index.js": "x",
      ]
      return build(files, NodeProjects.build(start: start)).plan?.travels
    }
    let both = "\"next\": \"14\", \"sharp\": \"0.33\""
    #expect(travels(both, scoped) == ["/app/.next/standalone", "/app/node_modules/@img"])
    #expect(travels("\"next\": \"14\"", scoped) == ["/app/.next/standalone"])
    #expect(
      travels(both, lock(["next": "", "sharp": ""])) == ["/app/.next/standalone"], "older ones hold them themselves")
    #expect(travels(both, nil)?.contains("/app/node_modules") == true, "where they lie is not known")
  }

  @Test("row 71: build arguments that are compiled in stand in the builder, and what the container sees in both")
  func publicArguments() {
    let lines = "ARG NEXT_PUBLIC_API\nENV NEXT_PUBLIC_API=$NEXT_PUBLIC_API\nARG VITE_MODE=x\n"
    let result = build([:], NodeProjects.build(before: lines))
    #expect(result.builderStage.contains(lines))
    #expect(result.finalStage.contains("ARG NEXT_PUBLIC_API\nENV NEXT_PUBLIC_API=$NEXT_PUBLIC_API\n"))
    #expect(!result.finalStage.contains("VITE_MODE"))
  }

  @Test("row 72: the author's file server stays")
  func fileServer() {
    let files: [String: String?] = [
      "package.json": NodeProjects.manifest(
        scripts: "\"build\": \"react-scripts build\"", dependencies: "\"react\": \"18\", \"react-scripts\": \"5\""),
      "package-lock.json": lock(["react": "", "react-scripts": ""]), "src/index.ts": nil, "src/index.js": "x",
    ]
    let start = "RUN npm i -g serve\nCMD [\"serve\", \"-s\", \"build\"]\n"
    let result = build(files, NodeProjects.build(start: start))
    #expect(
      result.finalStage.contains("RUN npm i -g serve\n")
        && result.finalStage.contains("CMD [\"serve\", \"-s\", \"build\"]"))
    #expect(result.plan?.travels == ["/app/build"] && !result.rewritten.text.contains("nginx"))
  }

  @Test("row 73: Prisma's client travels with its schema on the same C library, the tool where the start migrates")
  func prisma() {
    let files = [
      "package.json": NodeProjects.manifest(
        dependencies: "\"@prisma/client\": \"5\"", development: "\"prisma\": \"5\", \"typescript\": \"5\""),
      "package-lock.json": lock([
        "@prisma/client": "\"hasInstallScript\": true", "prisma": "\"dev\": true, \"bin\": {\"prisma\": \"x\"}",
      ]), "prisma/schema.prisma": "x", "src/index.ts": "import { PrismaClient } from '@prisma/client';\n",
    ]
    func result(_ start: String) -> Conversion {
      build(
        files,
        NodeProjects.build(start: start).replacing(
          "RUN npm run build", with: "RUN npx prisma generate\nRUN npm run build"))
    }
    let plain = result("CMD [\"node\", \"dist/index.js\"]\n")
    #expect(plain.plan?.runtime == "node:20-slim" && plain.finalStage.contains("openssl"))
    #expect(plain.plan?.travels.contains("/app/prisma") == true && plain.builderStage.contains("npm prune"))
    let migrates = result("CMD npx prisma migrate deploy && node dist/index.js\n")
    #expect(!migrates.builderStage.contains("prune") && migrates.plan?.travels == ["/app"])
  }
}
