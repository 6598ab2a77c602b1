import ContextFiles
import ShellSyntax

/// A command with its words resolved, as a rule of the command table sees it.
public struct Invocation: Sendable {
  /// The program's name without its folder.
  public var program: String
  /// The program as it is called, its folder included.
  public var programPath: String
  /// The words behind the program; nil where a word is not known.
  public var arguments: [String?]
  /// The words as parsed.
  public var words: [ShellWord]
  /// The working directory, absolute.
  public var directory: String
  /// The user, nil for root.
  public var user: String?
  /// The variables, those the shell set included.
  public var environment: [String: String]
  /// The command itself.
  public var command: ShellCommand
  /// What the rules may ask of the project and the image.
  public var surroundings: Surroundings

  /// A path as the command sees it, with `~` for the home folder.
  public func path(_ text: String) -> String {
    if text == "~" || text.hasPrefix("~/") { return ContextPath.join(home, String(text.dropFirst(2))) }
    return ContextPath.join(directory, text)
  }

  /// The user's home folder.
  public var home: String {
    environment["HOME"] ?? (user == nil || user == "root" || user == "0" ? "/root" : "/home/\(user ?? "")")
  }

  /// The arguments that are no options.
  ///
  /// - Parameter valued: the options that take the next word as their value.
  public func positional(valued: Set<String> = []) -> [String?] {
    var result: [String?] = []
    var index = 0
    var optionsEnded = false
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      if let argument, !optionsEnded, argument.hasPrefix("-"), argument != "-" {
        if argument == "--" { optionsEnded = true }
        if valued.contains(argument) { index += 1 }
        continue
      }
      result.append(argument)
    }
    return result
  }

  /// The options as they are written, those with a value followed by it, some left out.
  func flags(valued: Set<String>, leavingOut isLeftOut: (String) -> Bool) -> [String] {
    var result: [String] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      guard let argument, argument.hasPrefix("-"), argument.count > 1, argument != "--" else { continue }
      let value = valued.contains(argument) && index < arguments.count ? arguments[index] : nil
      if valued.contains(argument) { index += 1 }
      if !isLeftOut(argument) { result += [argument] + (value.map { [$0] } ?? []) }
    }
    return result
  }

  /// The value of an option in any of its spellings: `-o x`, `-ox` for a single letter, `--name x`, `--name=x`.
  public func option(_ names: String...) -> String? {
    for (index, argument) in arguments.enumerated() {
      guard let argument else { continue }
      for name in names {
        if argument == name { return index + 1 < arguments.count ? arguments[index + 1] : nil }
        if argument.hasPrefix(name + "=") { return String(argument.dropFirst(name.count + 1)) }
        if name.count == 2, argument.hasPrefix(name), argument.count > 2, !argument.hasPrefix("--") {
          return String(argument.dropFirst(2))
        }
      }
    }
    return nil
  }

  /// All values of a repeatable option.
  public func options(_ names: String...) -> [String] {
    var values: [String] = []
    for (index, argument) in arguments.enumerated() {
      guard let argument else { continue }
      for name in names {
        if argument == name, index + 1 < arguments.count, let value = arguments[index + 1] { values.append(value) }
        if argument.hasPrefix(name + "=") { values.append(String(argument.dropFirst(name.count + 1))) }
        if name.count == 2, argument.hasPrefix(name), argument.count > 2, !argument.hasPrefix("--") {
          values.append(String(argument.dropFirst(2)))
        }
      }
    }
    return values
  }

  /// Whether a flag is given; single letters are found in bundles such as `-qy` too.
  public func has(_ names: String...) -> Bool {
    arguments.contains { argument in
      guard let argument else { return false }
      return names.contains { name in
        if argument == name { return true }
        guard name.count == 2, argument.hasPrefix("-"), !argument.hasPrefix("--"), let letter = name.last else {
          return false
        }
        return argument.dropFirst().contains(letter) && argument.dropFirst().allSatisfy(\.isLetter)
      }
    }
  }

  /// The paths of the known positional arguments, absolute.
  public func paths(valued: Set<String> = []) -> [String] {
    positional(valued: valued).compactMap { $0.map(path) }
  }

  /// Whether every word is known.
  public var isFullyKnown: Bool { !arguments.contains { $0 == nil } }
}

/// What a rule may ask of the build context and the image so far.
public struct Surroundings: Sendable {
  /// The context.
  public var reader: ContextReader
  /// What the context lists.
  public var listing: ContextListing
  /// Where context files stand in the image.
  public var map: ContextMap
  /// The version of the base image's tool, such as Go's or Python's.
  public var toolVersion: (major: Int, minor: Int)?
  /// Settings that earlier commands made.
  public var settings: [String: String] = [:]

  /// Makes the surroundings.
  public init(
    reader: ContextReader, listing: ContextListing, map: ContextMap, toolVersion: (major: Int, minor: Int)? = nil
  ) {
    self.reader = reader
    self.listing = listing
    self.map = map
    self.toolVersion = toolVersion
  }

  /// The text of a context file by its path in the image.
  public func text(ofImagePath path: String) -> String? {
    map.contextPath(of: path, in: listing).flatMap { reader.text(of: $0) }
  }
}

/// Where context files stand in the image: the COPY and ADD instructions seen so far.
public struct ContextMap: Sendable, Hashable {
  /// One copied tree or file.
  public struct Entry: Sendable, Hashable {
    /// The path in the image, absolute.
    public var image: String
    /// The path in the context.
    public var context: String
    /// The instruction's index.
    public var instruction: Int
  }

  /// The entries, in order.
  public var entries: [Entry] = []

  /// Makes an empty map.
  public init() {}

  /// The context path behind a path of the image; the latest copy wins.
  public func contextPath(of image: String, in listing: ContextListing) -> String? {
    for entry in entries.reversed() {
      guard let rest = ContextPath.relative(image, to: entry.image) else { continue }
      let path = rest == "." ? entry.context : ContextPath.join(entry.context, rest)
      if listing[path] != nil { return path }
    }
    return nil
  }

  /// The context folder whose files stand in a folder of the image, also when they were copied one by one.
  ///
  /// - Parameter manifests: names of files that tell the project's own folder from others whose files were copied beside
  ///   them.
  public func contextFolder(of image: String, in listing: ContextListing, holding manifests: [String] = []) -> String? {
    if let path = contextPath(of: image, in: listing), listing[path]?.kind == .directory { return path }
    for name in manifests {
      if let path = contextPath(of: ContextPath.join(image, name), in: listing), listing[path]?.kind == .file {
        return ContextPath.parent(path)
      }
    }
    for entry in entries.reversed() {
      guard let rest = ContextPath.relative(entry.image, to: image), rest != "." else { continue }
      if entry.context == rest { return "." }
      if entry.context.hasSuffix("/" + rest) { return String(entry.context.dropLast(rest.count + 1)) }
    }
    return nil
  }

  /// The paths in the image of a context path.
  public func imagePaths(of context: String) -> [String] {
    entries.compactMap { entry in
      guard let rest = ContextPath.relative(context, to: entry.context) else { return nil }
      return rest == "." ? entry.image : ContextPath.join(entry.image, rest)
    }
  }
}
