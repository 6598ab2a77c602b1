import Dispatch
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An HTTP answer, fetched over a bare socket: a client library would follow redirects and obey proxy settings.
struct WebAnswer: Sendable, Equatable {
  var status: Int
  var body: [UInt8]

  /// Asks for a path on this machine; nil where no whole answer comes.
  ///
  /// The sockets block, so the asking has a thread of its own.
  static func get(_ path: String, port: UInt16) async -> WebAnswer? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: ask(path, port: port)) }
    }
  }

  private static func ask(_ path: String, port: UInt16) -> WebAnswer? {
    guard let descriptor = connected(to: port) else { return nil }
    defer { close(descriptor) }
    // HTTP/1.0: no chunks, and the end of the connection is the end of the answer.
    let request = "GET \(path) HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    guard write(Array(request.utf8), to: descriptor) else { return nil }
    var received: [UInt8] = []
    let capacity = 65_536
    var buffer = [UInt8](repeating: 0, count: capacity)
    while true {
      let count = recv(descriptor, &buffer, capacity, 0)
      if count <= 0 { return WebAnswer(received, isWhole: count == 0) }
      received.append(contentsOf: buffer.prefix(count))
      if let answer = WebAnswer(received, isWhole: false) { return answer }
    }
  }

  /// Reads an answer from the bytes so far.
  ///
  /// - Parameters:
  ///   - bytes: head and body.
  ///   - isWhole: whether the connection was closed in order, so that nothing more can come.
  init?(_ bytes: [UInt8], isWhole: Bool) {
    let mark: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= mark.count else { return nil }
    guard let end = (0...(bytes.count - mark.count)).first(where: { bytes[$0..<($0 + 4)].elementsEqual(mark) }) else {
      return nil
    }
    let head = String(decoding: bytes[..<end], as: UTF8.self)
    var lines = head.components(separatedBy: "\r\n")
    let words = lines.removeFirst().split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else { return nil }
    var length: Int?
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      length = Int(parts[1].trimmingCharacters(in: .whitespaces))
    }
    let body = Array(bytes[(end + mark.count)...])
    if let length {
      guard body.count >= length else { return nil }
    } else {
      guard isWhole else { return nil }
    }
    self.status = status
    self.body = body
  }

  private static func connected(to port: UInt16) -> Int32? {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { return nil }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    #if canImport(Darwin)
      var isSilent: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isSilent, socklen_t(MemoryLayout<Int32>.size))
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
