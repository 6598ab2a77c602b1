/// The users and groups of an image, because the same name or number must mean the same person in both.
struct Accounts: Sendable, Equatable {
  /// The numbers a process runs under.
  struct Identity: Sendable, Equatable, CustomStringConvertible {
    var user: Int
    var group: Int

    var description: String { "\(user):\(group)" }
  }

  private var users: [String: Identity] = [:]
  private var groups: [String: Int] = [:]

  /// Reads the texts of `/etc/passwd` and `/etc/group`; empty where an image has none.
  init(passwd: String, group: String) {
    for line in passwd.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 4, let user = Int(fields[2]), let group = Int(fields[3]) else { continue }
      users[String(fields[0])] = Identity(user: user, group: group)
    }
    for line in group.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 3, let number = Int(fields[2]) else { continue }
      groups[String(fields[0])] = number
    }
  }

  /// Whom a USER value means here, nil where its names are unknown.
  func identity(of text: String) -> Identity? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts.first ?? ""
    var identity: Identity
    if name.isEmpty {
      identity = Identity(user: 0, group: 0)
    } else if let known = users[name] {
      identity = known
    } else if let number = Int(name) {
      identity = Identity(user: number, group: users.values.first { $0.user == number }?.group ?? 0)
    } else if name == "root" {
      identity = Identity(user: 0, group: 0)
    } else {
      return nil
    }
    if parts.count == 2, !parts[1].isEmpty {
      guard let group = groups[parts[1]] ?? Int(parts[1]) else { return nil }
      identity.group = group
    }
    return identity
  }

  /// Compares the users of two images; a name may only become its own numbers.
  static func differences(
    old: (user: String?, accounts: Accounts), new: (user: String?, accounts: Accounts)
  ) -> [String] {
    let before = spelling(old.user)
    let after = spelling(new.user)
    let wasIdentity = old.accounts.identity(of: before)
    let isIdentity = new.accounts.identity(of: after)
    let isNumeric = !after.isEmpty && after.allSatisfy { $0.isNumber || $0 == ":" }
    if wasIdentity == isIdentity, wasIdentity != nil, before == after || isNumeric { return [] }
    func text(_ user: String, _ identity: Identity?) -> String {
      "'\(user.isEmpty ? "root" : user)' (\(identity?.description ?? "unknown there"))"
    }
    return ["User was \(text(before, wasIdentity)), is \(text(after, isIdentity))"]
  }

  /// A USER value with all ways to say root made one.
  private static func spelling(_ user: String?) -> String {
    let user = user ?? ""
    return ["root", "0", "root:root", "0:0", "root:0", "0:root"].contains(user) ? "" : user
  }
}
