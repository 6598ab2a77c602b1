import ContextFiles
import DockerfileSyntax
import ShellSyntax

/// What the planner of built programs asks a language about the program that a file builds.
protocol BuiltProgram {
  /// The kept programs' paths, absolute.
  var artefacts: [String] { get }
  /// The steps whose commands build what is kept.
  var buildSteps: Set<Int> { get }
  /// Whether it is linked to libraries of the builder.
  var linksLibraries: Bool { get }
  /// Whether it may open files that no literal names.
  var mayReadUnseenFiles: Bool { get }
  /// Folders that only the build's tools use: module stores and caches.
  var buildFolders: [String] { get }
  /// Folders that hold other programs too, so that they never travel whole.
  var sharedFolders: Set<String> { get }
  /// The program of the tool chain that fetches dependencies and calls git, ssh and the like for it.
  var fetchers: Set<String> { get }
  /// Whether build tools may call or read anything that earlier steps installed, plug-ins and tests as they run.
  var buildsWithAnything: Bool { get }
  /// Packages that a build of this language calls and its programs do not, unless something names them.
  var buildPackages: Set<String> { get }

  /// Whether a command makes a kept program.
  func makes(_ path: String, _ effect: CommandEffect) -> Bool
  /// Whether only the build needs what a command does to files, such as unpacking a tool or making a folder for results.
  func isBuildOnly(_ effect: CommandEffect, in step: Step) -> Bool
  /// Whether a context file is a source or a manifest, which no running program reads.
  func isSource(_ path: String) -> Bool
  /// Whether a context file is compiled into the program.
  func isEmbedded(_ path: String) -> Bool
  /// Whether the build reads a context file where a COPY puts it, be it compiled, embedded or only consulted.
  func isBuildInput(_ path: String, at places: [String]) -> Bool
  /// Whether the build's configuration may name one of the places of a COPY.
  func configurationNames(_ places: [String]) -> Bool
  /// Whether files that a COPY names one by one are such as running programs read, and nothing of the build names them.
  func isOnlyForRunning(_ files: [String]) -> Bool
  /// Further paths that a literal may mean.
  func spellings(of literal: String) -> [String]
  /// The changes a pass makes to a step that builds.
  func edit(_ step: Step, _ situation: Situation) -> StepEdit
}

extension BuiltProgram {
  var buildsWithAnything: Bool { false }
  var buildPackages: Set<String> { [] }
  func makes(_ path: String, _ effect: CommandEffect) -> Bool { effect.artefacts.contains(path) }
  func isBuildOnly(_ effect: CommandEffect, in step: Step) -> Bool { false }
  func configurationNames(_ places: [String]) -> Bool { false }
  func isOnlyForRunning(_ files: [String]) -> Bool { false }
  func spellings(of literal: String) -> [String] { [] }
  func edit(_ step: Step, _ situation: Situation) -> StepEdit { .none }
}

/// What a pass makes of an instruction.
enum StepEdit: Equatable {
  /// Nothing to change.
  case none
  /// Changes of the argument text, by a named pass.
  case edits([StagePlan.TextEdit], pass: String, because: String)
  /// The text cannot be edited; a variable before the line does the same.
  case variable(String, pass: String, because: String)
}

/// The base of the final image, as far as placing instructions depends on it.
struct FinalBase {
  /// The reference as it is written.
  var text: String
  /// The template.
  var template: String
  /// The step of the ladder.
  var rung: Rung
  /// Who installs packages in it; nil for an empty base, and for one whose packages are not known.
  var manager: PackageManager?
  /// Whether it holds nothing at all, a shell included.
  var isEmpty: Bool
  /// The names of the variables it sets.
  var variables: Set<String> = []

  /// Whether the builder's bundle of certificates has to travel.
  var lacksCertificates = false
  /// Programs it is known to hold besides the system's own.
  var programs: Set<String> = []
}

extension Situation {
  /// The path of a built file after moves and copies: `mv app /usr/local/bin/`.
  ///
  /// - Parameters:
  ///   - effect: a move, copy or link.
  ///   - known: the paths of built files so far; a wildcard among the sources matches them.
  ///   - folders: the folders that exist.
  static func moves(_ effect: CommandEffect, known: Set<String>, folders: Set<String>) -> [(String, String)] {
    guard let target = effect.writes.first else { return [] }
    let isWrittenAsFolder = effect.command?.words.last?.literal?.hasSuffix("/") == true
    let isFolder = isWrittenAsFolder || folders.contains(target) || effect.reads.count > 1
    return effect.reads.filter { known.contains($0) }.map { source in
      (source, isFolder ? ContextPath.join(target, ContextPath.lastComponent(source)) : target)
    }
  }
}
