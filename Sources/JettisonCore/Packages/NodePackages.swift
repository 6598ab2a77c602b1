import ContextFiles
import Projects

/// What is known about packages of npm: commands they bring, native code, programs and libraries they need.
///
/// Sources: each package's own `package.json` and installation page.
enum NodePackages {
  // MARK: Commands

  /// The package that brings a command, by commands whose name is not the package's.
  static let commands: [String: [String]] = [
    "tsc": ["typescript"], "nest": ["@nestjs/cli"], "ng": ["@angular/cli"], "sequelize": ["sequelize-cli"],
    "webpack": ["webpack-cli", "webpack"], "vue-cli-service": ["@vue/cli-service"], "dotenv": ["dotenv-cli"],
    "dotenvx": ["@dotenvx/dotenvx"], "cross-env-shell": ["cross-env"], "run-s": ["npm-run-all", "npm-run-all2"],
    "run-p": ["npm-run-all", "npm-run-all2"], "pm2-runtime": ["pm2"], "babel": ["@babel/cli", "babel-cli"],
    "babel-node": ["@babel/node", "babel-cli"], "swc": ["@swc/cli"], "ts-node-esm": ["ts-node"],
    "tsnd": ["ts-node-dev"],
    "strapi": ["@strapi/strapi", "strapi"], "nuxi": ["nuxt", "nuxi"], "remix-serve": ["@remix-run/serve"],
    "medusa": ["@medusajs/medusa", "@medusajs/cli"], "mikro-orm": ["@mikro-orm/cli"], "wait-on": ["wait-on"],
    "typeorm-ts-node-commonjs": ["typeorm"], "react-router-serve": ["@react-router/serve"],
    "docusaurus": ["@docusaurus/core"], "graphql-codegen": ["@graphql-codegen/cli"], "hs": ["http-server"],
    "json-server": ["json-server"], "sls": ["serverless"], "shx": ["shx"], "env-cmd": ["env-cmd"],
  ]

  /// The package among some that brings a command: by the lock file, by the table, by its name.
  static func package(bringing command: String, lock: NodeLock?, candidates: Set<String>) -> String? {
    if candidates.contains(command) { return command }
    if let found = commands[command]?.first(where: candidates.contains) { return found }
    return lock?.packages.first { $0.bin.contains(command) && candidates.contains($0.name) }?.name
  }

  // MARK: Native code

  /// Packages whose install scripts compile and fetch nothing: they print, or choose between files of JavaScript.
  static let harmlessScripts: Set<String> = [
    "core-js", "core-js-pure", "core-js-bundle", "@nestjs/core", "es5-ext", "protobufjs", "@apollo/protobufjs",
    "styled-components", "vue-demi", "msw", "@scarf/scarf", "ejs", "highlight.js", "uglifyjs-webpack-plugin", "husky",
    "@fortawesome/fontawesome-free", "web3", "web3-bzz", "web3-shh", "preact", "inferno", "bootstrap-vue",
    "opencollective-postinstall",
    "nodemon", "less", "rxjs-compat", "@cubejs-client/core", "yarn", "aos", "parse", "sinon", "simple-git-hooks",
    "@sentry/cli-linux-never",
  ]

  /// Packages that hold native code although neither a script nor a field says so.
  static let silentlyNative: Set<String> = [
    "uWebSockets.js", "hyper-express", "ffprobe-static", "7zip-bin", "@datadog/pprof", "@datadog/native-appsec",
    "zeromq-ng",
    "pdf2json-native", "@ffmpeg-installer/linux-x64",
  ]

  /// Whether a package of a lock file that names scripts, systems and C libraries may hold native code.
  static func holdsNativeCode(_ package: NodeLock.Package) -> Bool {
    if silentlyNative.contains(package.name) { return true }
    if package.hasInstallScript, !harmlessScripts.contains(package.name) { return true }
    return !package.os.isEmpty || !package.cpu.isEmpty || !package.libc.isEmpty
  }

  /// Packages whose install scripts read the project around them, with the endings of the files they look for.
  static let projectReaders: [String: [String]] = [
    "@prisma/client": [".prisma"], "prisma": [".prisma"], "zenstack": [".zmodel"],
    "msw": ["mockServiceWorker.js"], "@sveltejs/kit": ["svelte.config.js", "svelte.config.ts"],
    "puppeteer": [
      ".puppeteerrc.cjs", ".puppeteerrc.js", ".puppeteerrc", "puppeteer.config.cjs", "puppeteer.config.js",
    ],
    "blitz": ["blitz.config.js", "blitz.config.ts"],
  ]

  // MARK: What packages need of the system

  /// Packages that drive a browser, with more libraries than can be named.
  static let browsers: Set<String> = [
    "puppeteer", "playwright", "playwright-core", "playwright-chromium", "playwright-firefox", "@playwright/test",
    "electron",
    "phantomjs-prebuilt", "phantomjs", "nightmare", "chromium", "@sparticuz/chromium", "puppeteer-extra", "html-pdf",
    "wkhtmltopdf-installer",
  ]

  /// Packages that are linked to libraries of the system they were built on.
  static let linked: Set<String> = [
    "nodegit", "ibm_db", "oracledb", "node-rdkafka", "kerberos", "odbc", "gl", "imagemagick-native", "magickwand",
    "node-hid", "opencv4nodejs",
    "opencv-build", "node-libcurl", "mapnik", "pcap", "canvas-prebuilt", "gpio", "pigpio", "node-webrtc", "libxmljs-mt",
    "unixodbc", "ldapjs-native", "sword",
    "java", "node-java", "pdf-poppler", "xpdf", "speaker", "naudiodon",
  ]

  /// Debian's packages with the libraries behind a package of npm.
  static let libraries: [String: [String]] = [
    "pg-native": ["libpq5"], "libpq": ["libpq5"], "prisma": ["openssl"], "@prisma/client": ["openssl"],
  ]

  /// The programs a package of npm starts.
  static let programs: [String: [String]] = [
    "simple-git": ["git"], "git-raw-commits": ["git"], "nodegit": ["git"], "gm": ["convert"],
    "imagemagick": ["convert"],
    "uploadfs": ["convert"], "easyimage": ["convert"], "im-resize": ["convert"], "pdf2pic": ["convert"],
    "imagemagick-stream": ["convert"],
    "mysqldump": [], "node-ssh-exec": ["ssh"], "python-shell": ["python3"], "pythonia": ["python3"], "degit": ["git"],
    "isomorphic-unzip": ["unzip"],
    "gitlog": ["git"], "gift": ["git"], "nodegit-promise": ["git"], "node-git-server": ["git"],
    "apostrophe": ["convert"],
  ]

  /// Tools of JavaScript alone, which install on any of a line's images.
  static let portableTools: Set<String> = [
    "pm2", "pnpm", "yarn", "serve", "http-server", "forever", "nodemon", "cross-env", "dotenv-cli", "env-cmd",
    "concurrently",
    "npm-run-all", "rimraf", "local-web-server", "lite-server", "json-server", "wait-on", "ts-node", "tsx",
    "typescript", "corepack",
    "express-generator", "sequelize-cli", "knex", "@nestjs/cli", "migrate-mongo", "db-migrate", "node-pg-migrate",
  ]

  /// Tools that serve a folder of files and need no dependencies of the project.
  static let fileServers: Set<String> = ["serve", "http-server", "hs", "local-web-server", "lite-server"]

  // MARK: Sizes

  private static let sizes: [String: Double] = [
    "typescript": 30, "@types/node": 2.5, "cypress": 600, "puppeteer": 300, "electron": 250, "playwright": 10,
    "webpack": 6,
    "@swc/core": 35,
    "@swc/core-linux-x64-gnu": 35, "@swc/core-linux-x64-musl": 35, "esbuild": 10, "@esbuild/linux-x64": 10,
    "aws-sdk": 90, "next": 100, "node-sass": 15,
    "sass": 6, "@angular/cli": 5, "@nestjs/cli": 3, "jest": 1, "prettier": 9, "eslint": 5, "rxjs": 5, "vite": 4,
    "rollup": 3, "@babel/core": 1,
    "react-scripts": 1, "firebase-tools": 60, "flow-bin": 60, "moment": 5, "lodash": 5, "core-js": 7,
    "@mui/icons-material": 100,
  ]

  /// The unpacked size of packages in megabytes, roughly.
  static func size(of names: [String]) -> Int {
    Int(names.reduce(0.0) { $0 + (sizes[$1] ?? ($1.hasPrefix("@types/") ? 0.1 : 0.25)) })
  }

  /// Well-known development dependencies with what they need themselves.
  private static let treeSizes: [String: Double] = [
    "jest": 30, "eslint": 20, "webpack": 30, "nodemon": 8, "mocha": 10, "vitest": 30, "@nestjs/cli": 60,
    "@angular/cli": 100, "react-scripts": 250, "@babel/core": 15, "@babel/preset-env": 30, "vite": 25, "husky": 1,
  ]

  /// The size of packages with what they need themselves, where no lock file tells that.
  static func size(ofNamed names: [String]) -> Int {
    Int(names.reduce(0.0) { $0 + (treeSizes[$1] ?? sizes[$1] ?? ($1.hasPrefix("@types/") ? 0.2 : 4)) })
  }
}
