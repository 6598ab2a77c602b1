import DockerfileSyntax

/// A new file with where each of its instructions comes from.
struct Assembly {
  /// Where an instruction comes from.
  enum Source {
    /// The author's instruction of this index, which no plan speaks of.
    case author(Int)
    /// The author's FROM of this index, with a stage name or another image.
    case base(Int)
    /// The FROM of a stage that begins with the shared one.
    case shared
    /// A line of the plan.
    case planned(StagePlan.Line)
    /// A line of the template, with its holes.
    case template([String])
  }

  /// The new file.
  var file: Dockerfile
  /// One for each instruction.
  var sources: [Source]
}

/// Puts a plan's lines into a template; decides nothing.
struct Assembler {
  let file: Dockerfile
  let plan: StagePlan
  let template: Template
  private let style: Style
  private let instructions: [Instruction]
  /// The comment and blank items above each instruction.
  private let leading: [[Item]]
  private let trailing: [Item]
  private var commented: Set<Int> = []
  private var output: [Item] = []
  private var sources: [Assembly.Source] = []

  /// A new line's text does not read back as one instruction.
  struct Failure: Error {
    var text: String
  }

  init(file: Dockerfile, plan: StagePlan, template: Template) {
    self.file = file
    self.plan = plan
    self.template = template
    style = Style(of: file)
    var leading: [[Item]] = []
    var current: [Item] = []
    for item in file.items {
      if case .instruction = item {
        leading.append(current)
        current = []
      } else {
        current.append(item)
      }
    }
    self.leading = leading
    trailing = current
    instructions = file.instructions
  }

  mutating func assemble() throws(Failure) -> Assembly {
    if plan.rung == .rebase {
      try rebase()
    } else {
      try fillTemplate()
    }
    let file = Dockerfile(parsing: Dockerfile(items: output).bytes)
    guard file.instructions.count == sources.count else { throw Failure(text: file.text) }
    return Assembly(file: file, sources: sources)
  }

  private mutating func fillTemplate() throws(Failure) {
    for item in template.body.items {
      switch item {
      case .unknown(let instruction):
        switch Template.loneHole(instruction.text.trimmingLine) {
        case "author": try emitBuilder()
        case "final": try emitFinal()
        default: throw Failure(text: instruction.text)
        }
      case .instruction(let instruction):
        if let text = filled(instruction) {
          try emit(made: text, keyword: instruction.keyword, .template(Template.holes(in: instruction.text)))
        }
      case .blank: emitBlank()
      case .comment(let line): output.append(.comment(line))
      case .directive: break
      }
    }
    for item in trailing { if case .comment = item { output.append(item) } }
    trimEnd()
  }

  /// The author's file with another base, and the packages that the old one held.
  private mutating func rebase() throws(Failure) {
    let from = instructions[fromIndex]
    guard let image = From(from)?.image, let start = from.arguments.range(of: image),
      start.lowerBound == from.arguments.startIndex,
      let edited = from.replacing([(range: 0..<image.utf8.count, text: plan.runtime)])
    else { throw Failure(text: from.text) }
    let planned = Dictionary(
      plan.finalLines.compactMap { line in line.authorIndex.map { ($0, line) } },
      uniquingKeysWith: { first, _ in first })
    var index = 0
    for item in file.items {
      guard case .instruction = item else {
        output.append(item)
        continue
      }
      if index == fromIndex {
        output.append(.instruction(edited))
        sources.append(.base(index))
        for line in plan.finalLines where line.authorIndex == nil { try emit(line) }
      } else {
        output.append(item)
        sources.append(planned[index].map { .planned($0) } ?? .author(index))
      }
      index += 1
    }
  }

  // MARK: Stages

  private var fromIndex: Int { instructions.firstIndex { $0.keyword == .from } ?? 0 }

  private mutating func emitBuilder() throws(Failure) {
    for index in 0..<fromIndex { emit(author: index, .author(index)) }
    let from = instructions[fromIndex]
    emitLeading(fromIndex)
    let shared = plan.sharedPrefix
    let base = sharedName
    guard let named = From.naming(from.endingLine(with: style.newline), shared > 0 ? base : plan.builder) else {
      throw Failure(text: from.text)
    }
    output.append(.instruction(named))
    sources.append(.base(fromIndex))
    guard shared > 0 else {
      for line in plan.builderLines { try emit(line) }
      return
    }
    for line in plan.builderLines.prefix(shared) { try emit(line) }
    trimEnd()
    emitBlank()
    try emit(made: "\(base) AS \(plan.builder)", keyword: .from, .shared)
    for line in plan.builderLines.dropFirst(shared) { try emit(line) }
  }

  private mutating func emitFinal() throws(Failure) {
    for line in plan.finalLines.dropFirst(plan.sharedPrefix) { try emit(line) }
  }

  private var sharedName: String { plan.builder == "base" ? "common" : "base" }

  // MARK: Lines

  private mutating func emit(_ line: StagePlan.Line) throws(Failure) {
    switch line.origin {
    case .author(let index): emit(author: index, .planned(line))
    case .edited(let index, let edits, _):
      guard let edited = instructions[index].applying(edits) else { throw Failure(text: instructions[index].text) }
      emitLeading(index)
      output.append(.instruction(edited.endingLine(with: style.newline)))
      sources.append(.planned(line))
    case .made(let keyword, let arguments): try emit(made: arguments, keyword: keyword, .planned(line))
    }
  }

  private mutating func emit(author index: Int, _ source: Assembly.Source) {
    emitLeading(index)
    output.append(.instruction(instructions[index].endingLine(with: style.newline)))
    sources.append(source)
  }

  /// The comments above an instruction, written once; the blank lines wherever the instruction stands.
  private mutating func emitLeading(_ index: Int) {
    let isFirst = commented.insert(index).inserted
    for item in leading[index] {
      switch item {
      case .blank: if !isFirst, endsBlank { continue } else { output.append(item) }
      case .comment, .directive: if isFirst { output.append(item) }
      default: break
      }
    }
  }

  private mutating func emit(made arguments: String, keyword: Keyword?, _ source: Assembly.Source) throws(Failure) {
    guard let keyword, let instruction = style.instruction(keyword, arguments, escape: file.escape) else {
      throw Failure(text: arguments)
    }
    output.append(.instruction(instruction))
    sources.append(source)
  }

  /// A template's instruction with its holes filled; nil when one is empty.
  private func filled(_ instruction: Instruction) -> String? {
    var text =
      (instruction.flags.isEmpty
        ? "" : instruction.flags.map { "--\($0.name)\($0.value.map { "=" + $0 } ?? "")" }.joined(separator: " ") + " ")
      + instruction.arguments
    for hole in Template.holes(in: text) {
      guard let value = plan.values[hole], !value.isEmpty else { return nil }
      text = text.replacing("{{\(hole)}}", with: value)
    }
    guard instruction.keyword == .from else { return text }
    let from = From(instructions[fromIndex])
    if plan.sharedPrefix > 0, instruction.arguments == "{{runtime}}" {
      text = sharedName
    } else if let platform = from?.platform, plan.leavesPlatform != true {
      text = "--platform=\(platform) \(text)"
    }
    if let name = plan.finalName, !text.lowercased().contains(" as ") { text += " AS \(name)" }
    return text
  }

  // MARK: Blank lines

  private var endsBlank: Bool {
    if case .blank? = output.last { return true }
    return output.isEmpty
  }

  private mutating func emitBlank() {
    trimEnd()
    output.append(contentsOf: Dockerfile(parsing: style.newline).items)
  }

  private mutating func trimEnd() {
    while case .blank? = output.last { output.removeLast() }
  }
}
