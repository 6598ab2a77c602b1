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
    fuzzEdits(of: instruction)
  }
  _ = (file.instructionRefusal, file.stages)
  precondition(file.scopes().count == file.instructions.count, "an instruction has no scope")
  fuzzEdits(of: file)
}

/// An edit of an instruction changes what was asked for or nothing.
private func fuzzEdits(of instruction: Instruction) {
  if let edited = instruction.replacingArguments(with: "x y") {
    precondition(edited.keyword == instruction.keyword, "an edit changed the keyword")
  }
  if let named = From.naming(instruction, "stage") {
    precondition(From(named)?.name == "stage", "the stage did not get its name")
  }
  for index in instruction.wordRanges.indices.prefix(4) {
    guard let edited = instruction.replacingWord(at: index, with: "zz") else { continue }
    let trivia = { (tokens: Tokens) in tokens.filter { $0.kind != .argument }.map(\.text).joined() }
    precondition(trivia(edited.tokens) == trivia(instruction.tokens), "an edit reached beyond its word")
    _ = (instruction.insertingWord("zz", at: index), instruction.removingWord(at: index))
  }
  for pair in instruction.pairs.prefix(4) {
    let edited = instruction.replacingValue(of: pair.key, with: "zz")
    precondition(edited?.pairs.count ?? instruction.pairs.count == instruction.pairs.count, "an edit changed the pairs")
    _ = (instruction.removingPairs(of: pair.key), instruction.appendingPair("zz", "1"))
  }
  for flag in instruction.flags.prefix(4) {
    _ = (instruction.settingFlag(flag.name, to: "zz"), instruction.removingFlags(flag.name))
  }
}

/// An edit of a file leaves the other instructions as they were.
private func fuzzEdits(of file: Dockerfile) {
  let before = file.instructions.map(\.logicalText)
  guard let made = Style(of: file).instruction(.label, lines: ["a=1", "b=2"], escape: file.escape) else { return }
  for index in 0...min(before.count, 4) {
    guard let edited = try? file.inserting(made, at: index) else { continue }
    var expected = before
    expected.insert(made.logicalText, at: index)
    precondition(edited.instructions.map(\.logicalText) == expected, "inserting changed something else")
    if let moved = try? edited.movingInstruction(at: index, to: 0) {
      precondition(
        moved.instructions.map(\.logicalText) == [made.logicalText] + before, "moving changed something else")
    }
    if let removed = try? edited.removingInstruction(at: index) {
      precondition(removed.instructions.map(\.logicalText) == before, "removing changed something else")
    }
  }
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
      precondition(word.partRanges.count == word.parts.count, "a part has no place")
      precondition(word.partRanges.allSatisfy { word.range.contains($0) }, "a part lies outside its word")
      _ = (word.literal, word.variables, word.hasPattern, word.expanded { _ in "x" })
    }
  }
  _ = (script.isOpaque, script.plainSequence)
}

/// The first line is a path, the rest an ignore file: a walk down to the path and one look at it agree, and what is
/// written reads back.
func fuzzIgnoreFile(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  // By bytes: a Swift character may join a slash with what follows it.
  let names = (parts.first ?? []).split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    .filter { $0 != "." && $0 != ".." }
  let file = IgnoreFile(parsing: Array(parts.count > 1 ? parts[1] : []))
  guard !names.isEmpty, file.problem == nil else { return }
  var verdict: IgnoreFile.Verdict?
  var isEntered = true
  for depth in 1...names.count where isEntered {
    verdict = file.verdict(on: names.prefix(depth).joined(separator: "/"), below: verdict)
    isEntered = depth == names.count || verdict?.isEntered == true
  }
  let path = names.joined(separator: "/")
  precondition(file.hides(path) == (!isEntered || verdict?.isHidden == true), "a walk and a look differ")
  if let line = IgnorePattern(path: path)?.line {
    precondition(IgnoreFile(parsing: line).hides(path), "a written pattern does not hide its path")
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
