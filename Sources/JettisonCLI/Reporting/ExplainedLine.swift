import DockerfileSyntax
import JettisonCore

extension Dockerfile {
  /// The line of the first FROM, counted from 1.
  var lineOfFrom: Int { zip(instructions, instructionLines).first { $0.0.keyword == .from }?.1 ?? 1 }
}

/// A line with its place and reason.
struct ExplainedLine: Sendable {
  var line: Int
  var text: String
  var place: String
  var because: String

  /// The author's instructions with where each went.
  static func original(_ conversion: Conversion, _ plan: StagePlan) -> [ExplainedLine] {
    let instructions = conversion.original.instructions
    let lines = conversion.original.instructionLines
    return plan.placements(count: instructions.count).compactMap { placement in
      let instruction = instructions[placement.instruction]
      var explained = ExplainedLine(
        line: lines[placement.instruction], text: firstLine(instruction), place: placement.place.rawValue,
        because: placement.because)
      if instruction.keyword == .from {
        (explained.place, explained.because) = ("builder", "the builder keeps the author's base")
      }
      if instruction.keyword == .arg, placement.place == .dropped {
        (explained.place, explained.because) = ("builder", "the base image's name may read it")
      }
      return explained
    }
  }

  /// The lines that come from the template: those of the new file that no planned line stands for.
  static func template(_ conversion: Conversion, _ plan: StagePlan) -> [String] {
    let own = Set(conversion.original.instructions.map { trimmed($0.text) })
    let edited = (plan.builderLines + plan.finalLines).compactMap { line -> String? in
      if case .made(let keyword, let arguments) = line.origin {
        "\(keyword.rawValue) \(arguments)".uppercased()
      } else {
        nil
      }
    }
    let passes = Set(
      (plan.builderLines + plan.finalLines).compactMap { line -> String? in
        if case .edited(_, let edits, _) = line.origin { edits.last?.text } else { nil }
      })
    let from = conversion.rewritten.instructions.firstIndex { $0.keyword == .from } ?? 0
    return conversion.rewritten.instructions.enumerated().compactMap { index, instruction in
      let text = trimmed(instruction.text)
      if index == from || own.contains(text) || edited.contains(text.uppercased()) { return nil }
      if passes.contains(where: { text.contains($0) }) { return nil }
      return text
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  /// The new file's own lines: those no line of the author stands for.
  static func made(_ plan: StagePlan) -> [ExplainedLine] {
    let stages = [("builder", plan.builderLines), ("final", plan.finalLines)]
    return stages.flatMap { stage, lines in
      lines.compactMap { line in
        switch line.origin {
        case .author: nil
        case .edited(_, let edits, let pass):
          ExplainedLine(
            line: 0, text: edits.map(\.text).joined(separator: " … "), place: stage,
            because: "pass \(pass): \(line.because)")
        case .made(let keyword, let arguments):
          ExplainedLine(line: 0, text: "\(keyword.rawValue) \(arguments)", place: stage, because: line.because)
        }
      }
    }
  }

  private static func firstLine(_ instruction: Instruction) -> String {
    let line = instruction.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.count > 70 ? line.prefix(69) + "…" : line
  }
}
