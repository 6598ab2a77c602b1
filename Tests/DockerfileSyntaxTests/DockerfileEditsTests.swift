import DockerfileSyntax
import Testing

struct DockerfileEditsTests {
  private static let file = Dockerfile(
    parsing: "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\n# tools\n# of the trade\nRUN b\nRUN c\n\nCMD d"
  )

  @Test(
    "inserts before an instruction and its comments, or at the end",
    arguments: [
      (
        0,
        "# syntax=docker/dockerfile:1\n# about\n\nARG x\n# base\nFROM a\n\n# tools\n# of the trade\nRUN b\nRUN c\n\nCMD d"
      ),
      (
        1,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\nARG x\n# tools\n# of the trade\nRUN b\nRUN c\n\nCMD d"
      ),
      (
        2,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\n# tools\n# of the trade\nRUN b\nARG x\nRUN c\n\nCMD d"
      ),
      (
        4,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\n# tools\n# of the trade\nRUN b\nRUN c\n\nCMD d\nARG x\n"
      ),
    ])
  func inserting(index: Int, expected: String) throws {
    let instruction = try #require(Style(of: Self.file).instruction(.arg, "x"))
    #expect(try Self.file.inserting(instruction, at: index).text == expected)
  }

  @Test(
    "moves an instruction with its comment block",
    arguments: [
      (
        1, 3,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\nRUN c\n\n# tools\n# of the trade\nRUN b\nCMD d"
      ),
      (
        1, 4,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\nRUN c\n\nCMD d\n# tools\n# of the trade\nRUN b\n"
      ),
      (
        3, 1,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\nCMD d\n# tools\n# of the trade\nRUN b\nRUN c\n\n"
      ),
      (
        2, 1,
        "# syntax=docker/dockerfile:1\n# about\n\n# base\nFROM a\n\nRUN c\n# tools\n# of the trade\nRUN b\n\nCMD d"
      ),
    ])
  func moving(index: Int, target: Int, expected: String) throws {
    #expect(try Self.file.movingInstruction(at: index, to: target).text == expected)
  }

  @Test("removes an instruction with its comments and one of two blank lines that meet")
  func removing() throws {
    let file = Dockerfile(parsing: "FROM a\n\n# why\nRUN b\n\nCMD c\n")
    #expect(try file.removingInstruction(at: 1).text == "FROM a\n\nCMD c\n")
    #expect(try Dockerfile(parsing: "# a\nFROM a\n\nRUN b\n").removingInstruction(at: 0).text == "RUN b\n")
  }

  @Test("replaces an instruction and keeps its comments")
  func replacing() throws {
    let new = try #require(Instruction(parsing: "RUN x <<E\ny\nE\n"))
    let edited = try Self.file.replacingInstruction(at: 1, with: new)
    #expect(edited.text.contains("# tools\n# of the trade\nRUN x <<E\ny\nE\nRUN c\n"))
    #expect(edited.instructions.count == 4)
  }

  @Test("ends the last line as the file ends its lines when something follows it")
  func lineEndings() throws {
    let file = Dockerfile(parsing: "FROM a\r\nRUN b")
    let instruction = try #require(Style(of: file).instruction(.cmd, "c"))
    #expect(try file.inserting(instruction, at: 2).text == "FROM a\r\nRUN b\r\nCMD c\r\n")
    #expect(try file.movingInstruction(at: 1, to: 0).text == "RUN b\r\nFROM a\r\n")
  }

  @Test("an instruction that ends in an escape is not put before another one")
  func swallowing() throws {
    let file = Dockerfile(parsing: "FROM a\nRUN b \\\n")
    let next = try #require(Instruction(parsing: "CMD c\n"))
    #expect(throws: EditRefusal.self) { try file.inserting(next, at: 2) }
    #expect(throws: EditRefusal.self) { try file.movingInstruction(at: 1, to: 0) }
    #expect(file.escape == UInt8(ascii: "\\"))
  }

  @Test("an instruction of another escape character is not taken over")
  func otherEscape() throws {
    let foreign = try #require(Instruction(parsing: "RUN a \\\n  b\n"))
    #expect(throws: EditRefusal.self) { try Dockerfile(parsing: "# escape=`\nFROM a\n").inserting(foreign, at: 1) }
  }

  @Test("a comment that would become a directive keeps its instruction where it is")
  func newDirective() throws {
    let file = Dockerfile(parsing: "FROM a\n# escape=`\nRUN b\n")
    #expect(throws: EditRefusal.self) { try file.movingInstruction(at: 1, to: 0) }
    #expect(throws: EditRefusal.self) { try file.removingInstruction(at: 0) }
  }

  @Test("places that do not exist, and files with problems, are refused")
  func refused() throws {
    let instruction = try #require(Instruction(parsing: "RUN x\n"))
    #expect(throws: EditRefusal.self) { try Self.file.inserting(instruction, at: 9) }
    #expect(throws: EditRefusal.self) { try Self.file.removingInstruction(at: 4) }
    #expect(throws: EditRefusal.self) { try Self.file.movingInstruction(at: 1, to: 1) }
    #expect(throws: EditRefusal.self) { try Self.file.replacingInstruction(at: -1, with: instruction) }
    #expect(throws: EditRefusal.self) { try Dockerfile(parsing: "FROM a\nCMD [1]\n").removingInstruction(at: 0) }
  }

  @Test("every edit of every snippet changes what was asked for or nothing", arguments: Snippet.all)
  func everySnippet(snippet: Snippet) throws {
    let file = Dockerfile(parsing: snippet.bytes)
    let instruction = try #require(Style(of: file).instruction(.label, "z=z", escape: file.escape))
    let before = file.instructions.map(\.logicalText)
    for index in 0...before.count {
      if let edited = try? file.inserting(instruction, at: index) {
        var expected = before
        expected.insert(instruction.logicalText, at: index)
        #expect(edited.instructions.map(\.logicalText) == expected)
        #expect(edited.directives == file.directives)
        let undone = try? edited.removingInstruction(at: index)
        #expect(undone.map { $0.instructions.map(\.logicalText) } ?? before == before)
      }
    }
  }
}
