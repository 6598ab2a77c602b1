import DockerfileSyntax

/// What the file systems of two images tell without starting them.
struct FileComparison: Sendable {
  let old: (configuration: ImageConfiguration, files: ImageFiles)
  let new: (configuration: ImageConfiguration, files: ImageFiles)
  /// The paths that travelled, each standing for all below it.
  let roots: Set<String>

  /// Makes a comparison.
  init(
    old: (configuration: ImageConfiguration, files: ImageFiles),
    new: (configuration: ImageConfiguration, files: ImageFiles), dockerfile: Dockerfile
  ) {
    self.old = old
    self.new = new
    var roots = Travel.roots(in: dockerfile) { path in old.files.all[path].map { $0.kind == .folder } }
    if old.configuration.workingFolder != "/" { roots.insert(old.configuration.workingFolder) }
    self.roots = roots
  }

  /// The files of the new image that were in the old one at the same path and that the program owns, by path.
  var travelled: [(path: String, before: ImageFile, after: ImageFile)] {
    new.files.all.compactMap { path, after in
      guard let before = old.files.all[path], Travel.isBelow(path, roots) else { return nil }
      return (path, before, after)
    }.sorted { $0.path < $1.path }
  }

  // MARK: Owners

  /// Owners, modes and capabilities that changed on the way.
  var ownerProblems: [String] {
    // A COPY makes its destination 0755; on an empty base /tmp is only made for root, who may write there all the same.
    let travelled = travelled.filter { $0.path != "/tmp" }
    var problems = travelled.filter { !$0.before.isAlike($0.after) }.map {
      "\($0.path) was \($0.before.description), is \($0.after.description)"
    }
    let hidden = problems.count - 15
    if hidden > 0 { problems = problems.prefix(15) + ["… and \(hidden) more owners or modes"] }
    return problems
  }

  /// Whether the program runs as somebody else.
  var userProblems: [String] {
    Accounts.differences(
      old: (old.configuration.user, old.files.accounts), new: (new.configuration.user, new.files.accounts))
  }

  // MARK: Programs

  /// What the image starts and the new one cannot.
  var programProblems: [String] {
    var problems: [String] = []
    let start = (new.configuration.entrypoint ?? []) + (new.configuration.command ?? [])
    if let name = start.first { problems += self.problems(ofProgram: name, role: "the image starts") }
    if let test = new.configuration.healthCheck?.test, test.count > 1 {
      switch test[0] {
      case "CMD": problems += self.problems(ofProgram: test[1], role: "the health check calls")
      case "CMD-SHELL":
        problems += self.problems(ofProgram: "/bin/sh", role: "the health check calls")
        if let word = test[1].split(separator: " ").first.map(String.init), word.allSatisfy(Self.isPlain) {
          if !["exit", "test", "["].contains(word) {
            problems += self.problems(ofProgram: word, role: "the health check calls")
          }
        }
      default: break
      }
    }
    return problems
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "./_-+".contains(character)
  }

  private func problems(ofProgram name: String, role: String) -> [String] {
    func find(_ side: (configuration: ImageConfiguration, files: ImageFiles)) -> String? {
      side.files.program(name, path: side.configuration.path, folder: side.configuration.workingFolder)
    }
    guard let path = find(new) else {
      return find(old) == nil ? [] : ["\(role) '\(name)', which the new image does not have"]
    }
    guard let head = new.files.bytes(path, first: 512), head.starts(with: [0x23, 0x21]) else { return [] }
    let line = String(decoding: head.dropFirst(2).prefix { $0 != 10 }, as: UTF8.self)
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let interpreter = words.first else { return [] }
    var problems: [String] = []
    func need(_ program: String) {
      func has(_ side: (configuration: ImageConfiguration, files: ImageFiles)) -> Bool {
        side.files.program(program, path: side.configuration.path, folder: "/") != nil
      }
      if !has(new), has(old) {
        problems.append("\(role) '\(path)', a script for '\(program)', which the new image does not have")
      }
    }
    need(interpreter)
    words.removeFirst()
    if interpreter.hasSuffix("/env"), let program = words.first(where: { !$0.hasPrefix("-") && !$0.contains("=") }) {
      need(program)
    }
    return problems
  }

  // MARK: Compiled files

  /// A compiled file of the program, with what it asks for and the new image lacks.
  struct Compiled: Sendable {
    var path: String
    var header: ELFHeader
    /// The loader, where it was in the old image and is not in the new one.
    var missingLoader: String?
    /// Libraries that were in the old image and are not in the new one.
    var missingLibraries: [String]
  }

  /// The compiled files of the program; dependencies may have come to another path than before.
  var compiled: [Compiled] {
    new.files.all.sorted { $0.key < $1.key }.compactMap { path, file in
      guard file.kind == .file, Travel.isBelow(path, roots), file.content.count <= ELFHeader.most,
        new.files.startsLikeELF(file),
        let header = new.files.bytes(path).flatMap(ELFHeader.init)
      else { return nil }
      let loader = header.interpreter.flatMap { name in
        new.files.file(name) == nil && old.files.file(name) != nil ? name : nil
      }
      let missing = header.needed.filter { name in
        let last = String(name.split(separator: "/").last ?? "")
        return !new.files.has(named: last) && old.files.has(named: last)
      }
      return Compiled(path: path, header: header, missingLoader: loader, missingLibraries: missing)
    }
  }

  /// Loaders and libraries that compiled files miss.
  static func problems(of compiled: [Compiled]) -> [String] {
    compiled.flatMap { file -> [String] in
      var problems: [String] = []
      if let loader = file.missingLoader {
        let libc = loader.contains("musl") ? "musl" : "glibc"
        problems.append("\(file.path) is linked to \(libc): its loader \(loader) is not in the new image")
      }
      if !file.missingLibraries.isEmpty {
        problems.append(
          "\(file.path) needs \(file.missingLibraries.joined(separator: ", ")), which the new image does not have")
      }
      return problems
    }
  }

  // MARK: Certificates and places

  /// Where distributions keep the CA certificates.
  private static let bundles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
  ]

  private func bundle(_ side: (configuration: ImageConfiguration, files: ImageFiles)) -> String? {
    (Self.bundles + [side.configuration.variables["SSL_CERT_FILE"]].compactMap { $0 }).first { path in
      side.files.file(path).map { !$0.content.isEmpty } ?? false
    }
  }

  /// The certificates that are gone; nil where they are there or never were.
  var lostCertificates: String? { bundle(new) == nil ? bundle(old) : nil }

  /// The compiled programs that look for certificates the new image has not.
  func certificateProblems(_ compiled: [Compiled]) -> [String] {
    guard let lost = lostCertificates else { return [] }
    let users = compiled.filter { file in
      guard let entry = new.files.file(file.path) else { return false }
      return new.files.file(entry, contains: Self.bundles[0])
    }
    return users.map {
      "\($0.path) looks for CA certificates, and those of the old image (\(lost)) are not in the new one"
    }
  }

  /// What was in the old image, is not in the new one, and may be missed by a program that nothing asked for it.
  var notes: [String] {
    var notes: [String] = []
    if old.files.file("/tmp") != nil, new.files.file("/tmp") == nil { notes.append("there is no /tmp any more") }
    if let lost = lostCertificates { notes.append("there are no CA certificates any more; they were at \(lost)") }
    if old.files.file("/bin/sh") != nil, new.files.file("/bin/sh") == nil { notes.append("there is no shell any more") }
    return notes
  }
}

extension ImageFiles {
  /// Whether a file begins as compiled ones do.
  func startsLikeELF(_ file: ImageFile) -> Bool { head(of: file, 4) == [0x7F, 0x45, 0x4C, 0x46] }
}
