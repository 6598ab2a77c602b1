import DockerfileSyntax
import Testing

struct ScopeTests {
  /// The value of a variable before the last instruction, which is the RUN that asks for it.
  private func value(
    _ name: String, _ text: String, _ inputs: BuildInputs = BuildInputs(),
    base: (String) -> [String: String] = { _ in [:] }
  ) -> String? {
    Dockerfile(parsing: text).scopes(inputs, baseEnvironment: base).last?.value(name)
  }

  @Test(
    "an ARG above the first FROM counts inside a stage once it is declared there",
    arguments: [
      ("ARG A=1\nFROM x\nRUN y\n", nil), ("ARG A=1\nFROM x\nARG A\nRUN y\n", "1"),
      ("ARG A=1\nFROM x\nARG A=2\nRUN y\n", "2"),
      ("FROM x\nARG A\nRUN y\n", nil), ("FROM x\nARG A=1 B=2\nRUN y\n", "1"), ("FROM x\nARG A=1\nFROM z\nRUN y\n", nil),
      ("ARG B=1\nARG A=$B-${C:-2}\nFROM x\nARG A\nRUN y\n", "1-2"), ("ARG B=1 A=$B\nFROM x\nARG A\nRUN y\n", "1"),
      ("FROM x\nARG B=1 A=$B\nRUN y\n", ""), ("FROM x\nARG B=1\nARG A=$B\nRUN y\n", "1"),
    ] as [(String, String?)])
  func arguments(text: String, expected: String?) {
    #expect(value("A", text) == expected)
  }

  @Test(
    "ENV beats ARG, and its pairs see the environment before it",
    arguments: [
      ("FROM x\nENV A=1\nARG A=2\nRUN y\n", "1"), ("FROM x\nARG A=2\nENV A=1\nRUN y\n", "1"),
      ("FROM x\nARG B=2\nENV A=$B\nRUN y\n", "2"),
      ("FROM x\nENV B=1\nENV B=2 A=$B\nRUN y\n", "1"), ("FROM x\nENV A '1'  2\nRUN y\n", "1  2"),
      ("FROM x\nENV A=1 A=2\nRUN y\n", "2"),
      ("FROM x\nENV A=${B?no}\nRUN y\n", nil), ("FROM x\nENV A=${B:-c}$'d'\nRUN y\n", "c$d"),
      ("ENV A=1\nFROM x\nRUN y\n", nil),
      ("# escape=`\nFROM x\nENV A=c:\\d`$e\nRUN y\n", "c:\\d$e"),
    ] as [(String, String?)])
  func environment(text: String, expected: String?) {
    #expect(value("A", text) == expected)
  }

  @Test(
    "a stage starts with the ENV of the stage it is FROM, never with its ARGs",
    arguments: [
      ("FROM x AS b\nENV A=1\nFROM b\nRUN y\n", "1"), ("FROM x AS b\nARG A=1\nFROM b\nRUN y\n", nil),
      ("FROM x AS b\nENV A=1\nFROM x\nRUN y\n", nil),
      ("ARG N=b\nFROM x AS b\nENV A=1\nFROM ${N}\nRUN y\n", "1"), ("FROM x AS B\nENV A=1\nFROM B\nRUN y\n", nil),
      ("FROM x AS b\nENV A=1\nFROM b AS c\nENV A=2\nFROM b\nRUN y\n", "1"),
    ] as [(String, String?)])
  func stages(text: String, expected: String?) {
    #expect(value("A", text) == expected)
  }

  @Test("build arguments win over defaults and are nothing without an ARG")
  func buildArguments() {
    let inputs = BuildInputs(arguments: ["A": "9"])
    #expect(value("A", "FROM x\nARG A=1\nRUN y\n", inputs) == "9")
    #expect(value("A", "ARG A=1\nFROM x\nARG A\nRUN y\n", inputs) == "9")
    #expect(value("A", "FROM x\nRUN y\n", inputs) == nil)
    #expect(value("A", "FROM x\nENV A=1\nARG A\nRUN y\n", inputs) == "1")
  }

  @Test("platform arguments are global and follow the platforms of the build")
  func platforms() {
    let inputs = BuildInputs(targetPlatform: "linux/arm/v7", targetStage: "app")
    #expect(value("TARGETARCH", "FROM x\nARG TARGETARCH\nRUN y\n", inputs) == "arm")
    #expect(value("TARGETVARIANT", "FROM x\nARG TARGETVARIANT\nRUN y\n", inputs) == "v7")
    #expect(value("TARGETARCH", "FROM x\nRUN y\n", inputs) == nil)
    #expect(value("BUILDPLATFORM", "FROM --platform=$BUILDPLATFORM x\n", inputs) == "linux/amd64")
    #expect(value("TARGETSTAGE", "FROM x\n", inputs) == "app")
  }

  @Test("an image brings the variables the caller knows of it")
  func base() {
    let base = { (image: String) in image == "golang:1.22" ? ["GOPATH": "/go"] : [:] }
    #expect(value("GOPATH", "ARG V=1.22\nFROM golang:$V\nRUN y\n", base: base) == "/go")
    #expect(value("A", "FROM golang:1.22\nENV A=$GOPATH/bin\nRUN y\n", base: base) == "/go/bin")
  }

  @Test("there is one scope for each instruction", arguments: Snippet.all)
  func count(snippet: Snippet) {
    let file = Dockerfile(parsing: snippet.bytes)
    #expect(file.scopes().count == file.instructions.count)
  }
}
