import Projects
import Testing

struct PlatformFileTests {
  private func words(_ command: PlatformFile.Command) -> String {
    [command.entrypoint, command.command].compactMap { $0 }.map { override in
      switch override {
      case .text(let text): text
      case .words(let words): words.joined(separator: ",")
      }
    }.joined(separator: "|")
  }

  @Test(
    "reads the commands that platforms run in an image",
    arguments: [
      (
        "fly.toml", "[deploy]\nrelease_command = \"npx x\"\n[processes]\napp = \"node a.js\"\n", ["npx x", "node a.js"]
      ),
      (
        "heroku.yml", "release:\n  image: web\n  command:\n    - npx x\nrun:\n  web: node a.js\n",
        ["npx x", "node a.js"]
      ),
      ("Procfile", "web: node a.js\nrelease: npx x\n", ["npx x"]),
      ("app.json", "{\"scripts\": {\"dokku\": {\"predeploy\": \"npx x\"}}}", ["npx x"]),
      ("render.yaml", "services:\n  - type: web\n    preDeployCommand: npx x\n", ["npx x"]),
      ("railway.json", "{\"deploy\": {\"startCommand\": \"node a.js\"}}", ["node a.js"]),
      ("fly.toml", "[deploy", []), ("heroku.yml", "a: [", []), ("app.json", "{", []),
    ])
  func platforms(file: String, text: String, expected: [String]) {
    #expect(PlatformFile.isName(file))
    #expect(PlatformFile.commands(text, file: file).map(words) == expected)
  }

  @Test("reads the containers and probes of manifests, other people's images left out")
  func kubernetes() {
    let text = """
      kind: Deployment
      spec:
        template:
          spec:
            initContainers:
            - {name: db, image: busybox, command: [nc, db]}
            - {name: m, image: acme/a, command: [npm, run, migrate]}
            containers:
            - image: "{{ .Values.image }}:1"
              {{- if .Values.x }}
              args: [worker]
              livenessProbe: {exec: {command: [cat, /tmp/ok]}}
      ---
      kind: Service
      """
    let commands = PlatformFile.commands(text, file: "k8s/a.yaml")
    #expect(Set(commands.map(words)) == ["npm,run,migrate", "worker", "cat,/tmp/ok"])
    #expect(commands.filter(\.isProbe).map(words) == ["cat,/tmp/ok"])
    #expect(PlatformFile.commands("a: 1\ncontainers: [{command: [x]}]\n", file: "k8s/values.yaml").isEmpty)
  }
}
