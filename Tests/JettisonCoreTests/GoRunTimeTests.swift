import Foundation
import JettisonCore
import Testing

/// What Go programs read as they run although no plain path names it.
struct GoRunTimeTests {
  private let service = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o server .\nCMD [\"./server\"]\n"

  /// Converts a service whose main function holds a statement.
  private func serve(_ statement: String, imports: [String] = ["os"], _ files: [String: String]) -> Conversion {
    convert(service, files: go(statement, imports: imports).merging(files) { $1 })
  }

  private func go(_ statement: String, imports: [String] = ["os"]) -> [String: String] {
    let lines = imports.map { "import \"\($0)\"\n" }.joined()
    return ["go.mod": goModule, "main.go": "package main\n\n\(lines)\nfunc main() { \(statement) }\n"]
  }

  private func copy(_ path: String) -> String { "COPY --from=builder \(path) \(path)\n" }

  @Test(
    "a pattern or a name put together brings the files of the working directory that fit",
    arguments: [
      ("template.ParseGlob(\"*.gohtml\")", ["index.gohtml", "layout.gohtml"], ["notes.txt"]),
      ("os.ReadFile(fmt.Sprintf(\"active.%s.toml\", lang))", ["active.en.toml", "active.es.toml"], ["other.toml"]),
      ("os.ReadFile(\"./config.\" + stage + \".json\")", ["config.dev.json", "config.prod.json"], ["notes.txt"]),
      ("viper.SetConfigName(\"config_\" + stage)", ["config_dev.yml", "config_prod.yml"], ["notes.txt"]),
      ("godotenv.Load(\".env.\" + stage)", [".env.dev", ".env.prod"], ["notes.txt"]),
    ])
  func pattern(statement: String, read: [String], others: [String]) {
    let files = Dictionary(uniqueKeysWithValues: (read + others).map { ($0, "x\n") })
    let final = serve(statement, files).finalStage
    for name in read { #expect(final.contains(copy("/app/" + name)), "\(name)") }
    for name in others { #expect(!final.contains(name), "\(name)") }
  }

  @Test(
    "a program that reads its working directory gets all of it but the sources",
    arguments: [
      "http.FileServer(http.Dir(\".\"))", "http.FileServer(http.Dir(\"./\"))",
      "fs.WalkDir(os.DirFS(\".\"), \"css\", f)",
      "wd, _ := os.Getwd(); filepath.Walk(wd, visit)",
      "http.ServeFile(w, r, \".\" + r.URL.Path)", "os.Open(\"./\" + name)", "os.Open(\".\")",
    ])
  func workingDirectory(statement: String) {
    let files = ["index.html": "x", "css/site.css": "x", "LICENSE": "x", "internal/a.go": "package internal\n"]
    let final = serve(statement, files).finalStage
    #expect(final.contains(copy("/app/index.html")) && final.contains(copy("/app/css")))
    #expect(!final.contains("LICENSE") && !final.contains("internal"))
  }

  @Test("what an inner call does to the working directory is not the outer one's")
  func innerCall() {
    let final = serve("http.Dir(filepath.Join(root, path.Clean(\".\")))", ["index.html": "x"]).finalStage
    #expect(!final.contains("index.html"))
  }

  @Test(
    "documents that the program names are read like any other file",
    arguments: [
      ("filepath.Glob(\"content/posts/*.md\")", "content/posts/a.md", "/app/content/posts"),
      ("os.ReadFile(\"README.md\")", "README.md", "/app/README.md"),
      ("os.ReadFile(\"api/v1/service.proto\")", "api/v1/service.proto", "/app/api/v1/service.proto"),
      ("os.ReadDir(\"./posts\")", "posts/a.md", "/app/posts"),
    ])
  func documents(statement: String, file: String, path: String) {
    #expect(serve(statement, [file: "x\n"]).finalStage.contains(copy(path)))
  }

  @Test("a route does not bring the definitions and documents of its name")
  func routes() {
    let files = ["api/v1/service.proto": "x", "docs/usage.md": "x"]
    let final = serve("http.Handle(\"/api/v1\", a); http.Handle(\"/docs\", b)", files).finalStage
    #expect(!final.contains("/app/api") && !final.contains("/app/docs"))
  }

  @Test("paths in struct tags and in settings written out in the source count")
  func innerPaths() {
    let main = """
      package main

      type Config struct {
        Migrations string `env:"MIGRATIONS" envDefault:"db/migrations"`
        Templates  string `env:"TEMPLATES" default:"templates"`
      }

      var defaults = `
      server:
        locales: ./web/locales
      `

      func main() { load(defaults, "postgres://data") }

      """
    let files = [
      "go.mod": goModule, "main.go": main, "db/migrations/1.sql": "x", "templates/a.html": "x",
      "web/locales/en.json": "{}", "data/dump.sql": "x",
    ]
    let final = convert(service, files: files).finalStage
    for path in ["/app/db/migrations", "/app/templates", "/app/web/locales"] {
      #expect(final.contains(copy(path)), "\(path)")
    }
    #expect(!final.contains("/app/data"))
  }

  @Test(
    "files beside a source are brought where the program looks there",
    arguments: [
      ("runtime", "_, b, _, _ := runtime.Caller(0); open(filepath.Join(filepath.Dir(b), \"html\", \"*.tmpl\"))"),
      ("github.com/gobuffalo/packr", "packr.NewBox(\"./html\")"),
      ("github.com/GeertJohan/go.rice", "rice.MustFindBox(\"html\")"),
    ])
  func besideSource(package: String, statement: String) {
    let web = "package web\n\nimport \"\(package)\"\n\nfunc Load() { \(statement) }\n"
    let files = ["pkg/web/web.go": web, "pkg/web/html/a.tmpl": "x"]
    let module = goModule.split(separator: "\n")[0].split(separator: " ")[1]
    #expect(serve("web.Load()", imports: ["\(module)/pkg/web"], files).finalStage.contains(copy("/app/pkg/web/html")))
  }

  @Test("files beside the program's folder are brought where the program looks there")
  func besideExecutable() {
    let file =
      "FROM golang:1.22\nWORKDIR /opt/app\nCOPY . .\nRUN go build -o bin/server .\nWORKDIR /\nCMD [\"/opt/app/bin/server\"]\n"
    let files = go("e, _ := os.Executable(); open(filepath.Join(filepath.Dir(e), \"../share/www\"))")
      .merging(["share/www/index.html": "x"]) { $1 }
    #expect(convert(file, files: files).finalStage.contains(copy("/opt/app/share/www")))
  }

  @Test("a file that any command's output goes to is brought when the program reads it")
  func redirection() {
    let file = service.replacingOccurrences(of: "RUN go", with: "RUN git rev-parse --short HEAD > VERSION\nRUN go")
    let files = go("os.ReadFile(\"VERSION\")").merging([".git/HEAD": "x"]) { $1 }
    #expect(convert(file, files: files).finalStage.contains(copy("/app/VERSION")))
  }

  @Test("what a script of the build puts into folders that the start command names is brought")
  func nestedFolders() {
    let script = """
      #!/bin/sh
      set -e
      go build -o /usr/local/bin/thumb .
      mkdir -p /var/lib/thumb && cp -r assets /var/lib/thumb/

      """
    let file =
      "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN sh hack/build.sh\nENTRYPOINT [\"thumb\", \"-assets\", \"/var/lib/thumb/assets\"]\n"
    let files = ["go.mod": goModule, "main.go": plainGo, "hack/build.sh": script, "assets/a.png": "x"]
    #expect(convert(file, files: files).finalStage.contains(copy("/var/lib/thumb")))
  }

  @Test("patterns in a start script bring their folders")
  func startScript() {
    let script = "#!/bin/bash\nset -e\nfor f in sql/*.sql; do psql -f \"$f\"; done\nexec ./server\n"
    let file = service.replacingOccurrences(of: "CMD [\"./server\"]", with: "CMD [\"./start.sh\"]")
      .replacingOccurrences(of: "RUN go", with: "RUN apt-get update && apt-get install -y postgresql-client\nRUN go")
    let files = ["go.mod": goModule, "main.go": plainGo, "start.sh": script, "sql/1.sql": "x"]
    #expect(convert(file, files: files).finalStage.contains(copy("/app/sql")))
  }
}
