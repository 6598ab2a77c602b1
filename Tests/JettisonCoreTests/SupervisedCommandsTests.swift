import JettisonCore
import Testing

/// Programs that a supervisor or a scheduler starts count as started.
struct SupervisedCommandsTests {
  private let files = ["go.mod": goModule, "cmd/api/main.go": plainGo, "cmd/worker/main.go": plainGo]

  private func service(
    _ base: String = "golang:1.22-bookworm", before: String = "", after: String = "", start: String,
    _ more: [String: String] = [:]
  ) -> Conversion {
    let dockerfile =
      "FROM \(base)\n\(before)WORKDIR /app\nCOPY . .\nRUN go build -o /usr/local/bin/api ./cmd/api && go build -o /usr/local/bin/worker ./cmd/worker\n\(after)CMD \(start)\n"
    return convert(dockerfile, files: files.merging(more) { $1 })
  }

  private let programs = ["/usr/local/bin/api", "/usr/local/bin/worker"]

  @Test(
    "supervisord starts what its file names, wherever it is read from",
    arguments: [
      ("COPY ops/supervisord.conf /etc/supervisor/conf.d/app.conf\n", "[\"supervisord\", \"-n\"]"),
      (
        "COPY ops/supervisord.conf /etc/supervisord.conf\n",
        "[\"/usr/bin/supervisord\", \"-c\", \"/etc/supervisord.conf\"]"
      ),
      ("", "supervisord -n --configuration=ops/supervisord.conf"),
      ("", "[\"supervisord\", \"-c\", \"ops/supervisord.conf\"]"),
    ])
  func supervisor(copy: String, start: String) {
    let text =
      "[supervisord]\nnodaemon=true\n\n[program:api]\ncommand=/usr/local/bin/api ; the server\n[program:worker]\ncommand = worker -q mail\n"
    let result = service(
      before: "RUN apt-get update && apt-get install -y supervisor\n" + copy, start: start,
      ["ops/supervisord.conf": text])
    #expect(result.plan?.travels.filter { $0 != "/app/ops/supervisord.conf" } == programs)
    #expect(result.finalStage.contains("supervisor") && result.plan?.runtime == "debian:bookworm-slim")
    let isThere =
      copy.isEmpty
      ? result.plan?.travels.contains("/app/ops/supervisord.conf") == true : result.finalStage.contains(copy)
    #expect(isThere)
  }

  @Test("a supervisor of a server for development leaves the image alone")
  func development() {
    let node = NodeProjects.plain.with([
      "supervisord.conf": "[program:web]\ncommand=npm run dev\n",
      "package.json": NodeProjects.manifest(scripts: "\"dev\": \"nodemon index.js\""),
    ])
    let lines = "RUN apt-get update && apt-get install -y supervisor\n"
    let start = lines + "CMD [\"supervisord\", \"-c\", \"/app/supervisord.conf\"]\n"
    #expect([.devImage, .startNeedsToolchain].contains(convert(NodeProjects.run(start: start), files: node).reason))
  }

  @Test(
    "cron starts the jobs of its tables",
    arguments: [
      ("COPY jobs /etc/crontabs/root\n", "*/5 * * * * /usr/local/bin/api\n@daily cd /app && worker -once >/dev/null\n"),
      ("RUN echo '0 0 * * * api' > /etc/crontabs/root && echo '@hourly worker' >> /etc/crontabs/root\n", ""),
      ("COPY jobs /etc/periodic/daily/jobs\n", "#!/bin/sh\napi\nworker\n"),
    ])
  func alpineCron(lines: String, text: String) {
    let result = service("golang:1.22-alpine3.19", after: lines, start: "[\"crond\", \"-f\"]", ["jobs": text])
    #expect(result.plan?.travels == programs && result.finalStage.contains(lines), "\(result.outcome)")
  }

  @Test(
    "the system's own tables name a user before the command",
    arguments: [
      ("COPY jobs /etc/cron.d/jobs\n", "0 * * * * root /usr/local/bin/api\n0 * * * * root worker\n"),
      ("COPY jobs /tmp/jobs\nRUN crontab /tmp/jobs\n", "0 * * * * api\n0 * * * * worker\n"),
    ])
  func debianCron(lines: String, text: String) {
    let install = "RUN apt-get update && apt-get install -y cron\n"
    let result = service(before: install, after: lines, start: "cron -f", ["jobs": text])
    #expect(
      result.plan?.travels == programs && result.finalStage.contains(lines))
    #expect(result.finalStage.contains("apt-get install -y cron"))
  }

  @Test("what an unknown command may have put beside the program keeps the image whole")
  func unknownBeside() {
    let result = service(
      before: "RUN apt-get update && apt-get install -y cron\n", after: "RUN some-scheduler-setup\n", start: "cron -f",
      ["jobs": "x"])
    #expect(!result.isRewritten)
  }
}
