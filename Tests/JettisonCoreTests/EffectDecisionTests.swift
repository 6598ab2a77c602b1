import JettisonCore
import Testing

/// What the effects of commands decide, whatever the language.
struct EffectDecisionTests {
  private let files = [
    "requirements.txt": "flask==3.0.3\n", "app.py": "import flask\n", "data.zip": "PK", "tool.sh": "#!/bin/sh\n",
  ]

  private func image(_ lines: String) -> String {
    "FROM python:3.11\nWORKDIR /app\n\(lines)\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n"
      + "COPY app.py .\nCMD [\"python\", \"app.py\"]\n"
  }

  @Test("a RUN that calls what the final base lacks stays in the builder, and its files travel")
  func lostProgram() {
    let result = convert(image("COPY data.zip /opt/data.zip\nRUN unzip /opt/data.zip -d /opt/data"), files: files)
    #expect(result.builderStage.contains("RUN unzip"))
    #expect(!result.finalStage.contains("RUN unzip"))
    #expect(result.finalStage.contains("COPY --from=builder /opt/data /opt/data"))
  }

  @Test("a RUN whose files cannot travel alone and whose program is missing leaves the file alone")
  func lostProgramInSystemFolder() {
    let result = convert(image("COPY data.zip /opt/data.zip\nRUN unzip /opt/data.zip -d /usr/local"), files: files)
    #expect(!result.isRewritten)
  }

  @Test("what fetched sources install goes to places that only their makefile knows")
  func foreignInstall() {
    let text = "RUN git clone https://example.com/lib.git /tmp/lib && cd /tmp/lib && make && make install"
    #expect(convert(image(text), files: files).reason == .opaqueEffects)
  }

  @Test("what the project's own makefile puts elsewhere travels")
  func ownInstall() {
    let makefile = "install:\n\tcp tool.sh /usr/local/bin/tool\n"
    let result = convert(
      image("COPY Makefile tool.sh ./\nRUN make install"), files: files.merging(["Makefile": makefile]) { $1 })
    #expect(result.finalStage.contains("COPY --from=builder /usr/local/bin/tool /usr/local/bin/tool"))
  }

  @Test(
    "HARD_CASES 43: packages of other sources are not installed without these",
    arguments: [
      "curl -fsSL -o /usr/share/keyrings/x.asc https://example.com/x.asc && echo deb > /etc/apt/sources.list.d/x.list",
      "curl -fsSL https://example.com/x.asc | apt-key add -", "add-apt-repository -y ppa:x/y",
      "curl -fsSL https://deb.example.com/setup_20.x | bash -",
    ])
  func foreignRepository(setup: String) {
    let text = "RUN apt-get update && apt-get install -y curl && \(setup) && apt-get update && apt-get install -y tool"
    #expect(!convert(image(text), files: files).isRewritten)
  }

  @Test("a folder that is cleaned in the dependencies does not keep the file")
  func cleanUp() {
    let text = image("RUN find /usr/local/lib -name '*.pyc' -delete")
    #expect(convert(text, files: files).isRewritten)
  }

  @Test("a loop does what its command does for each of its values")
  func loop() {
    let result = convert(image("RUN for n in one two; do mkdir -p /data/$n; done"), files: files)
    #expect(result.finalStage.contains("RUN for n in one two"))
  }

  @Test(
    "wrappers are looked behind", arguments: ["sudo -u root", "timeout 60", "env -u X A=b", "nice -n 5", "gosu root"])
  func wrappers(wrapper: String) {
    let result = convert(image("RUN \(wrapper) mkdir -p /data"), files: files)
    #expect(result.isRewritten || result.reason == .buildsAsBefore)
  }

  @Test("a script of the context is not taken for the command whose name it bears")
  func ownScript() {
    let script = "#!/bin/sh\nwget -O /opt/model https://example.com/model\n"
    let result = convert(
      image("COPY install .\nRUN ./install"), files: files.merging(["install": script]) { $1 })
    #expect(!result.isRewritten || result.finalStage.contains("/opt/model"))
  }

  @Test(
    "compiled code keeps the libraries of the full image", arguments: ["gcc -o /app/fast fast.c", "cmake . && ninja"])
  func nativeBuild(command: String) {
    let result = convert(image("COPY fast.c .\nRUN \(command)"), files: files.merging(["fast.c": "int main;"]) { $1 })
    #expect(result.plan?.runtime != "python:3.11-slim")
  }
}
