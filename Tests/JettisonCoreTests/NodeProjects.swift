/// Small Node projects for tests.
enum NodeProjects {
  /// A lock file of npm: the fields of each package as JSON.
  static func lock(_ packages: [String: String]) -> String {
    let entries = packages.sorted { $0.key < $1.key }.map { "\"node_modules/\($0.key)\": {\($0.value)}" }
    return "{\"lockfileVersion\": 3, \"packages\": {\"\": {}, \(entries.joined(separator: ", "))}}"
  }

  /// A manifest.
  static func manifest(
    scripts: String = "\"build\": \"tsc\", \"start\": \"node dist/index.js\"",
    dependencies: String = "\"express\": \"4\"",
    development: String = "\"typescript\": \"5\", \"jest\": \"29\"", more: String = ""
  ) -> String {
    "{\"name\": \"x\", \"scripts\": {\(scripts)}, \"dependencies\": {\(dependencies)}, \"devDependencies\": {\(development)}\(more)}"
  }

  /// A lock file for ``manifest(scripts:dependencies:development:more:)`` as it is without arguments.
  static let plainLock = lock([
    "express": "", "typescript": "\"dev\": true, \"bin\": {\"tsc\": \"x\"}", "jest": "\"dev\": true",
  ])

  /// A TypeScript server.
  static let typescript = [
    "package.json": manifest(), "package-lock.json": plainLock,
    "tsconfig.json": "{\"compilerOptions\": {\"outDir\": \"dist\", \"rootDir\": \"src\"}}",
    "src/index.ts": "import express from 'express';\nexpress().listen(3000);\n",
  ]

  /// A server that is not built.
  static let plain = [
    "package.json": manifest(scripts: "\"start\": \"node index.js\"", development: "\"jest\": \"29\""),
    "package-lock.json": plainLock, "index.js": "require('express')().listen(3000);\n",
  ]

  /// The usual Dockerfile of a project that is built.
  static func build(_ base: String = "node:20", start: String = "CMD [\"npm\", \"start\"]\n", before: String = "")
    -> String
  {
    "FROM \(base)\n\(before)WORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\(start)"
  }

  /// The usual Dockerfile of one that is not.
  static func run(
    _ base: String = "node:20", install: String = "npm ci", start: String = "CMD [\"node\", \"index.js\"]\n"
  )
    -> String
  {
    "FROM \(base)\nWORKDIR /app\nCOPY package*.json ./\nRUN \(install)\nCOPY . .\n\(start)"
  }
}

extension [String: String] {
  /// The files with some of them replaced or added; nil takes one away.
  func with(_ changes: [String: String?]) -> [String: String] {
    var result = self
    for (path, text) in changes { result[path] = text }
    return result
  }
}
