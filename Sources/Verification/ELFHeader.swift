/// What a compiled file asks the system for: its loader and its shared libraries.
struct ELFHeader: Sendable, Equatable {
  /// The loader's path; nil for a static program and for a library.
  var interpreter: String?
  /// The names of the libraries it needs.
  var needed: [String] = []

  /// The most bytes that are looked at.
  static let most = 256 << 20

  /// Reads a file's bytes; nil for what is no ELF file of a little-endian machine.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 52, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]), bytes[5] == 1 else { return nil }
    let isWide = bytes[4] == 2
    func number(_ offset: Int, _ length: Int) -> Int? {
      guard offset >= 0, offset + length <= bytes.count else { return nil }
      var value: UInt64 = 0
      for index in stride(from: offset + length - 1, through: offset, by: -1) {
        value = value << 8 | UInt64(bytes[index])
      }
      return Int(exactly: value)
    }
    func text(_ offset: Int) -> String? {
      guard offset >= 0, offset < bytes.count else { return nil }
      return String(decoding: bytes[offset...].prefix(4096).prefix { $0 != 0 }, as: UTF8.self)
    }
    let word = isWide ? 8 : 4
    guard let table = number(isWide ? 32 : 28, word), let size = number(isWide ? 54 : 42, 2),
      let count = number(isWide ? 56 : 44, 2), size >= (isWide ? 56 : 32)
    else { return nil }
    var loads: [(address: Int, offset: Int, size: Int)] = []
    var dynamic: (offset: Int, size: Int)?
    for index in 0..<count {
      let start = table + index * size
      guard let kind = number(start, 4), let offset = number(start + (isWide ? 8 : 4), word),
        let address = number(start + (isWide ? 16 : 8), word), let length = number(start + (isWide ? 32 : 16), word)
      else { continue }
      switch kind {
      case 1: loads.append((address, offset, length))
      case 2: dynamic = (offset, length)
      case 3: interpreter = text(offset)
      default: break
      }
    }
    guard let dynamic else { return }
    var names: [Int] = []
    var strings: Int?
    var position = dynamic.offset
    while position + 2 * word <= dynamic.offset + dynamic.size {
      guard let tag = number(position, word), tag != 0, let value = number(position + word, word) else { break }
      if tag == 1 { names.append(value) }
      if tag == 5 {
        strings = loads.first { $0.address <= value && value - $0.address < $0.size }.map {
          value - $0.address + $0.offset
        }
      }
      position += 2 * word
    }
    if let strings { needed = names.compactMap { text(strings + $0) } }
  }
}
