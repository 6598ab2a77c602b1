import ContextFiles
import DockerfileSyntax
import JettisonCore
import ShellSyntax

/// A file comes back from its tokens, reads the same again, and its views hold for any bytes.
func fuzzDockerfile(_ bytes: [UInt8]) {
  let file = Dockerfile(parsing: bytes)
  let tokens = file.items.flatMap { Array($0.tokens) }
  precondition(tokens.flatMap(\.bytes) == bytes && file.bytes == bytes, "bytes were lost")
  precondition(tokens.allSatisfy { !$0.bytes.isEmpty }, "a token holds no bytes")
  precondition(Dockerfile(parsing: file.bytes) == file, "the file reads otherwise the second time")
  precondition(file.problems.allSatisfy { (0...bytes.count).contains($0.offset) }, "a problem lies outside the file")
  for instruction in file.instructions {
    _ = (instruction.words, instruction.pairs, instruction.declarations, instruction.command, instruction.flags)
    _ = (instruction.healthcheckCommand, instruction.trigger, instruction.refusal, instruction.logicalText)
    _ = (From(instruction), Copy(instruction), instruction.hasEmptyContinuation)
    _ = Expansion.expand(instruction.arguments, escape: instruction.escape) { $0 == "a" ? "b*/c" : nil }
    if let edited = instruction.replacingArguments(with: "x y") {
      precondition(edited.keyword == instruction.keyword, "an edit changed the keyword")
    }
    if let named = From.naming(instruction, "stage") {
      precondition(From(named)?.name == "stage", "the stage did not get its name")
    }
  }
  _ = (file.instructionRefusal, Style(of: file))
}

/// Every command and word of shell text lies inside it, and what is not understood is opaque.
func fuzzShell(_ bytes: [UInt8]) {
  let script = ShellScript(parsing: String(decoding: bytes, as: UTF8.self))
  let whole = 0..<script.source.count
  for placed in script.commands {
    precondition(placed.range.isEmpty || whole.contains(placed.range), "a command lies outside the text")
    guard let command = placed.command else { continue }
    for word in command.words + command.redirections.map(\.target) + command.assignments.map(\.value) {
      precondition(word.range.isEmpty || whole.contains(word.range), "a word lies outside the text")
      _ = (word.literal, word.variables, word.hasPattern, word.expanded { _ in "x" })
    }
  }
  _ = (script.isOpaque, script.plainSequence)
}

/// The first line is a path, the rest an ignore file: reading, matching and walking agree.
func fuzzIgnoreFile(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  let path = String(decoding: parts.first ?? [], as: UTF8.self).split(separator: "/").joined(separator: "/")
  let file = IgnoreFile(parsing: Array(parts.count > 1 ? parts[1] : []))
  guard !path.isEmpty, path.utf8.count < 200 else { return }
  let isHidden = file.hides(path)
  let parent = path.split(separator: "/").dropLast().joined(separator: "/")
  if !parent.isEmpty, file.hides(parent), !isHidden {
    precondition(file.mayReinclude(below: parent), "a walk would have pruned a path that comes back")
  }
}

/// A Dockerfile in a small context of two languages: the same answer twice, nothing lost, nothing left to do afterwards.
func fuzzConversion(_ bytes: [UInt8]) {
  var files = [
    "go.mod": "module example.com/app\n\ngo 1.22\n", "main.go": "package main\n\nfunc main() { println(\"ok\") }\n",
    "requirements.txt": "flask==3.0.0\n", "app.py": "import flask\n", "start.sh": "#!/bin/sh\nexec python app.py\n",
  ]
  files["Dockerfile"] = String(decoding: bytes, as: UTF8.self)
  let reader = ContextReader.memory(files, executables: ["start.sh"])
  let result = convert(bytes, in: reader)
  precondition(result.original.bytes == bytes || bytes.count > 4 << 20, "the original was lost")
  precondition(convert(bytes, in: reader).rewritten.bytes == result.rewritten.bytes, "two runs differ")
  switch result.outcome {
  case .rewritten, .rebased:
    let again = convert(result.rewritten.bytes, in: reader)
    precondition(again.rewritten.bytes == result.rewritten.bytes, "the result is rewritten again")
  case .unchanged, .declined:
    precondition(result.rewritten.bytes == result.original.bytes, "an unchanged file was changed")
  }
}

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
