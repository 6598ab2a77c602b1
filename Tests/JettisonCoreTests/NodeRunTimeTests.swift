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
}
