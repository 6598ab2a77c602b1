/// A build stage: a FROM and the instructions up to the next one.
public struct Stage: Sendable, Hashable {
  /// The stage's number, counted from 0.
  public var index: Int
  /// Its FROM.
  public var from: From
  /// The places of its instructions, the FROM included, in ``Dockerfile/instructions``.
  public var instructions: Range<Int>
}

/// What a FROM, a `COPY --from` or a mount's `from` names.
public enum StageReference: Sendable, Hashable {
  /// A stage of the file, by its number.
  case stage(Int)
  /// An image, or a named build context.
  case image(String)
  /// The empty image.
  case scratch
  /// Docker refuses it, for the reason given.
  case refused(String)
}

extension Dockerfile {
  /// The stages in file order; a FROM that Docker refuses starts none.
  public var stages: [Stage] {
    let instructions = self.instructions
    let starts = instructions.indices.filter { instructions[$0].keyword == .from }
    var stages: [Stage] = []
    for (position, start) in starts.enumerated() {
      guard let from = From(instructions[start]) else { continue }
      let end = position + 1 < starts.count ? starts[position + 1] : instructions.count
      stages.append(Stage(index: stages.count, from: from, instructions: start..<end))
    }
    return stages
  }

  /// What the image of a FROM is, its variables expanded by the caller.
  ///
  /// The latest earlier stage of exactly that name, which Docker keeps in lower case; so `FROM Build` is an image even
  /// behind `AS Build`.
  public func resolve(from image: String, inStage index: Int) -> StageReference {
    if image == "scratch" { return .scratch }
    if let stage = stages.prefix(index).last(where: { $0.from.name == image }) { return .stage(stage.index) }
    return .image(image)
  }

  /// What `COPY --from` names: a stage by its name in any case, a stage by its number, or an image.
  ///
  /// Docker looks when all stages are known, so that of two stages with one name the last counts, and one that is not
  /// above is an error.
  public func resolve(copyFrom reference: String, inStage index: Int) -> StageReference {
    if reference.contains("$") { return .refused("variables are not expanded in --from") }
    let named = resolve(mountFrom: reference, inStage: index)
    guard case .image = named, !reference.isEmpty, reference.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return named
    }
    guard let number = Int(reference), number < index else {
      return .refused("invalid from flag value \(reference): invalid stage index")
    }
    return .stage(number)
  }

  /// What the `from` of a mount names: a stage by its name in any case, or an image; a number is an image's name.
  public func resolve(mountFrom reference: String, inStage index: Int) -> StageReference {
    if reference.contains("$") {
      return .refused("'from' doesn't support variable expansion, define alias stage instead")
    }
    if let stage = stages.last(where: { $0.from.name == reference.lowercased() }) {
      guard stage.index < index else { return .refused("stage \(reference) needs to be defined before current stage") }
      return .stage(stage.index)
    }
    return reference == "scratch" ? .scratch : .image(reference)
  }
}
