/// FROM: the base image of a stage.
public struct From: Sendable, Hashable {
  /// The image or stage as written, variables not expanded.
  public var image: String
  /// The stage's name in lower case, as Docker keeps it.
  public var name: String?
  /// The value of `--platform`.
  public var platform: String?

  /// Reads a FROM; nil for another instruction or one Docker refuses.
  public init?(_ instruction: Instruction) {
    guard instruction.keyword == .from else { return nil }
    let words = instruction.words
    guard let image = words.first else { return nil }
    self.image = image
    platform = instruction.flag("platform")
    guard words.count > 1 else { return }
    guard words.count == 3, words[1].uppercased() == "AS" else { return nil }
    name = Self.stageName(words[2])
  }
}

extension From {
  /// A stage's name in lower case, character by character as Go does it.
  static func stageName(_ word: String) -> String {
    var name = ""
    for scalar in word.unicodeScalars {
      name += scalar == "\u{130}" ? "i" : scalar.properties.lowercaseMapping
    }
    return name
  }

  /// The FROM instruction with another image or stage; everything else keeps its bytes.
  public static func replacingImage(of instruction: Instruction, with image: String) -> Instruction? {
    guard From(instruction) != nil else { return nil }
    return instruction.replacingWord(at: 0, with: image)
  }

  /// The FROM instruction with its stage name set, replaced, or taken away; everything else keeps its bytes.
  public static func naming(_ instruction: Instruction, _ name: String?) -> Instruction? {
    guard let from = From(instruction) else { return nil }
    let bytes = Array(instruction.argumentBytes)
    guard from.name != nil else {
      guard let name else { return instruction }
      // The keyword AS is written as the author writes FROM.
      let word = instruction.keywordText == "from" ? "as" : "AS"
      return instruction.replacing([(range: bytes.count..<bytes.count, text: " \(word) \(name)")])
    }
    guard let cut = bytes.lastIndex(where: \.isWordBlank) else { return nil }
    if let name { return instruction.replacing([(range: (cut + 1)..<bytes.count, text: name)]) }
    let image = bytes.prefix { !$0.isWordBlank }
    return instruction.replacingArguments(with: String(decoding: image, as: UTF8.self))
  }
}
