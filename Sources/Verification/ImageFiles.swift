import Foundation

/// The file system of an image.
struct ImageFiles: Sendable {
  private let archive: TarArchive
  /// The users and groups.
  let accounts: Accounts
  /// The names of all files, without their folders.
  private let names: Set<Substring>

  /// Makes them from an exported file system.
  init(_ archive: TarArchive) {
    self.archive = archive
    func text(_ path: String) -> String {
      guard let file = archive.files[path] else { return "" }
      return String(decoding: archive.content(of: file), as: UTF8.self)
    }
    accounts = Accounts(passwd: text("/etc/passwd"), group: text("/etc/group"))
    names = Set(archive.files.keys.map { $0[$0.index(after: $0.lastIndex(of: "/") ?? $0.startIndex)...] })
  }

  /// The files by absolute path.
  var all: [String: ImageFile] { archive.files }

  /// Whether a file of this name lies anywhere.
  func has(named name: String) -> Bool { names.contains(name[...]) }

  /// A file's path with all links on the way followed; nil when it leads nowhere.
  func resolve(_ path: String) -> String? {
    var rest = path.split(separator: "/").map(String.init)[...]
    var place: [String] = []
    var followed = 0
    while let part = rest.popFirst() {
      if part == "." { continue }
      if part == ".." {
        _ = place.popLast()
        continue
      }
      let full = "/" + (place + [part]).joined(separator: "/")
      guard let file = all[full] else { return nil }
      if file.kind == .link {
        followed += 1
        guard followed < 40 else { return nil }
        if file.target.hasPrefix("/") { place = [] }
        rest = file.target.split(separator: "/").map(String.init) + rest
      } else {
        place.append(part)
      }
    }
    return "/" + place.joined(separator: "/")
  }

  /// The file a path means.
  func file(_ path: String) -> ImageFile? { resolve(path).flatMap { all[$0] } }

  /// The first bytes of the file a path means.
  func bytes(_ path: String, first limit: Int = .max) -> [UInt8]? {
    file(path).map { archive.content(of: $0, first: limit) }
  }

  /// A file's first bytes.
  func head(of file: ImageFile, _ count: Int) -> [UInt8] { archive.content(of: file, first: count) }

  /// Whether a file's content holds a text.
  func file(_ file: ImageFile, contains text: String) -> Bool { archive.content(of: file, contains: text) }

  /// The text of a small file.
  func text(_ path: String) -> String? { bytes(path, first: 1 << 20).map { String(decoding: $0, as: UTF8.self) } }

  /// The path of a program as the system would find it.
  func program(_ name: String, path: String, folder: String) -> String? {
    if name.hasPrefix("/") { return file(name) == nil ? nil : name }
    if name.contains("/") { return file(folder + "/" + name) == nil ? nil : Travel.absolute(name, in: folder) }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { file($0)?.kind == .file }
  }
}

extension Engine {
  /// Lists an image's files by way of a container that is made and never started.
  func files(of image: String, _ belongings: Belongings, name: String, limit: Duration) async throws -> ImageFiles {
    let container = belongings.container(name)
    let file = belongings.folder.appendingPathComponent(name + ".tar")
    defer { try? FileManager.default.removeItem(at: file) }
    // The last word stands for a command, without which nothing can be made of an image that has none.
    try await expect(["create", "--name", container] + belongings.labelArguments + [image, "none"])
    try await expect(["export", "--output", file.path, container], limit: limit)
    await remove(container: container)
    // Mapped, not read: the file's name goes, its content stays until nothing uses it any more.
    return ImageFiles(try TarArchive(try Data(contentsOf: file, options: .alwaysMapped)))
  }
}
