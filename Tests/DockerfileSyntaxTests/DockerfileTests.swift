@testable import DockerfileSyntax
import Testing

struct DockerfileTests {
  @Test("the list of snippets is long and its names are unique")
  func snippets() {
    #expect(Snippet.all.count >= 60)
    #expect(Set(Snippet.all.map(\.name)).count == Snippet.all.count)
  }

  @Test("every byte of a file stands in exactly one token, in order", arguments: Snippet.all)
  func roundTrip(snippet: Snippet) {
    expectLossless(snippet.bytes, "as it is")
  }

  @Test("a file cut anywhere comes back byte for byte", arguments: Snippet.all)
  func truncated(snippet: Snippet) {
    for length in 0..<snippet.bytes.count {
      expectLossless(Array(snippet.bytes.prefix(length)), "cut to \(length) bytes")
    }
  }

  @Test("a file with any one byte taken out comes back byte for byte", arguments: Snippet.all)
  func withoutOneByte(snippet: Snippet) {
    for index in snippet.bytes.indices {
      var bytes = snippet.bytes
      bytes.remove(at: index)
      expectLossless(bytes, "without byte \(index)")
    }
  }

  @Test("a file with any one byte doubled comes back byte for byte", arguments: Snippet.all)
  func withOneByteDoubled(snippet: Snippet) {
    for index in snippet.bytes.indices {
      var bytes = snippet.bytes
      bytes.insert(bytes[index], at: index)
      expectLossless(bytes, "with byte \(index) twice")
    }
  }

  @Test("a file with Windows line endings and a byte order mark comes back byte for byte", arguments: Snippet.all)
  func windows(snippet: Snippet) {
    let windows = snippet.bytes.flatMap { $0 == .lineFeed ? [.carriageReturn, .lineFeed] : [$0] }
    expectLossless(windows, "with CRLF")
    expectLossless([0xEF, 0xBB, 0xBF] + snippet.bytes, "with a byte order mark")
    expectLossless([0xEF, 0xBB, 0xBF] + windows, "with both")
  }

  @Test("parsing the emitted bytes gives an equal tree", arguments: Snippet.all)
  func stable(snippet: Snippet) {
    let file = Dockerfile(parsing: snippet.bytes)
    #expect(Dockerfile(parsing: file.bytes) == file)
  }

  @Test("text and bytes come from the same tokens")
  func text() throws {
    let file = Dockerfile(parsing: "FROM alpine\nRUN apk add git # tools\n")
    #expect(file.text == "FROM alpine\nRUN apk add git # tools\n")
    #expect(file.items.map(\.text) == ["FROM alpine\n", "RUN apk add git # tools\n"])
    #expect(file.instructions.map(\.keyword) == [.from, .run])
    let broken = Dockerfile(parsing: Array("RUN ".utf8) + [0xFF])
    #expect(broken.text == "RUN \u{FFFD}")
    #expect(broken.bytes.last == 0xFF)
  }

  @Test("a comment line gives its text, a blank line gives none")
  func lines() throws {
    let file = Dockerfile(parsing: "  # a b \n \t\nFROM x\n")
    guard case .comment(let comment) = try #require(file.items.first), case .blank(let blank) = file.items[1] else {
      Issue.record("not a comment and a blank line: \(file.outline)")
      return
    }
    #expect(comment.comment == "# a b ")
    #expect(comment.tokens.map(\.kind) == [.indentation, .comment, .newline])
    #expect(blank.comment.isEmpty)
    #expect(blank.tokens.map(\.kind) == [.indentation, .newline])
  }

  @Test("a file made of items prints them in order")
  func assembled() throws {
    let file = Dockerfile(parsing: "FROM a\n\n# c\nRUN b\n")
    let swapped = Dockerfile(items: Array(file.items.reversed()))
    #expect(swapped.text == "RUN b\n# c\n\nFROM a\n")
    #expect(swapped.problems.isEmpty)
    #expect(swapped.escape == .backslash)
  }

  @Test(
    "deep nesting and long chains are read like anything else",
    arguments: [
      "RUN " + String(repeating: "[", count: 9999), "RUN " + String(repeating: "[{\"a\":", count: 4900),
      "RUN <<E " + String(repeating: "${a:-", count: 60_000), String(repeating: "ONBUILD ", count: 8000) + "RUN a",
      "RUN a" + String(repeating: " \\\n b", count: 2000), "RUN " + String(repeating: "<<a ", count: 1000),
      "ENV " + String(repeating: "a=b ", count: 5000),
    ])
  func deep(text: String) {
    let file = Dockerfile(parsing: text)
    #expect(file.text == text)
    #expect(file.instructions.count == 1)
  }

  @Test("every problem has a sentence of its own")
  func messages() {
    let kinds: [SyntaxProblem.Kind] = [
      .lineTooLong, .repeatedDirective("escape"), .invalidEscape("x"), .unterminatedHeredoc("EOF"),
      .malformedHeredoc("<<'"), .nonStringInJSON, .missingValue("ENV"), .noInstructions, .malformed("oh"),
    ]
    let messages = kinds.map { SyntaxProblem(kind: $0, offset: 0).message }
    #expect(Set(messages).count == kinds.count)
    #expect(messages.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") })
  }

  /// Checks that a file survives and that nothing one may ask of it crashes.
  private func expectLossless(_ bytes: [UInt8], _ change: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let file = Dockerfile(parsing: bytes)
    let tokens = file.items.flatMap(\.tokens)
    let isLossless = tokens.flatMap(\.bytes) == bytes && file.bytes == bytes
    #expect(
      isLossless, "\(change): \(String(decoding: bytes, as: UTF8.self).debugDescription)",
      sourceLocation: sourceLocation)
    let holdsEmptyToken = tokens.contains { $0.bytes.isEmpty }
    #expect(!holdsEmptyToken, "\(change): a token without bytes", sourceLocation: sourceLocation)
    let problemsLieInside = file.problems.allSatisfy { $0.offset >= 0 && $0.offset <= bytes.count }
    #expect(problemsLieInside, "\(change): a problem outside the file", sourceLocation: sourceLocation)
    for instruction in file.instructions {
      _ = (instruction.words, instruction.pairs, instruction.declarations, instruction.command, instruction.flags)
      _ = (
        instruction.healthcheckCommand, From(instruction), Copy(instruction), instruction.trigger, instruction.refusal
      )
      _ = Expansion.variables(in: instruction.arguments, escape: instruction.escape)
    }
    _ = Style(of: file)
    _ = file.instructionRefusal
  }
}

extension Dockerfile {
  /// One word per item: the keyword, the directive with a `#`, or what else the item is.
  var outline: [String] {
    items.map {
      switch $0 {
      case .directive(let directive): "#" + directive.name
      case .comment: "comment"
      case .blank: "blank"
      case .instruction(let instruction): instruction.keyword?.rawValue ?? "?"
      case .unknown: "unknown"
      }
    }
  }
}
