import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Rows 14–21: arguments, variables, users and shells, which end with their stage.
struct StageHardCaseTests {
  private typealias Projects = HardCaseProjects

  @Test("row 14: an ARG before FROM stands once and serves both FROM lines")
  func globalArgument() {
    let python = convert(
      "ARG PY=3.11\n" + Projects.pythonFile("python:${PY}"), files: Projects.python)
    #expect(python.rewritten.text.hasPrefix("ARG PY=3.11\nFROM python:${PY} AS builder\n"))
    #expect(python.finalStage.hasPrefix("FROM python:${PY}-slim\n"))
    #expect(python.rewritten.text.components(separatedBy: "ARG PY").count == 2)
  }

  @Test("row 14: a stage that uses a global argument declares it bare, so that it keeps its value")
  func globalArgumentInStages() {
    let result = convert(
      "ARG REV=dev\n"
        + Projects.goFile(
          before: "ARG REV\n", build: "RUN go build -ldflags \"-X main.rev=$REV\" -o /app .\n",
          after: "LABEL rev=$REV\n"), files: Projects.go)
    #expect(result.builderStage.contains("AS builder\nARG REV\n"))
    #expect(result.finalStage.contains("\nARG REV\n") && result.finalStage.contains("\nLABEL rev=$REV\n"))
    #expect(!result.rewritten.text.dropFirst(10).contains("ARG REV=dev"))
  }

  @Test("row 14: no suffix is put behind an argument that may hold more than a version")
  func openArgument() {
    let result = convert("ARG TAG=3.11-bookworm\n" + Projects.pythonFile("python:$TAG"), files: Projects.python)
    #expect(result.reason == .noRuntimeVariant)
  }

  @Test("row 15: an argument stands in the stages whose lines read it, before they do, and nowhere else")
  func stageArgument() {
    let result = convert(
      "FROM python:3.11\nARG PORT=8000\nARG EXTRA=x\nWORKDIR /app\nCOPY requirements.txt .\nRUN echo $EXTRA && pip install -r requirements.txt\nCOPY . .\nEXPOSE $PORT\nCMD [\"python\", \"app.py\"]\n",
      files: Projects.python)
    #expect(result.builderStage.contains("ARG EXTRA=x\n") && !result.builderStage.contains("PORT"))
    #expect(result.finalStage.contains("ARG PORT=8000\n") && !result.finalStage.contains("EXTRA"))
  }

  @Test("row 16: a variable goes to the stage that reads it, to both when both do")
  func variables() {
    let result = convert(
      Projects.goFile(
        before: "ENV APP_MODE=prod\nENV GOFLAGS=-mod=mod\nENV LEVEL=1\n",
        build: "RUN test \"$LEVEL\" = 1 && go build -o /app .\n"), files: Projects.go)
    #expect(!result.builderStage.contains("APP_MODE") && result.finalStage.contains("ENV APP_MODE=prod\n"))
    for line in ["ENV GOFLAGS=-mod=mod\n", "ENV LEVEL=1\n"] {
      #expect(result.builderStage.contains(line) && result.finalStage.contains(line))
    }
  }

  @Test("row 17: a variable of the old base that the start or the final lines read is written out")
  func inheritedVariables() {
    let go = convert(
      "FROM golang:1.22\nWORKDIR $GOPATH/src/app\nCOPY . .\nRUN go build -o app .\nCMD $GOPATH/src/app/app\n",
      files: Projects.go)
    #expect(go.finalStage.contains("ENV GOPATH=/go\nWORKDIR $GOPATH/src/app\n"))
    let unread = convert(Projects.goFile(), files: Projects.go)
    #expect(!unread.finalStage.contains("GOPATH"))
    let java = convert(
      Projects.mavenFile(start: "CMD $JAVA_HOME/bin/java -jar target/b-1.jar\n"), files: Projects.maven)
    #expect(java.plan?.runtime == "eclipse-temurin:17-jre" && !java.finalStage.contains("ENV JAVA_HOME"))
  }

  @Test("row 17: a variable whose value only the image knows is not guessed")
  func unknownValue() {
    let result = convert(Projects.goFile(start: "CMD echo $GOLANG_VERSION && /app\n"), files: Projects.go)
    #expect(result.reason == .sameValues)
  }

  @Test("row 18: the user is made before anything is copied for him, and a number needs nobody made")
  func users() {
    let python = convert(
      "FROM python:3.11\nRUN groupadd -r web && useradd -r -g web web\nWORKDIR /srv\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY --chown=web:web . .\nUSER web\nCMD [\"python\", \"app.py\"]\n",
      files: Projects.python)
    let lines = python.finalStage.split(separator: "\n")
    let made = lines.firstIndex(of: "RUN groupadd -r web && useradd -r -g web web")
    let copied = lines.firstIndex(of: "COPY --chown=web:web . .")
    #expect(made != nil && copied != nil && (made ?? 9) < (copied ?? 0))
    #expect(lines.suffix(2) == ["USER web", "CMD [\"python\", \"app.py\"]"])
    let number = convert(Projects.goFile(after: "USER 65532:65532\n"), files: Projects.go)
    #expect(number.plan?.runtime == "scratch" && number.finalStage.contains("\nUSER 65532:65532\n"))
    let name = convert(Projects.goFile(before: "RUN useradd -u 1500 svc\n", after: "USER svc\n"), files: Projects.go)
    #expect(name.plan?.runtime == "alpine:3.22")
  }

  @Test("row 18: the builder keeps its own order of users")
  func builderUsers() {
    let result = convert(
      Projects.goFile(
        before: "RUN useradd -u 1500 -m svc\n",
        build: "RUN chown -R svc /src\nUSER svc\nRUN go build -o app .\n", start: "CMD [\"./app\"]\n"),
      files: Projects.go)
    #expect(
      result.builderStage.contains("RUN useradd -u 1500 -m svc\n")
        && result.builderStage.contains("RUN chown -R svc /src\nUSER svc\nRUN CGO_ENABLED=0 go build"))
  }

  @Test("row 19: a user command is translated exactly when the family changes, else the family stays")
  func userTools() {
    func final(_ command: String, _ base: String = "golang:1.22") -> Conversion {
      convert(
        Projects.goFile(base, before: "RUN \(command)\n", after: "USER svc\n", start: "CMD /app\n"), files: Projects.go)
    }
    #expect(
      final("groupadd -g 1500 svc && useradd -r -u 1500 -g svc -s /sbin/nologin svc").finalStage.contains(
        "RUN addgroup -g 1500 svc && adduser -D -H -u 1500 -G svc -s /sbin/nologin svc\n"))
    let exotic = final("useradd -m -K UMASK=077 svc")
    #expect(exotic.plan?.runtime == "debian:bookworm-slim")
    #expect(exotic.finalStage.contains("RUN useradd -m -K UMASK=077 svc\n"))
    #expect(
      final("adduser -D -u 1500 svc", "golang:1.22-alpine3.19").finalStage.contains("RUN adduser -D -u 1500 svc\n"))
  }

  @Test("row 20: SHELL stands in each stage with a shell form, and the final base has that shell")
  func shells() {
    let shell = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
    let go = convert(Projects.goFile(before: shell, start: "CMD /app | cat\n"), files: Projects.go)
    #expect(go.builderStage.contains(shell) && go.finalStage.contains(shell))
    #expect(go.finalStage.contains("RUN apk add --no-cache bash\n"))
    let node = convert(
      NodeProjects.run(start: "CMD node index.js\n").replacingOccurrences(of: "WORKDIR", with: shell + "WORKDIR"),
      files: NodeProjects.plain)
    #expect(node.plan?.runtime == "node:20-slim" && node.finalStage.contains(shell))
    let exec = convert(Projects.goFile(before: shell), files: Projects.go)
    #expect(exec.plan?.runtime == "scratch" && !exec.finalStage.contains("SHELL"))
  }

  @Test(
    "row 21: a shell form keeps its text and a shell",
    arguments: [
      "CMD /app -port $PORT\n", "ENTRYPOINT [\"sh\", \"-c\", \"exec /app --host $HOSTNAME\"]\n", "CMD exec /app\n",
    ])
  func shellForms(start: String) {
    let result = convert(Projects.goFile(before: "ENV PORT=8080\n", start: start), files: Projects.go)
    #expect(result.plan?.runtime == "alpine:3.22")
    #expect(result.finalStage.hasSuffix("\n" + start))
  }

  @Test("row 21: an exec form with a variable in it needs no shell")
  func execForm() {
    let result = convert(Projects.goFile(start: "CMD [\"/app\", \"$PORT\"]\n"), files: Projects.go)
    #expect(result.plan?.runtime == "scratch" && result.finalStage.hasSuffix("CMD [\"/app\", \"$PORT\"]\n"))
  }
}
