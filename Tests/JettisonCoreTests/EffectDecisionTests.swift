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
}
