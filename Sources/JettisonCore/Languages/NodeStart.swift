import ContextFiles
import Projects

/// What a Node image starts, and whether that is a running program or work on its sources.
struct NodeStart {
  let situation: Situation

  init(_ situation: Situation) { self.situation = situation }

  /// The commands that use the image's own files: those of services that run the host's files are left out.
  var commands: [Roots.Command] {
    situation.roots.commands.filter { command in
      if case .compose(let name) = command.origin { !situation.roots.hostedServices.contains(name) } else { true }
    }
  }

  /// Why the image is left alone.
  var refusal: Refusal? {
    if let refusal = compiledAtStart { return refusal }
    for command in situation.roots.commands {
      switch command.origin {
      case .healthcheck, .platform: continue
      // A command beside the image's own adds needs and does not decide what the image is.
      case .compose where situation.roots.hasOwnCommand: continue
      default: break
      }
      guard let program = command.words.first ?? nil else { continue }
      let name = ContextPath.lastComponent(program)
      let arguments = command.words.dropFirst().compactMap { $0 }
      if Self.isDevelopmentServer(name, arguments) {
        return Refusal(
          .devImage, "\(command.starter) starts '\(Self.shown(name, arguments))', a server for development")
      }
      if Self.isCompiler(name, arguments) {
        return Refusal(
          .startNeedsToolchain,
          "\(command.starter) starts '\(Self.shown(name, arguments))', which compiles the sources first")
      }
      if Self.installs(name, arguments) {
        return Refusal(
          .startNeedsToolchain,
          "\(command.starter) starts '\(Self.shown(name, arguments))', which installs dependencies")
      }
    }
    for entry in NodeReach.entries(of: situation) {
      guard case .success(let bytes) = situation.reader.contents(of: entry) else { continue }
      let imports = NodeSource(parsing: bytes).imports.compactMap(NodeSource.package(of:))
      if let module = imports.sorted().first(where: { Self.serverModules.contains($0) }) {
        return Refusal(.devImage, "'\(entry)' starts '\(module)', a server for development")
      }
    }
    return nil
  }

  private static func shown(_ name: String, _ arguments: [String]) -> String {
    let flags = arguments.prefix { $0.hasPrefix("-") && !$0.contains("/") }
    let verb = arguments.dropFirst(flags.count).prefix(1).filter { !$0.contains("/") }
    return ([name] + flags + verb).joined(separator: " ")
  }

  private static let serverModules: Set<String> = [
    "webpack-dev-server", "webpack-dev-middleware", "browser-sync", "nodemon",
  ]

  /// Tools that watch the sources or serve them while they are written.
  static func isDevelopmentServer(_ name: String, _ arguments: [String]) -> Bool {
    let verb = arguments.first { !$0.hasPrefix("-") }
    let watches = arguments.contains { ["--watch", "-w", "--hot"].contains($0) || $0.hasPrefix("--watch-path") }
    switch name {
    case "nodemon", "ts-node-dev", "tsnd", "webpack-dev-server", "node-dev", "supervisor", "live-server",
      "browser-sync", "start-storybook",
      "storybook", "expo", "json-server-auth":
      return true
    case "react-scripts", "craco", "react-app-rewired", "docusaurus", "razzle": return verb == "start"
    case "next", "nuxt", "nuxi", "astro", "remix", "umi", "max", "svelte-kit", "quasar", "vuepress", "vitepress",
      "wrangler", "dumi", "blitz":
      return verb == "dev" || (verb == nil && ["next", "nuxt"].contains(name) && !arguments.contains("--version"))
    case "vite": return verb == nil || verb == "dev" || verb == "serve"
    case "vue-cli-service", "ng", "ionic", "ember", "nx": return verb == "serve" || verb == "s" || verb == "server"
    case "gatsby", "strapi", "directus", "medusa": return verb == "develop"
    case "webpack": return verb == "serve" || watches
    case "parcel": return verb == nil || verb == "serve" || verb?.hasSuffix(".html") == true
    case "gulp", "grunt": return ["serve", "watch", "dev", "server"].contains(verb ?? "")
    case "nest": return arguments.contains("--watch") || arguments.contains("--debug") || arguments.contains("-w")
    case "tsx", "node", "tsc", "swc", "babel", "bun", "esbuild", "rollup", "turbo", "babel-node":
      return watches || (name == "turbo" && verb == "dev")
    default: return false
    }
  }

  /// Tools that compile before or while the program runs.
  private static func isCompiler(_ name: String, _ arguments: [String]) -> Bool {
    let verb = arguments.first { !$0.hasPrefix("-") }
    switch name {
    case "ts-node", "ts-node-esm", "ts-node-script", "tsx", "tsm", "tsimp", "babel-node", "tsc", "swc-node", "esno",
      "vite-node", "sucrase-node", "jiti":
      return true
    case "nest": return verb == "start" || verb == "build"
    case "webpack", "rollup", "esbuild", "tsup", "babel", "swc", "vite", "react-scripts", "vue-cli-service", "ng",
      "next", "nuxt", "gatsby", "astro", "parcel", "turbo", "nx":
      return verb == "build" || (["webpack", "rollup", "babel", "swc"].contains(name))
    case "node":
      for (index, argument) in arguments.enumerated() {
        let value =
          ["-r", "--require", "--loader", "--import", "--experimental-loader"].contains(argument)
            && index + 1 < arguments.count
          ? arguments[index + 1] : argument.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init)
        if argument.hasPrefix("-"), let value, registersCompiler(value) {
          return true
        }
      }
      return false
    default: return false
    }
  }

  private static func installs(_ name: String, _ arguments: [String]) -> Bool {
    let verb = arguments.first { !$0.hasPrefix("-") }
    switch name {
    case "npm", "pnpm", "bun": return ["install", "i", "ci", "add", "rebuild"].contains(verb ?? "")
    case "yarn": return arguments.isEmpty || ["install", "add"].contains(verb ?? "")
    default: return false
    }
  }
}
