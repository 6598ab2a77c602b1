import DockerfileSyntax

/// One file as Docker's parser and its typed instructions see it.
struct SyntaxRecord: Encodable {
  struct DirectiveRow: Encodable {
    var name: String
    var value: String
    var line: Int
  }

  struct StageRow: Encodable {
    var name: String
    var base: String
    var line: Int
  }

  struct HeredocRow: Encodable {
    var name: String
    var fd: UInt64
    var expand: Bool
    var chomp: Bool
    var content: String
  }

  final class InstructionRow: Encodable {
    var cmd = ""
    var startLine = 0
    var endLine = 0
    var flags: [String]?
    var json: Bool?
    var args: [String] = []
    var sub: InstructionRow?
    var original: String?
    var heredocs: [HeredocRow]?
  }

  let file: String
  var ok = true
  var error: String?
  var escape = ""
  var directives: [DirectiveRow]?
  var warnings: [String]?
  var instr_ok = false
  var instr_error: String?
  var stages: [StageRow] = []
  var instructions: [InstructionRow] = []
  private var hasIndentedDirective = false

  private enum CodingKeys: String, CodingKey {
    case file, ok, error, escape, directives, warnings, instr_ok, instr_error, stages, instructions
  }

  init(_ name: String, _ bytes: [UInt8]) {
    file = name
    let parsed = Dockerfile(parsing: bytes)
    if let problem = parsed.problems.first {
      (ok, error) = (false, problem.message)
      return
    }
    escape = String(decoding: [parsed.escape], as: UTF8.self)
    let table = LineTable(bytes)
    var offset = 0
    for item in parsed.items {
      let length = item.tokens.reduce(0) { $0 + $1.bytes.count }
      add(item, line: table.position(of: offset).line)
      offset += length
    }
    if let refusal = parsed.instructionRefusal {
      instr_error = "dockerfile parse error on line \(refusal.line): \(refusal.message)"
      stages = []
    } else {
      instr_ok = true
    }
  }

  private mutating func add(_ item: Item, line: Int) {
    switch item {
    case .directive(let directive):
      // Docker's list of directives ends at an indented one, although that and those behind it count.
      if directive.tokens.contains(where: { $0.kind == .indentation }) { hasIndentedDirective = true }
      if hasIndentedDirective { return }
      directives = (directives ?? []) + [DirectiveRow(name: directive.name, value: directive.value, line: line)]
    case .instruction(let instruction), .unknown(let instruction):
      let row = Self.row(instruction)
      row.startLine = line
      row.endLine = line + Self.lineEnds(instruction)
      instructions.append(row)
      if instruction.hasEmptyContinuation {
        warnings = (warnings ?? []) + ["Empty continuation line found in: \(instruction.logicalText)"]
      }
      if let from = From(instruction) { stages.append(StageRow(name: from.name ?? "", base: from.image, line: line)) }
    default: break
    }
  }

  /// The line ends inside an instruction, the last one left out.
  private static func lineEnds(_ instruction: Instruction) -> Int {
    let ends = instruction.tokens.reduce(0) { $0 + $1.bytes.filter { $0 == 0x0A }.count }
    return instruction.tokens.last?.bytes.last == 0x0A ? ends - 1 : ends
  }

  private static func row(_ instruction: Instruction, isTrigger: Bool = false) -> InstructionRow {
    let row = InstructionRow()
    row.cmd = instruction.keywordText
    let flags = instruction.flags.map { "--" + $0.name + ($0.value.map { "=" + $0 } ?? "") }
    row.flags = flags.isEmpty && !isTrigger ? nil : flags
    let heredocs = instruction.heredocs.map {
      HeredocRow(
        name: $0.name, fd: $0.fileDescriptor, expand: $0.expands, chomp: $0.stripsTabs,
        content: String(decoding: $0.body, as: UTF8.self))
    }
    row.heredocs = isTrigger ? [] : (heredocs.isEmpty ? nil : heredocs)
    if isTrigger {
      row.json = false
      row.original = instruction.logicalText
    }
    switch instruction.keyword {
    case .run?, .cmd?, .entrypoint?, .shell?:
      if case .exec(let words) = instruction.command {
        (row.args, row.json) = (words, true)
      } else if !instruction.arguments.isEmpty {
        row.args = [instruction.arguments]
      }
    case .copy?, .add?, .volume?:
      row.args = instruction.words
      if instruction.isJSONForm { row.json = true }
    case .from?, .expose?, .arg?: row.args = instruction.words
    case .workdir?, .user?, .stopsignal?, .maintainer?:
      row.args = instruction.arguments.isEmpty ? [] : [instruction.arguments]
    case .env?, .label?:
      row.args = instruction.pairs.flatMap { [$0.key, $0.value, instruction.isLegacyPair ? "" : "="] }
    case .healthcheck?:
      (row.args, row.json) = healthcheck(instruction, row.json)
    case .onbuild?:
      if let trigger = instruction.trigger { row.sub = Self.row(trigger, isTrigger: true) }
    case nil: row.args = [""]
    }
    return row
  }

  private static func healthcheck(_ instruction: Instruction, _ json: Bool?) -> ([String], Bool?) {
    let kind = String(decoding: instruction.healthcheckParts.kind, as: UTF8.self)
    guard !kind.isEmpty else { return ([], json) }
    switch instruction.healthcheckForm {
    case .exec(let words): return ([kind] + words, true)
    case .shell(let text): return (text.isEmpty ? [kind] : [kind, text], json)
    }
  }
}
