import Foundation
import Testing

/// A new image that is broken on purpose, with the words that must name the cause.
struct Broken: Sendable, CustomTestStringConvertible {
  let name: String
  /// The files of the context.
  var files: [String: String] = [:]
  /// The original Dockerfile.
  let before: String
  /// The broken one.
  let after: String
  var arguments: [String] = []
  /// What one line of the answer must hold, in this order.
  let words: [String]

  var testDescription: String { name }

  private static let server = """
    package main

    import (
    	"net/http"
    	"os"
    )

    func main() {
    	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
    		text, err := os.ReadFile("/app/page.html")
    		if err != nil {
    			http.Error(w, err.Error(), 500)
    			return
    		}
    		w.Write(text)
    	})
    	http.HandleFunc("/write", func(w http.ResponseWriter, r *http.Request) {
    		if err := os.WriteFile("/tmp/upload", nil, 0o600); err != nil {
    			http.Error(w, err.Error(), 500)
    		}
    	})
    	http.ListenAndServe(":8080", nil)
    }

    """
  private static let goFiles = [
    "main.go": server, "go.mod": "module example.com/app\n\ngo 1.22\n", "page.html": "hello\n",
  ]
  private static let build = """
    FROM golang:1.22
    WORKDIR /app
    COPY . .
    RUN CGO_ENABLED=0 go build -o app .

    """
  private static let goAfter = build.replacingOccurrences(of: "golang:1.22", with: "golang:1.22 AS builder")
  private static let root = ["--probe", "http://:8080/"]

  private static let goCases = [
    Broken(
      name: "a missing asset", files: goFiles, before: build + "CMD [\"./app\"]\n",
      after: goAfter + "FROM scratch\nWORKDIR /app\nCOPY --from=builder /app/app app\n"
        + "COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCMD [\"./app\"]\n",
      arguments: root, words: ["/app/page.html was in the old image and is not in the new one"]),
    Broken(
      name: "no /tmp", files: goFiles, before: build + "CMD [\"./app\"]\n",
      after: goAfter + "FROM scratch\nCOPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n"
        + "COPY --from=builder /app /app\nWORKDIR /app\nCMD [\"./app\"]\n",
      arguments: root + ["--probe", "http://:8080/write"],
      words: ["GET /write is answered with status 500", "it names /tmp/upload: /tmp was in the old image"]),
    Broken(
      name: "no CA certificates", files: goFiles, before: build + "CMD [\"./app\"]\n",
      after: goAfter + "FROM scratch\nCOPY --from=builder /app /app\nWORKDIR /app\nCMD [\"./app\"]\n",
      arguments: root, words: ["/app/app looks for CA certificates"]),
    Broken(
      name: "a glibc binary on Alpine",
      files: goFiles.merging(["c.go": "package main\n\nimport \"C\"\n"]) { old, _ in old },
      before: build.replacingOccurrences(of: "CGO_ENABLED=0", with: "CGO_ENABLED=1") + "CMD [\"./app\"]\n",
      after: goAfter.replacingOccurrences(of: "CGO_ENABLED=0", with: "CGO_ENABLED=1")
        + "FROM alpine:3.19\nCOPY --from=builder /app /app\nWORKDIR /app\nCMD [\"./app\"]\n",
      arguments: root,
      words: ["/app/app is linked to glibc: its loader /lib64/ld-linux-x86-64.so.2 is not in the new image"]),
    Broken(
      name: "a server that answers 500", files: goFiles, before: build + "CMD [\"./app\"]\n",
      after: build + "RUN rm page.html && mkdir page.html\nCMD [\"./app\"]\n",
      arguments: root, words: ["GET / is answered with status 500, was 200"]),
    Broken(
      name: "one that never starts", files: goFiles, before: build + "CMD [\"./app\"]\n",
      after: build + "CMD [\"sleep\", \"1000\"]\n", arguments: root + ["--timeout", "8"],
      words: ["GET / got no answer within 8 s"]),
    Broken(
      name: "a lost owner", files: goFiles,
      before: build + "RUN chown -R 1000:1000 /app\nCMD [\"./app\"]\n",
      after: goAfter + "FROM debian:bookworm-slim\nCOPY --from=builder --chown=0:0 /app /app\n"
        + "COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nWORKDIR /app\nCMD [\"./app\"]\n",
      arguments: root, words: ["/app/page.html was -rw-r--r-- 1000/1000, is -rw-r--r-- 0/0"]),
  ]

  private static let plain = "FROM debian:bookworm-slim\n"
  private static let run = plain + "CMD [\"true\"]\n"

  private static let plainCases = [
    Broken(
      name: "a changed ENV", before: plain + "ENV MODE=production\nCMD [\"true\"]\n",
      after: plain + "ENV MODE=test\nCMD [\"true\"]\n",
      words: ["the variable MODE was 'production', is 'test'"]),
    Broken(
      name: "a lost port", before: plain + "EXPOSE 8080\nCMD [\"true\"]\n", after: run,
      words: ["the port 8080/tcp is gone"]),
    Broken(
      name: "a user that does not exist", before: plain + "RUN useradd app\nUSER app\nCMD [\"true\"]\n",
      after: plain + "USER app\nCMD [\"true\"]\n",
      words: ["User was 'app' (1000:1000), is 'app' (unknown there)", "the new one does not start"]),
    Broken(
      name: "an entrypoint without its shell",
      files: ["start.sh": "#!/bin/bash\nexec true\n"],
      before: plain + "COPY --chmod=755 start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n",
      after: "FROM alpine:3.19\nCOPY --chmod=755 start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n",
      words: ["the image starts '/start.sh', a script for '/bin/bash', which the new image does not have"]),
    Broken(
      name: "a build that hangs", before: run, after: plain + "RUN sleep 1000\nCMD [\"true\"]\n",
      arguments: ["--timeout", "6"], words: ["did not build within 6 s"]),
    Broken(
      name: "another exit status", before: run, after: plain + "CMD [\"false\"]\n",
      words: ["the original ends with status 0, the new one ends with status 1"]),
    Broken(
      name: "other output", before: plain + "ENTRYPOINT [\"echo\", \"one\"]\n",
      after: plain + "ENTRYPOINT [\"echo\", \"two\"]\n", arguments: ["--run", "a 'b c'"],
      words: ["run a b c is answered with another body", "one a b c"]),
    Broken(
      name: "a sick health check",
      before: plain + "HEALTHCHECK --interval=1s --retries=1 CMD test -e /etc/passwd\nCMD [\"sleep\", \"60\"]\n",
      after: plain + "HEALTHCHECK --interval=1s --retries=1 CMD test -e /etc/nothing\nCMD [\"sleep\", \"60\"]\n",
      words: ["the health check said 'healthy', now it says 'unhealthy'"]),
    Broken(
      name: "a build that fails", before: run, after: plain + "RUN echo the cause >&2 && false\nCMD [\"true\"]\n",
      words: ["does not build", "the cause"]),
    Broken(
      name: "a guard that is missed", before: run, after: run, arguments: ["--min-saving", "1%"],
      words: ["saves 0.0 %, less than --min-saving 1.0%"]),
  ]

  static let all = goCases + plainCases
}

extension EndToEnd {
  /// What a broken image must be caught with, by `verify --after`.
  @Suite("Broken on purpose")
  struct BrokenTests {
    @Test("A broken image is caught with its cause", arguments: Broken.all)
    func broken(_ broken: Broken) async throws {
      guard Docker.program != nil else { return }
      let scratch = try TemporaryFolder(broken.files.merging(["Dockerfile": broken.before]) { old, _ in old })
      defer { scratch.remove() }
      let after = try TemporaryFolder(["Dockerfile": broken.after])
      defer { after.remove() }
      let path = after.url.appendingPathComponent("Dockerfile").path
      let result = try await Jettison.verify(scratch.url, ["--after", path] + broken.arguments)
      #expect(result.status == 1, "\(result.errors)")
      let text = (result.answer?.problems ?? []).map(\.text).joined(separator: "\n")
      for word in broken.words { #expect(text.contains(word), "no '\(word)' in\n\(text)") }
      #expect(try await Docker.leftovers().isEmpty, "verify has left something in the engine")
    }

    @Test("The same Dockerfile twice is the same program")
    func same() async throws {
      guard Docker.program != nil else { return }
      let scratch = try TemporaryFolder([
        "Dockerfile": "FROM debian:bookworm-slim\nWORKDIR /app\nCOPY . .\nCMD [\"cat\", \"shown.txt\"]\n",
        "Dockerfile.dockerignore": "hidden.txt\n", "shown.txt": "shown\n", "hidden.txt": "hidden\n",
      ])
      defer { scratch.remove() }
      let file = scratch.url.appendingPathComponent("Dockerfile").path
      let before = Folders.snapshot(scratch.url)
      let result = try await Jettison.verify(
        scratch.url, ["--after", file, "--run", "ls", "--run", "cat hidden.txt", "--run", "date +%N"])
      #expect(result.status == 0, "\(result.answer?.problems.map(\.text) ?? [result.errors])")
      #expect(result.answer?.notes.contains { $0.contains("prints something else each time") } == true)
      #expect(Folders.snapshot(scratch.url) == before)
    }
  }
}
