import ContextFiles
import Projects
import ShellSyntax

/// Tools of Node projects: compilers, bundlers, frameworks, linters, and the scripts of `package.json`.
enum NodeTools {
  static let rules: [CommandRule] = [
    CommandRule(
      "node", "nodejs",
      examples: [
        .init("node scripts/build.js", .projectTool), .init("node --version", .inert), .init("node -e 'x()'", .unknown),
      ]
    ) { invocation in
      if invocation.arguments.contains(where: { ["-v", "--version", "-h", "--help"].contains($0) }) {
        return CommandEffect(.inert)
      }
      let words = invocation.positional(valued: ["-r", "--require", "--import", "--loader", "--max-old-space-size"])
      guard let script = words.first ?? nil,
        !invocation.arguments.contains(where: { ["-e", "--eval", "-p", "--print"].contains($0) })
      else { return CommandEffect(.unknown) }
      var effect = projectTool(invocation, in: invocation.directory)
      let path = invocation.path(script)
      if let text = invocation.surroundings.text(ofImagePath: path) {
        effect.writes += ownPaths(in: text, invocation.directory)
      }
      return effect
    },
    CommandRule(
      "tsc", "tsc-alias", "tspc", "webpack", "webpack-cli", "vite", "rollup", "esbuild", "swc", "babel", "tsup",
      "parcel", "gulp",
      "grunt", "next", "nest", "ng", "nuxt", "nuxi", "react-scripts", "vue-cli-service", "gatsby", "astro",
      "svelte-kit",
      "remix", "turbo", "nx", "lerna", "rimraf", "cpx", "copyfiles", "ncp", "cpy", "mkdirp", "shx", "cross-env",
      "cross-env-shell", "dotenv", "env-cmd",
      "prisma", "typeorm", "sequelize", "sequelize-cli", "knex", "drizzle-kit", "graphql-codegen", "ts-node", "tsx",
      "node-gyp",
      "node-pre-gyp", "prebuild-install", "sass", "node-sass", "postcss", "tailwindcss", "tailwind", "browserify",
      "uglifyjs", "terser",
      "craco", "umi", "umijs", "max", "quasar", "ionic", "vuepress", "vitepress", "docusaurus", "hexo", "eleventy",
      "strapi", "medusa",
      "sls", "pkg", "ncc", "concurrently", "npm-run-all", "run-s", "run-p", "run-z", "wait-on", "husky", "is-ci",
      "patch-package", "ngcc", "bower",
      "jake", "lessc", "coffee", "pug", "stylus", "svgo", "workbox", "ember", "preact", "stencil", "expo", "payload",
      "directus",
      "wrangler", "tsoa", "swagger", "openapi-generator-cli", "microbundle", "tsdx", "unbuild", "obuild", "bili",
      "backpack", "razzle", "electron-builder", "hardhat", "truffle", "ace", "mikro-orm",
      "keystone", "redwood", "rw", "blitz", "wasp", "sapper", "svelte-package", "vue-tsc", "lingui", "i18next",
      "paraglide-js", "contentlayer", "velite", "rslib", "rsbuild", "rspack", "farm", "modern", "ice", "dumi", "father",
      "api-extractor", "typedoc", "jsdoc",
      does: .projectTool,
      examples: [
        .init("tsc -p tsconfig.build.json", .projectTool), .init("next build", .projectTool),
        .init("webpack --mode production", .projectTool), .init("vite build", .projectTool),
      ]),
    CommandRule(
      "eslint", "jest", "mocha", "vitest", "prettier", "ava", "tap", "nyc", "c8", "stylelint", "tslint", "biome", "xo",
      "standard", "karma", "jasmine", "commitlint", "lint-staged", "depcheck", "oxlint",
      does: .check, examples: [.init("eslint .", .check), .init("jest --ci", .check)]),
  ]

  /// Runs a tool of the project, as `npx` and `yarn exec` do.
  static func run(_ invocation: Invocation, words: [String?]) -> CommandEffect {
    guard let name = words.first ?? nil else { return CommandEffect(.unknown) }
    let tool = String(name.first.map(String.init) ?? "") + name.dropFirst().prefix { $0 != "@" }
    // These fetch browsers and programs to places of their own.
    if ["playwright", "puppeteer", "@puppeteer/browsers", "cypress", "electron", "degit", "create-react-app"].contains(
      tool)
    {
      return CommandEffect(.unknown)
    }
    if tool == "node" {
      guard let script = words.dropFirst().first ?? nil, !script.hasPrefix("-") else { return CommandEffect(.unknown) }
      return projectTool(invocation, in: invocation.directory)
    }
    if let rule = rules.first(where: { $0.programs.contains(tool) }), rule.examples.first?.role == .check {
      return check(invocation)
    }
    return projectTool(invocation, in: invocation.directory)
  }

  /// Runs a script of the `package.json` in a folder.
  static func script(_ name: String, _ invocation: Invocation, in folder: String) -> CommandEffect {
    let checks = [
      "test", "lint", "typecheck", "type-check", "check", "check-types", "coverage", "unit", "e2e", "prettier",
      "format",
    ]
    let stem = name.split(separator: ":").first.map(String.init) ?? name
    var effect =
      checks.contains(name) || checks.contains(stem) ? check(invocation) : projectTool(invocation, in: folder)
    guard let project = NodeCommands.project(invocation, in: folder) else { return effect }
    for command in project.package.commands(of: name) ?? [] { effect.writes += ownPaths(in: command, folder) }
    return effect
  }

  /// The absolute paths a text names below which it may write, those of the project left out.
  private static func ownPaths(in text: String, _ folder: String) -> [String] {
    ProjectScript.absolutePaths(in: text).filter { path in
      ContextPath.isWithin(path, folder)
        || ["/var", "/srv", "/data", "/opt", "/usr/share", "/app"].contains { ContextPath.isWithin(path, $0) }
    }
  }

  /// A tool of the project: it reads and writes below its folder.
  static func projectTool(_ invocation: Invocation, in folder: String) -> CommandEffect {
    var effect = CommandEffect(.projectTool)
    effect.reads = [folder]
    effect.writes = [folder]
    effect.environment = nil
    return effect
  }

  private static func check(_ invocation: Invocation) -> CommandEffect {
    var effect = CommandEffect(.check)
    effect.reads = [invocation.directory]
    effect.environment = nil
    return effect
  }

  /// Whether an install hook changes nothing but `node_modules`, hooks of git included.
  static func onlyTouchesModules(_ text: String) -> Bool {
    let known: Set<String> = [
      "husky", "husky-init", "patch-package", "is-ci", "echo", "exit", "true", "ngcc", "only-allow", "simple-git-hooks",
      "lefthook",
      "opencollective", "opencollective-postinstall", "ts-patch", "yarn-deduplicate", "ivy-ngcc", "install",
      "npm-force-resolutions", "check-node-version", "check-engine", "node-gyp", "node-gyp-build", "test", "[", ":",
      "exit",
    ]
    let script = ShellScript(parsing: text)
    return script.commands.allSatisfy { placed in
      guard let words = placed.command?.words.map({ $0.literal ?? "" }), let first = words.first else {
        return placed.command != nil
      }
      var rest = words[...]
      if ["npx", "cross-env", "yarn", "pnpm", "bunx"].contains(first) {
        rest = rest.dropFirst().drop { $0.hasPrefix("-") || $0.contains("=") }
      }
      guard let tool = rest.first else { return false }
      if known.contains(tool) { return true }
      return tool == "prisma" && rest.dropFirst().first == "generate"
        || tool == "npm" && rest.dropFirst().first == "rebuild"
    }
  }
}
