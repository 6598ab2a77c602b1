import DockerfileSyntax
import Testing

struct StagesTests {
  private let file = Dockerfile(
    parsing: "ARG V\nFROM a AS One\nRUN b\nFROM c AS two\nFROM one\nCOPY --from=0 d e\nFROM f AS two\nRUN g\n")

  @Test("cuts a file into its stages")
  func stages() {
    #expect(file.stages.map(\.from.name) == ["one", "two", nil, "two"])
    #expect(file.stages.map(\.instructions) == [1..<3, 3..<4, 4..<6, 6..<8])
    #expect(file.stages.map(\.index) == [0, 1, 2, 3])
    #expect(Dockerfile(parsing: "RUN a\n").stages.isEmpty)
    #expect(Dockerfile(parsing: "FROM a b\nFROM c\n").stages.map(\.from.image) == ["c"])
  }

  @Test(
    "FROM takes the latest earlier stage of exactly that name",
    arguments: [
      ("one", 2, .stage(0)), ("One", 2, .image("One")), ("two", 4, .stage(3)), ("two", 3, .stage(1)),
      ("two", 1, .image("two")),
      ("scratch", 0, .scratch), ("0", 2, .image("0")), ("alpine:3.20", 2, .image("alpine:3.20")),
    ] as [(String, Int, StageReference)])
  func from(image: String, index: Int, expected: StageReference) {
    #expect(file.resolve(from: image, inStage: index) == expected)
  }

  @Test(
    "COPY --from looks when all stages are known",
    arguments: [
      ("one", 2, .stage(0)), ("ONE", 2, .stage(0)), ("0", 2, .stage(0)), ("1", 2, .stage(1)),
      ("nginx", 2, .image("nginx")),
      ("scratch", 1, .scratch), ("", 1, .image("")),
    ] as [(String, Int, StageReference)])
  func copyFrom(reference: String, index: Int, expected: StageReference) {
    #expect(file.resolve(copyFrom: reference, inStage: index) == expected)
  }

  @Test(
    "COPY --from refuses a stage that is not above, and variables",
    arguments: [("two", 2), ("2", 2), ("9", 3), ("$x", 3)])
  func copyFromRefused(reference: String, index: Int) {
    guard case .refused(let message) = file.resolve(copyFrom: reference, inStage: index) else {
      Issue.record("\(reference) is taken")
      return
    }
    #expect(!message.isEmpty)
  }

  @Test("a mount's from knows names but no numbers")
  func mountFrom() {
    #expect(file.resolve(mountFrom: "ONE", inStage: 2) == .stage(0))
    #expect(file.resolve(mountFrom: "0", inStage: 2) == .image("0"))
    #expect(file.resolve(mountFrom: "$x", inStage: 2) != .image("$x"))
  }
}
