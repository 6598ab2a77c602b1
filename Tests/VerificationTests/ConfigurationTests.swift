import Foundation
import Testing
@testable import Verification

/// What the engine says of images and containers, and what differs.
struct ConfigurationTests {
  private func configuration(_ json: String) throws -> ImageConfiguration {
    try JSONDecoder().decode(ImageConfiguration.self, from: Data(json.utf8))
  }

  @Test("each difference of the configuration is named")
  func differences() throws {
    let old = try configuration(
      """
      {"Cmd": ["a"], "Env": ["PATH=/usr/bin:/bin", "MODE=x", "GONE=1", "GOLANG_VERSION=1.22"],
       "ExposedPorts": {"80/tcp": {}}, "Volumes": {"/data": {}}, "Labels": {"a": "1", "dev.jettison.verify": "ab"},
       "WorkingDir": "/app/", "StopSignal": "SIGINT",
       "Healthcheck": {"Test": ["CMD", "x"], "Interval": 1000000000}}
      """)
    let new = try configuration(
      """
      {"Entrypoint": ["b"], "Env": ["PATH=/usr/bin", "MODE=y", "NEW=2"], "ExposedPorts": {"81/tcp": {}},
       "Labels": {"a": "2", "dev.jettison.verify": "cd"}, "WorkingDir": "/app"}
      """)
    #expect(
      old.differences(to: new) == [
        #"Cmd was ["a"], is []"#, #"Entrypoint was [], is ["b"]"#, "the port 80/tcp is gone", "the port 81/tcp is new",
        "the volume /data is gone", "the label a=1 is gone", "the label a=2 is new", "StopSignal was SIGINT, is ",
        #"Healthcheck was ["CMD", "x"] [1000000000, 0, 0, 0, 0], is none"#, "the variable GONE=1 is gone",
        "the variable MODE was 'x', is 'y'", "the variable NEW=2 is new", "PATH lost /bin",
      ])
    #expect(old.toolchainDifferences(to: new) == ["the variable GOLANG_VERSION=1.22 went with the tool chain"])
    #expect(old.differences(to: old).isEmpty)
  }

  @Test("a user may become his numbers and nobody else's")
  func users() {
    let accounts = Accounts(passwd: "root:x:0:0::/:\napp:x:1000:50::/:\n", group: "staff:x:50:\n")
    let none = Accounts(passwd: "", group: "")
    func differences(_ old: String?, _ new: String?, in other: Accounts) -> [String] {
      Accounts.differences(old: (old, accounts), new: (new, other))
    }
    #expect(differences("app", "1000:50", in: none).isEmpty)
    #expect(differences(nil, "root", in: none).isEmpty)
    #expect(differences("app", "app", in: accounts).isEmpty)
    #expect(differences("app", "app", in: none) == ["User was 'app' (1000:50), is 'app' (unknown there)"])
    #expect(differences("app", nil, in: accounts).count == 1)
  }

  @Test("layers of docker's lines and of podman's list")
  func layers() {
    let docker = """
      {"CreatedBy":"CMD [\\"a\\"]","Size":"0"}
      {"CreatedBy":"COPY a b # buildkit","Size":"1200"}
      """
    #expect(Layer.read(docker) == [Layer(size: 1200, madeBy: "COPY a b"), Layer(size: 0, madeBy: "CMD [\"a\"]")])
    #expect(Layer.read(#"[{"size":5,"createdBy":"RUN x"}]"#) == [Layer(size: 5, madeBy: "RUN x")])
    #expect(Layer.read("no history").isEmpty)
  }

  @Test("a container's state with and without a health check")
  func states() throws {
    let healthy = """
      [{"State": {"Running": true, "ExitCode": 0, "Error": "",
        "Health": {"Status": "healthy", "Log": [{"Output": "a"}, {"Output": "b"}]}}}]
      """
    #expect(
      try ContainerState.decode(Array(healthy.utf8))
        == ContainerState(isRunning: true, status: 0, health: "healthy", healthLog: "b", error: ""))
    let ended = #"[{"State": {"Running": false, "ExitCode": 3, "Health": {"Status": ""}}}]"#
    #expect(
      try ContainerState.decode(Array(ended.utf8))
        == ContainerState(isRunning: false, status: 3, health: nil, healthLog: nil, error: ""))
    #expect(throws: Trouble.self) { try ContainerState.decode(Array("nonsense".utf8)) }
  }

  @Test("an answer is read when it is whole, with a length or at the connection's end")
  func answers() throws {
    let bytes = Array("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc".utf8)
    #expect(WebAnswer(bytes, isWhole: false)?.status == 404)
    #expect(WebAnswer(bytes, isWhole: false)?.body == Array("abc".utf8))
    #expect(WebAnswer(Array(bytes.dropLast()), isWhole: true) == nil)
    let open = Array("HTTP/1.0 200 OK\r\nServer: x\r\n\r\nab".utf8)
    #expect(WebAnswer(open, isWhole: false) == nil)
    #expect(WebAnswer(open, isWhole: true)?.body == Array("ab".utf8))
    #expect(WebAnswer(Array("garbage\r\n\r\n".utf8), isWhole: true) == nil)
  }

  @Test("what a scanner prints is counted by severity")
  func scanners() {
    let trivy = #"{"Results": [{"Packages": [{}, {}], "Vulnerabilities": [{"Severity": "HIGH"}, {}]}, {}]}"#
    #expect(
      VulnerabilityScanner.readTrivy(Array(trivy.utf8))
        == Scan(packages: 2, vulnerabilities: ["high": 1, "unknown": 1]))
    #expect(VulnerabilityScanner.readTrivy(Array("{}".utf8)) == Scan(packages: 0, vulnerabilities: [:]))
    let grype = #"{"matches": [{"vulnerability": {"severity": "Low"}}, {"vulnerability": {"severity": "Low"}}]}"#
    #expect(VulnerabilityScanner.readGrype(Array(grype.utf8))?.total == 2)
    #expect(VulnerabilityScanner.readGrype(Array("no".utf8)) == nil)
  }

  @Test("an owner is gone when its process is, and another machine's after a day")
  func owners() throws {
    let current = Owner.current
    #expect(try #require(Owner(current.text)) == current)
    #expect(!current.isGone())
    var other = current
    other.start = "1"
    #expect(other.isGone())
    other = current
    other.process = 1 << 30
    #expect(other.isGone())
    other = current
    other.machine = "elsewhere"
    #expect(!other.isGone())
    other.made -= 100_000
    #expect(other.isGone())
    #expect(Owner("whatever") == nil)
  }
}
