import Foundation

/// What `image inspect` says, as far as it is compared.
struct ImageInspection: Decodable, Sendable {
  let id: String
  let size: Int64
  let configuration: ImageConfiguration
  let layers: Int

  private struct FileSystem: Decodable {
    var layers: [String]?

    enum CodingKeys: String, CodingKey { case layers = "Layers" }
  }

  private enum CodingKeys: String, CodingKey {
    case id = "Id"
    case size = "Size"
    case configuration = "Config"
    case files = "RootFS"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decodeIfPresent(String.self, forKey: .id) ?? ""
    size = try values.decode(Int64.self, forKey: .size)
    configuration = try values.decode(ImageConfiguration.self, forKey: .configuration)
    layers = try values.decodeIfPresent(FileSystem.self, forKey: .files)?.layers?.count ?? 0
  }

  static func decode(_ bytes: [UInt8]) throws -> [ImageInspection] {
    do {
      return try JSONDecoder().decode([ImageInspection].self, from: Data(bytes))
    } catch {
      throw Trouble("engine-failed", "what 'image inspect' says cannot be read: \(error)")
    }
  }
}

/// A layer of an image.
public struct Layer: Sendable, Equatable, Encodable {
  /// The bytes it adds.
  public var size: Int64
  /// The instruction that made it.
  public var madeBy: String

  /// Reads what `history` prints: lines of objects, or one list of them; the newest first.
  static func read(_ text: String) -> [Layer] {
    struct Row: Decodable {
      var size: Int64
      var madeBy: String

      enum CodingKeys: String, CodingKey {
        case docker = "Size"
        case dockerMadeBy = "CreatedBy"
        case podman = "size"
        case podmanMadeBy = "createdBy"
      }

      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        if let number = try values.decodeIfPresent(Int64.self, forKey: .podman) {
          size = number
        } else {
          size = Int64(try values.decode(String.self, forKey: .docker)) ?? 0
        }
        madeBy =
          try values.decodeIfPresent(String.self, forKey: .dockerMadeBy)
          ?? values.decodeIfPresent(String.self, forKey: .podmanMadeBy) ?? ""
      }
    }
    let decoder = JSONDecoder()
    let rows =
      (try? decoder.decode([Row].self, from: Data(text.utf8)))
      ?? text.split(separator: "\n").compactMap { try? decoder.decode(Row.self, from: Data($0.utf8)) }
    return rows.reversed().map { Layer(size: $0.size, madeBy: $0.madeBy.replacing("# buildkit", with: "").trimmed) }
  }
}

/// How a container is, by `container inspect`.
struct ContainerState: Sendable, Equatable {
  /// Whether its program runs.
  var isRunning: Bool
  /// The status it ended with.
  var status: Int
  /// The health check's word: `starting`, `healthy` or `unhealthy`; nil without one.
  var health: String?
  /// What the last health check printed.
  var healthLog: String?
  /// Why it could not be started.
  var error: String

  private struct Row: Decodable {
    struct Health: Decodable {
      struct Check: Decodable {
        var output: String?

        enum CodingKeys: String, CodingKey { case output = "Output" }
      }

      var status: String?
      var log: [Check]?

      enum CodingKeys: String, CodingKey {
        case status = "Status"
        case log = "Log"
      }
    }

    struct State: Decodable {
      var running: Bool
      var status: Int
      var health: Health?
      var error: String?

      enum CodingKeys: String, CodingKey {
        case running = "Running"
        case status = "ExitCode"
        case health = "Health"
        case error = "Error"
      }
    }

    var state: State

    enum CodingKeys: String, CodingKey { case state = "State" }
  }

  static func decode(_ bytes: [UInt8]) throws -> ContainerState? {
    let rows: [Row]
    do {
      rows = try JSONDecoder().decode([Row].self, from: Data(bytes))
    } catch {
      throw Trouble("engine-failed", "what 'container inspect' says cannot be read: \(error)")
    }
    return rows.first.map { row in
      let health = row.state.health.flatMap { $0.status }.flatMap { $0.isEmpty || $0 == "none" ? nil : $0 }
      return ContainerState(
        isRunning: row.state.running, status: row.state.status, health: health,
        healthLog: row.state.health?.log?.last?.output, error: row.state.error ?? "")
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
