import Foundation

/// A tar archive made of a few entries and the folders above them, in the ustar form with pax headers for long names.
struct Tar {
  struct Entry {
    var path: String
    var kind: Character
    var content: [UInt8] = []
    var mode = 0o644
    var user = 0
    var group = 0
    var target = ""

    static func file(_ path: String, _ text: String, mode: Int = 0o644, user: Int = 0, group: Int = 0) -> Entry {
      Entry(path: path, kind: "0", content: Array(text.utf8), mode: mode, user: user, group: group)
    }

    static func file(_ path: String, _ bytes: [UInt8]) -> Entry { Entry(path: path, kind: "0", content: bytes) }

    static func folder(_ path: String, mode: Int = 0o755, user: Int = 0) -> Entry {
      Entry(path: path, kind: "5", mode: mode, user: user)
    }

    static func link(_ path: String, to target: String) -> Entry { Entry(path: path, kind: "2", target: target) }

    static func hardLink(_ path: String, to target: String) -> Entry { Entry(path: path, kind: "1", target: target) }
  }

  let bytes: Data

  init(_ entries: [Entry]) throws {
    var bytes: [UInt8] = []
    var known = Set(entries.map { $0.path.hasSuffix("/") ? String($0.path.dropLast()) : $0.path })
    var all = entries
    for entry in entries {
      let parts = entry.path.split(separator: "/")
      for count in 1..<max(parts.count, 1) {
        let folder = parts.prefix(count).joined(separator: "/")
        if known.insert(folder).inserted { all.append(.folder(folder + "/")) }
      }
    }
    for entry in all {
      var entry = entry
      if entry.path.utf8.count > 100 {
        let record = " path=\(entry.path)\n"
        var length = record.utf8.count + 2
        while "\(length)".utf8.count + record.utf8.count != length { length += 1 }
        bytes += Self.block(Entry(path: "pax", kind: "x", content: Array("\(length)\(record)".utf8)))
        entry.path = "long"
      }
      bytes += Self.block(entry)
    }
    self.bytes = Data(bytes + [UInt8](repeating: 0, count: 1024))
  }

  private static func block(_ entry: Entry) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    func number(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(entry.path, 0)
    put(number(entry.mode, 7), 100)
    put(number(entry.user, 7), 108)
    put(number(entry.group, 7), 116)
    put(number(entry.content.count, 11), 124)
    put(String(entry.kind), 156)
    put(entry.target, 157)
    put("ustar", 257)
    put("00", 263)
    let padding = (512 - entry.content.count % 512) % 512
    return header + entry.content + [UInt8](repeating: 0, count: padding)
  }
}

/// A compiled file of 64 bits with nothing but what the loader reads.
struct ELF {
  let bytes: [UInt8]

  init(interpreter: String?, needed: [String]) {
    func number(_ value: Int, _ length: Int) -> [UInt8] { (0..<length).map { UInt8(value >> ($0 * 8) & 0xFF) } }
    let (table, address) = (64, 0x400000)
    let start = table + 3 * 56
    let loader = Array((interpreter ?? "").utf8) + [0]
    var strings: [UInt8] = [0]
    var dynamic: [UInt8] = []
    for name in needed {
      dynamic += number(1, 8) + number(strings.count, 8)
      strings += Array(name.utf8) + [0]
    }
    let stringsOffset = start + loader.count
    let dynamicOffset = stringsOffset + strings.count
    dynamic += number(5, 8) + number(address + stringsOffset, 8) + number(0, 16)
    let total = dynamicOffset + dynamic.count
    func segment(_ kind: Int, _ offset: Int, _ size: Int) -> [UInt8] {
      number(kind, 4) + number(4, 4) + number(offset, 8) + number(address + offset, 8) + number(0, 8) + number(size, 8)
        + number(size, 8) + number(8, 8)
    }
    var bytes: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    bytes += number(3, 2) + number(62, 2) + number(1, 4) + number(0, 8) + number(table, 8) + number(0, 8)
    bytes += number(0, 4) + number(64, 2) + number(56, 2) + number(3, 2) + number(0, 6)
    bytes += segment(1, 0, total) + segment(2, dynamicOffset, dynamic.count)
    bytes += interpreter == nil ? segment(4, start, 0) : segment(3, start, loader.count)
    self.bytes = bytes + loader + strings + dynamic
  }
}
