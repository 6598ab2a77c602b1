import JettisonCore

/// Small projects for the hard cases, one per language, and the usual Dockerfiles around them.
enum HardCaseProjects {
  static let go = ["go.mod": goModule, "main.go": plainGo]

  static let python = ["requirements.txt": "flask\n", "app.py": "import flask\napp = flask.Flask(__name__)\n"]

  static let maven = [
    "pom.xml":
      "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId><version>1</version></project>",
    "src/main/java/a/Main.java": "package a;\npublic class Main { public static void main(String[] x) {} }\n",
  ]

  /// A Go program that reads a file.
  static func goReading(_ path: String) -> [String: String] {
    go.with(["main.go": "package main\n\nimport \"os\"\n\nfunc main() { os.ReadFile(\"\(path)\") }\n"])
  }

  /// A Go image: lines before the copy, lines behind the build, the start.
  static func goFile(
    _ base: String = "golang:1.22", before: String = "", build: String = "RUN go build -o /app .\n", after: String = "",
    start: String = "CMD [\"/app\"]\n"
  ) -> String {
    "FROM \(base)\n\(before)WORKDIR /src\nCOPY . .\n\(build)\(after)\(start)"
  }

  /// A Python image: lines before the install, lines behind it, the start.
  static func pythonFile(
    _ base: String = "python:3.11", before: String = "", after: String = "",
    start: String = "CMD [\"python\", \"app.py\"]\n"
  ) -> String {
    "FROM \(base)\n\(before)WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n\(after)\(start)"
  }

  /// A Maven image with lines behind the build.
  static func mavenFile(after: String = "", start: String = "CMD [\"java\", \"-jar\", \"/build/target/b-1.jar\"]\n")
    -> String
  {
    "FROM maven:3.9-eclipse-temurin-17\nWORKDIR /build\nCOPY . .\nRUN mvn -B package\n\(after)\(start)"
  }
}
