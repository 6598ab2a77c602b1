import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Finds the files that a built program reads at run time: what literals, the start command, variables and
/// configuration name.
struct AssetSearch {
  let situation: Situation
  /// The literals of the program's sources.
  let literals: Set<String>
  /// What tells sources and embedded files from assets.
  let program: any BuiltProgram

  /// What the search came to.
  struct Answer {
    /// Context paths, folders for whole trees.
    var assets: [String] = []
    /// Where the image holds what is named, by context path; one that is missing counts wherever it is copied to.
    var places: [String: Set<String>] = [:]
    /// Files that a RUN makes and the program names, absolute.
    var produced: [String] = []
    /// The absolute paths that are named, whether or not anything is known to be there.
    var names: Set<String> = []
  }

  /// Looks for assets.
  ///
  /// - Parameters:
  ///   - conventional: context paths that frameworks read without being told.
  ///   - folders: folders of the working directory that they read when a RUN puts them there.
  func find(conventional: Set<String>, folders: [String] = []) -> Answer {
    var started = Set(situation.roots.commands.flatMap { $0.words.compactMap { $0 } })
    let own = situation.trace.end.environment.filter { situation.trace.end.ownVariables.contains($0.key) }
    for value in Array(own.values) + situation.roots.values {
      started.insert(value)
      started.formUnion(value.split(separator: " ").map(String.init))
    }
    let texts = literals.union(started)
    let inner = Set(literals.flatMap(Self.innerPaths) + Self.innerPaths(situation.roots.text))
    var places = assets(named: texts).merging(files(named: started)) { $0.union($1) }
    places.merge(assets(named: inner, areWritten: false)) { $0.union($1) }
    places.merge(assets(matching: texts.union(inner))) { $0.union($1) }
    var found = Set(places.keys).union(conventional)
    // What its configuration names is read too.
    let configuration = found.compactMap { path in
      Self.isConfiguration(path) ? situation.reader.text(of: path) : nil
    }
    let words = configuration.flatMap {
      $0.split(whereSeparator: { " \t\n\r\"'=:,[]{}()".contains($0) }).map(String.init)
    }
    places.merge(assets(named: Set(words))) { $0.union($1) }
    found.formUnion(places.keys)
    for path in conventional { places[path] = nil }
    // A folder takes what lies in it along.
    let assets = found.filter { path in !found.contains { $0 != path && ContextPath.isWithin(path, $0) } }.sorted()
    // What lies in a folder that is brought for other reasons is named in that folder's place.
    for folder in assets where places[folder] != nil {
      for (path, named) in places where path != folder && ContextPath.isWithin(path, folder) {
        places[folder]?.formUnion(named)
      }
    }
    let named = texts.union(words).union(inner)
    var answer = Answer(assets: assets, places: places, produced: produced(named.union(folders)))
    answer.names = Set(named.filter { $0.hasPrefix("/") && $0.utf8.count < 200 }.map(ContextPath.clean))
    return answer
  }

  /// What texts name.
  ///
  /// - Parameter areWritten: whether a file that is not there may be one that the program writes, so that its folder counts.
  private func assets(named texts: Set<String>, areWritten: Bool = true) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for text in texts {
      for candidate in candidatePaths(text) {
        var path = candidate
        var context = situation.trace.map.contextPath(of: path, in: situation.listing)
        if context == nil, areWritten, ContextPath.parent(path) != situation.trace.end.directory {
          // A file that is yet to be written needs its folder.
          path = ContextPath.parent(path)
          context = situation.trace.map.contextPath(of: path, in: situation.listing)
        }
        guard let context, context != ".", isAsset(context, isNamed: path == candidate) else { continue }
        found[context, default: []].insert(path)
      }
    }
    return found
  }

  /// The files of the working directory that a pattern, or a name put together at run time, may mean: `*.tmpl`,
  /// `active.%s.toml`.
  private func assets(matching texts: Set<String>) -> [String: Set<String>] {
    let directory = situation.trace.end.directory
    let globs = texts.compactMap(Self.pattern)
    guard !globs.isEmpty else { return [:] }
    var found: [String: Set<String>] = [:]
    for file in situation.listing.files {
      let name = ContextPath.lastComponent(file.path)
      let path = ContextPath.join(directory, name)
      guard globs.contains(where: { $0.matches(name) }), isAsset(file.path, isNamed: true),
        situation.trace.map.imagePaths(of: file.path).contains(path)
      else { continue }
      found[file.path, default: []].insert(path)
    }
    return found
  }

  /// A text without a folder as a pattern for names; nil where it is none or says too little.
  private static func pattern(_ text: String) -> PathGlob? {
    let name = text.hasPrefix("./") ? text.dropFirst(2) : text[...]
    guard name.utf8.count < 60, !name.contains(where: { " /\\\n\t<>\"':;,()".contains($0) }) else { return nil }
    var glob = ""
    var isOpen = false
    var rest = name
    while let character = rest.popFirst() {
      switch character {
      case "%":
        guard !rest.isEmpty else { return nil }
        rest = rest.drop { $0.isNumber || "+-.#".contains($0) }.dropFirst()
        glob += "*"
        isOpen = true
      case "{":
        rest = rest.drop { $0 != "}" }.dropFirst()
        glob += "*"
        isOpen = true
      case "*", "?":
        isOpen = true
        glob.append(character)
      default: glob.append(character)
      }
    }
    let letters = glob.filter { !"*?".contains($0) }
    return isOpen && letters.count > 2 && letters.contains(where: \.isLetter) ? PathGlob(glob) : nil
  }

  /// The paths inside a longer text: a struct tag, a configuration or a script.
  private static func innerPaths(_ text: String) -> [String] {
    let separators = " \t\n\r\"'`=:,;()<>|&"
    guard text.utf8.count < 100_000, text.contains(where: { separators.contains($0) }) else { return [] }
    // Libraries that read settings from the environment take their defaults from tags: `envDefault:"templates"`.
    let isTag = text.utf8.count < 500 && text.contains("efault")
    return text.split(whereSeparator: { separators.contains($0) }).map(String.init).filter { word in
      word.utf8.count < 200 && !word.hasPrefix("//") && (isTag || word.contains("/") || word.contains("."))
    }
  }

  /// The files that a start command or a variable names outright, whatever else they are for.
  private func files(named texts: Set<String>) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for path in texts.flatMap({ candidatePaths($0) }) {
      guard let context = situation.trace.map.contextPath(of: path, in: situation.listing),
        situation.listing[context]?.kind == .file
      else { continue }
      found[context, default: []].insert(path)
    }
    return found
  }

  static func isConfiguration(_ path: String) -> Bool {
    [".yaml", ".yml", ".json", ".toml", ".ini", ".conf", ".env", ".properties"].contains { path.hasSuffix($0) }
  }

  /// Files that a RUN makes and the program names.
  private func produced(_ texts: Set<String>) -> [String] {
    let paths = Set(texts.flatMap { candidatePaths($0) })
    var produced: [String] = []
    for step in situation.trace.steps {
      for path in step.effects.flatMap(\.redirected) where paths.contains(path) && !produced.contains(path) {
        produced.append(path)
      }
      for effect in step.effects where [.files, .download].contains(effect.role) && effect.makesDirectories.isEmpty {
        for path in effect.writes where paths.contains(path) && !produced.contains(path) && !isFolder(path) {
          produced.append(path)
        }
        for path in copies(effect) where paths.contains(where: { ContextPath.isWithin($0, path) }) {
          if !produced.contains(path) { produced.append(path) }
        }
      }
    }
    return produced
  }

  /// Where a command puts folders and files of the context: `cp -r config scripts /opt/app/`.
  private func copies(_ effect: CommandEffect) -> [String] {
    guard ["cp", "mv"].contains(effect.program), let target = effect.writes.first else { return [] }
    let isFolder =
      effect.reads.count > 1 || effect.command?.words.last?.literal?.hasSuffix("/") == true
      || madeFolders.contains(target) || isFolder(target)
    return effect.reads.compactMap { read in
      guard let context = situation.trace.map.contextPath(of: read, in: situation.listing),
        situation.listing[context]?.kind == .directory
      else { return nil }
      return isFolder ? ContextPath.join(target, ContextPath.lastComponent(read)) : target
    }.filter { $0 != situation.trace.end.directory && !ContextPath.isWithin(situation.trace.end.directory, $0) }
  }

  /// The folders that the image has before commands put something there.
  private var madeFolders: Set<String> {
    var folders: Set<String> = ["/", "/opt", "/srv", "/usr/local", "/usr/local/bin", "/tmp", "/etc", "/var/lib"]
    for step in situation.trace.steps {
      for effect in step.effects { folders.formUnion(effect.makesDirectories) }
      if step.keyword == .workdir,
        let path = step.before.expand(step.instruction.arguments, escape: situation.file.escape)
      {
        folders.insert(step.before.path(path))
      }
    }
    return folders
  }

  /// Whether a path is a folder of the context or the working directory, into which commands put files.
  private func isFolder(_ path: String) -> Bool {
    if path == situation.trace.end.directory { return true }
    let context = situation.trace.map.contextPath(of: path, in: situation.listing)
    return context.map { situation.listing[$0]?.kind == .directory } ?? false
  }

  /// The absolute paths a literal may mean: itself, behind `file:`, behind `--option=`, up to a wildcard.
  private func candidatePaths(_ text: String) -> [String] {
    guard text.utf8.count < 200, !text.contains("\n") else { return [] }
    var spellings = [text]
    if let mark = text.range(of: "file://") { spellings.append(String(text[mark.upperBound...])) }
    if let mark = text.firstIndex(of: "=") { spellings.append(String(text[text.index(after: mark)...])) }
    spellings += program.spellings(of: text)
    var paths: [String] = []
    for spelling in spellings {
      var path = spelling
      if let wildcard = path.firstIndex(where: { "*?%{[$".contains($0) }) {
        path = String(path[..<wildcard])
        guard let slash = path.lastIndex(of: "/") else { continue }
        path = String(path[..<slash])
      }
      guard !path.isEmpty, path != ".", path != "/", path != ".." else { continue }
      let directory = situation.trace.end.directory
      paths.append(ContextPath.join(directory, path))
      // `folder + "/conf/app.ini"` is put together at run time.
      if path.hasPrefix("/"), situation.trace.map.contextPath(of: path, in: situation.listing) == nil {
        paths.append(ContextPath.join(directory, String(path.drop { $0 == "/" })))
      }
    }
    return paths.filter { $0 != "/" }
  }

  /// Sources, manifests and embedded files are no assets; neither is a folder that holds nothing else.
  ///
  /// - Parameters:
  ///   - path: a path of the context.
  ///   - isNamed: whether something names just this path, so that documents count too: as a file, as pages of a folder
  ///     without sources, or where files of their kind are read at all.
  func isAsset(_ path: String, isNamed: Bool = false) -> Bool {
    if program.isSource(path) || ["Makefile", "Dockerfile", ".git"].contains(ContextPath.lastComponent(path)) {
      return false
    }
    let files = situation.listing.files(below: path)
    if files.isEmpty { return situation.listing[path]?.kind == .directory }
    if isNamed, situation.listing[path]?.kind == .file { return !program.isEmbedded(path) }
    let isForReaders = ["doc", "docs"].contains(ContextPath.lastComponent(path))
    let holdsPages = isNamed && !isForReaders && !files.contains { program.isSource($0.path) }
    return files.contains { file in
      if program.isSource(file.path) || program.isEmbedded(file.path) { return false }
      if let ending = [".md", ".proto"].first(where: file.path.hasSuffix) {
        return isNamed && literals.contains { $0.hasSuffix(ending) } || holdsPages && ending == ".md"
      }
      return !file.path.contains("/testdata/")
    }
  }
}
