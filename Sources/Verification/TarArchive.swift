import Foundation

/// A file of an image.
struct ImageFile: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case file
    case folder
    case link
    case other
  }

  var kind: Kind
  /// The permission bits, set-user-id and the like included.
  var mode: Int
  var user: Int
  var group: Int
  /// What a symbolic link points to.
  var target = ""
  /// File capabilities, as the system keeps them.
  var capabilities: [UInt8] = []
  /// Where its content lies in the archive.
  var content: Range<Int> = 0..<0

  /// Kind and permissions as `ls -l` writes them, user and group.
  var description: String {
    let letters: [Character] = ["x", "w", "r"]
    var text = ["-", "d", "l", "?"][kind == .file ? 0 : kind == .folder ? 1 : kind == .link ? 2 : 3]
    for shift in stride(from: 8, through: 0, by: -1) {
      text.append(mode >> shift & 1 == 1 ? letters[shift % 3] : "-")
    }
    for (bit, place, letter) in [(0o4000, 3, "s"), (0o2000, 6, "s"), (0o1000, 9, "t")] where mode & bit != 0 {
      let index = text.index(text.startIndex, offsetBy: place)
      text.replaceSubrange(index...index, with: text[index] == "x" ? letter : letter.uppercased())
    }
    return "\(text) \(user)/\(group)" + (capabilities.isEmpty ? "" : " with capabilities")
  }

  /// Whether owner, mode and capabilities are the same; those of a link mean nothing.
  func isAlike(_ other: ImageFile) -> Bool {
    guard kind == other.kind, user == other.user, group == other.group else { return false }
    return kind == .link || (mode == other.mode && capabilities == other.capabilities)
  }
}

/// A tar archive: the files by absolute path, and their content on demand.
struct TarArchive: Sendable {
  private(set) var files: [String: ImageFile] = [:]
  private let bytes: Data

  /// Reads an archive of ustar, pax or GNU form.
  init(_ bytes: Data) throws {
    self.bytes = bytes
    files = try bytes.withUnsafeBytes { try Self.files(in: $0) }
  }

  /// A file's content, or its first bytes.
  func content(of file: ImageFile, first limit: Int = .max) -> [UInt8] {
    let end = file.content.lowerBound + min(file.content.count, limit)
    return [UInt8](bytes[(bytes.startIndex + file.content.lowerBound)..<(bytes.startIndex + end)])
  }

  /// Whether a file holds a text.
  func content(of file: ImageFile, contains text: String) -> Bool {
    let start = bytes.startIndex
    return bytes.range(
      of: Data(text.utf8), in: (start + file.content.lowerBound)..<(start + file.content.upperBound)) != nil
  }

  private static func files(in bytes: UnsafeRawBufferPointer) throws -> [String: ImageFile] {
    var files: [String: ImageFile] = [:]
    var hardLinks: [(String, String)] = []
    var offset = 0
    var pending = Extension()
    while offset + 512 <= bytes.count {
      let header = UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + 512)])
      if header.allSatisfy({ $0 == 0 }) { break }
      let size = pending.size ?? number(header, 124, 12)
      let start = offset + 512
      guard size >= 0, start + size <= bytes.count else {
        throw Trouble("engine-failed", "the archive of an image is cut off")
      }
      let content = start..<(start + size)
      let payload = UnsafeRawBufferPointer(rebasing: bytes[content])
      offset = start + (size + 511) / 512 * 512
      switch header[156] {
      case UInt8(ascii: "x"): pending.read(payload)
      case UInt8(ascii: "g"): continue
      case UInt8(ascii: "L"): pending.path = text(payload, 0, payload.count)
      case UInt8(ascii: "K"): pending.target = text(payload, 0, payload.count)
      default:
        let path = absolute(pending.path ?? name(header))
        let target = pending.target ?? text(header, 157, 100)
        var file = ImageFile(
          kind: .file, mode: number(header, 100, 8) & 0o7777, user: pending.user ?? number(header, 108, 8),
          group: pending.group ?? number(header, 116, 8), capabilities: pending.capabilities, content: content)
        switch header[156] {
        case UInt8(ascii: "1"): hardLinks.append((path, absolute(target)))
        case UInt8(ascii: "2"): (file.kind, file.target) = (.link, target)
        case UInt8(ascii: "5"): file.kind = .folder
        case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): file.kind = .other
        default: break
        }
        if path != "/" { files[path] = file }
        pending = Extension()
      }
    }
    for (path, target) in hardLinks { files[path] = files[target] ?? files[path] }
    return files
  }

  /// What a pax or GNU header says of the entry behind it.
  private struct Extension {
    var path: String?
    var target: String?
    var size: Int?
    var user: Int?
    var group: Int?
    var capabilities: [UInt8] = []

    /// Reads records of the form `LENGTH KEY=VALUE\n`; the value may hold any byte.
    mutating func read(_ bytes: UnsafeRawBufferPointer) {
      var offset = 0
      while offset < bytes.count {
        guard let space = bytes[offset...].firstIndex(of: UInt8(ascii: " ")),
          let length = Int(String(decoding: bytes[offset..<space], as: UTF8.self)), length > space - offset + 1,
          offset + length <= bytes.count,
          let sign = bytes[space..<(offset + length)].firstIndex(of: UInt8(ascii: "="))
        else { return }
        let key = String(decoding: bytes[(space + 1)..<sign], as: UTF8.self)
        let raw = bytes[(sign + 1)..<(offset + length - 1)]
        let value = String(decoding: raw, as: UTF8.self)
        switch key {
        case "path": path = value
        case "linkpath": target = value
        case "size": size = Int(value)
        case "uid": user = Int(value)
        case "gid": group = Int(value)
        case "SCHILY.xattr.security.capability": capabilities = Array(raw)
        default: break
        }
        offset += length
      }
    }
  }

  private static func name(_ header: UnsafeRawBufferPointer) -> String {
    let name = text(header, 0, 100)
    guard text(header, 257, 5) == "ustar", header[263] == UInt8(ascii: "0") else { return name }
    let prefix = text(header, 345, 155)
    return prefix.isEmpty ? name : prefix + "/" + name
  }

  private static func absolute(_ path: String) -> String {
    "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  private static func text(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> String {
    String(decoding: bytes[start..<(start + length)].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// A number in octal digits, or in base 256 where the first bit says so.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ length: Int) -> Int {
    let field = bytes[start..<(start + length)]
    if bytes[start] & 0x80 != 0 {
      return field.dropFirst().reduce(Int(bytes[start] & 0x7F)) { ($0 &<< 8) | Int($1) }
    }
    return field.filter { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }.reduce(0) { $0 &* 8 &+ Int($1 - 48) }
  }
}
