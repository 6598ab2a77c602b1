import DockerfileSyntax
import JettisonCore
import Testing

/// What is found of the commands that run in the container, wherever a shell's text names them.
struct RootsTests {
  private func node(_ script: String) -> Conversion {
    let files = NodeProjects.plain.with(["start.sh": "#!/bin/sh\n\(script)\nexec node index.js\n"])
    return convert(NodeProjects.run(start: "CMD [\"./start.sh\"]\n"), files: files, executables: ["start.sh"])
  }

  @Test(
    "a program inside an expansion or a text for another shell is in the final image",
    arguments: [
      "export VERSION=$(git rev-parse HEAD)", "export VERSION=`git rev-parse HEAD`", "echo \"at $(git log -1)\"",
      "if [ \"$(git status)\" = \"\" ]; then echo clean; fi", "for f in $(git ls-files); do echo $f; done",
      "case \"$(git describe)\" in v*) echo tag ;; esac", "V=\"a${X:-$(git describe)}b\"", "V=$(echo $(git describe))",
      "V=`echo \\`git describe\\``", "V=$(cd \"$(dirname \"$0\")\" && git describe)",
      "echo $((1 + $(git rev-list | wc -l)))",
      "su node -c \"git pull $REMOTE && true\"", "trap \"git stash; kill $pid\" TERM", "eval \"git $VERB\"",
      "sh -c \"git $VERB\"", "while read x; do echo $x; done < \"$(git rev-parse --git-dir)/HEAD\"",
    ])
  func substitutions(script: String) {
    let result = node(script)
    #expect(result.plan?.installs.contains("git") == true, "\(result.outcome) \(result.finalStage)")
  }

  @Test(
    "text that only looks like a substitution starts nothing",
    arguments: ["echo '$(git log)'", "# $(git log)", "echo \\$(git log)\\)", "echo $'$(git log)'"])
  func quoted(script: String) {
    #expect(node(script).plan?.installs.contains("git") != true)
  }

  @Test("a folder that an expansion changes into stays its own")
  func folders() {
    let result = node("HERE=$(cd /tmp && pwd)\n./index.js")
    #expect(result.isRewritten, "\(result.outcome)")
  }

  @Test("a variable that starts the same shell again comes to an end")
  func recursion() {
    let lines = "ENV RUNNER='sh -c \"$RUNNER\"'\nCMD sh -c \"$RUNNER\"\n"
    let result = convert(NodeProjects.run(start: lines), files: NodeProjects.plain)
    #expect(result.isRewritten || result.reason != nil)
  }

  @Test(
    "a tool of the JDK inside an expansion or a trap keeps the JDK",
    arguments: ["P=$(jps | cut -c1)", "trap \"jcmd $p Thread.print; kill $p\" TERM"])
  func java(line: String) {
    let files = [
      "pom.xml": "<project><artifactId>app</artifactId><version>1</version></project>",
      "src/main/java/A.java": "class A {}",
      "run.sh": "#!/bin/sh\n\(line)\njava -jar target/app-1.jar\n",
    ]
    let result = convert(
      "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD [\"./run.sh\"]\n", files: files)
    #expect(result.plan?.runtime == "eclipse-temurin:17", "\(result.outcome)")
  }

  @Test("a variable outside of quotes that is empty is no word", arguments: ["$JAVA_OPTS", "${JAVA_OPTS}"])
  func empty(word: String) {
    let files = [
      "pom.xml": "<project><artifactId>app</artifactId><version>1</version></project>",
      "src/main/java/A.java": "class A {}",
    ]
    let result = convert(
      "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /app\nCOPY . .\nRUN mvn package\nENV JAVA_OPTS=\"\"\n"
        + "CMD java \(word) -jar target/app-1.jar\n", files: files)
    #expect(result.plan?.runtime == "eclipse-temurin:17-jre", "\(result.outcome)")
  }

  // MARK: Platforms

  @Test(
    "a tool that a platform's command calls stays, although it is for development",
    arguments: [
      ("fly.toml", "[deploy]\nrelease_command = \"npx prisma migrate deploy\"\n"),
      ("heroku.yml", "release:\n  image: web\n  command:\n    - npx prisma migrate deploy\n"),
      (
        "k8s/a.yaml",
        "kind: Job\nspec: {template: {spec: {containers: [{image: acme/a, command: [npm, run, migrate]}]}}}\n"
      ),
    ])
  func platforms(file: String, text: String) {
    let files = NodeProjects.plain.with([
      "package.json": NodeProjects.manifest(
        scripts: "\"start\": \"node index.js\", \"migrate\": \"prisma migrate deploy\"",
        development: "\"jest\": \"29\", \"prisma\": \"5\""), file: text,
    ])
    let result = convert(NodeProjects.run(), files: files)
    #expect(!result.rewritten.text.contains("omit=dev") && result.isRewritten, "\(result.outcome)")
    let without = convert(NodeProjects.run(), files: files.with([file: nil]))
    #expect(without.rewritten.text.contains("omit=dev"))
  }

  // MARK: Time zones

  @Test(
    "time zone files that a line of the final stage reads are there",
    arguments: [
      "cp /usr/share/zoneinfo/Asia/Shanghai /etc/localtime && echo Asia/Shanghai > /etc/timezone",
      "ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime",
      "ln -snf /usr/share/zoneinfo/$TZ /etc/localtime && echo $TZ > /etc/timezone",
    ])
  func zones(line: String) {
    let node = convert(
      NodeProjects.run().replacing("CMD", with: "ENV TZ=Asia/Tokyo\nRUN \(line)\nCMD"), files: NodeProjects.plain)
    #expect(node.finalStage.hasPrefix("FROM node:20-alpine\nRUN apk add --no-cache tzdata\n"), "\(node.finalStage)")
    let own = convert(
      NodeProjects.run("node:20-alpine").replacing("CMD", with: "RUN \(line)\nCMD"), files: NodeProjects.plain)
    #expect(!own.finalStage.contains("tzdata"))
    let go = convert(
      "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nENV TZ=Asia/Tokyo\nRUN \(line)\nCMD [\"/app\"]\n",
      files: ["go.mod": goModule, "main.go": plainGo])
    #expect(!go.finalStage.hasPrefix("FROM alpine") || go.finalStage.contains("tzdata"), "\(go.finalStage)")
  }

  @Test(
    "a line that sets up Debian's own files does not go to Alpine",
    arguments: [
      "rm /etc/localtime && ln -s /usr/share/zoneinfo/Asia/Tokyo /etc/localtime",
      "ln -fs /usr/share/zoneinfo/Asia/Tokyo /etc/localtime && dpkg-reconfigure -f noninteractive tzdata",
    ])
  func debian(line: String) {
    let result = convert(NodeProjects.run().replacing("CMD", with: "RUN \(line)\nCMD"), files: NodeProjects.plain)
    #expect(result.finalStage.hasPrefix("FROM node:20-slim\n") && result.finalStage.contains(line), "\(result.outcome)")
  }
}
