import Projects
import Testing

struct MakefileTests {
  @Test("reads rules with prerequisites and recipes")
  func rules() throws {
    let makefile = Makefile(
      parsing: """
        # build everything
        .PHONY: all build
        all: build test # both
        build: deps
        \tgo build -o bin/app ./cmd/app
        \t@echo done

        deps test:
        \t-go mod download
        \t+@ls
        """)
    #expect(makefile.defaultTarget == "all")
    #expect(Set(makefile.rules.keys) == ["all", "build", "deps", "test"])
    #expect(makefile.rules["all"]?.prerequisites == ["build", "test"])
    #expect(makefile.rules["all"]?.recipe.isEmpty == true)
    #expect(makefile.rules["build"]?.recipe == ["go build -o bin/app ./cmd/app", "echo done"])
    #expect(makefile.rules["test"]?.recipe == ["go mod download", "ls"])
  }

  @Test("gives the lines a target runs, prerequisites first and once")
  func commands() {
    let makefile = Makefile(parsing: "a: b c\n\techo a\nb: d\n\techo b\nc: d a\n\techo c\nd:\n\techo d\n")
    #expect(makefile.commands(for: "a") == ["echo d", "echo b", "echo c", "echo a"])
    #expect(makefile.commands(for: "d") == ["echo d"])
    #expect(makefile.commands(for: nil) == makefile.commands(for: "a"))
    #expect(makefile.commands(for: "nope") == nil)
    #expect(Makefile(parsing: "").commands(for: nil) == nil)
  }

  @Test(
    "the first rule that is neither special nor a pattern is the default",
    arguments: [
      (".PHONY: x\na:\nb:\n", "a"), ("%.o: %.c\n\tcc\na:\n", "a"), (".DEFAULT_GOAL := b\na:\nb:\n", "a"),
      ("X = 1\n", nil), ("", nil),
    ] as [(String, String?)])
  func defaultTarget(text: String, expected: String?) {
    #expect(Makefile(parsing: text).defaultTarget == expected)
  }

  @Test(
    "fills in variables and leaves what make would compute",
    arguments: [
      ("X = a\n", "$(X)", "a"), ("X := a b\n", "${X}", "a b"), ("X ::= a\n", "$(X)", "a"), ("X ?= a\n", "$(X)", "a"),
      ("X = a\nX ?= b\n", "$(X)", "a"), ("X = a\nX = b\n", "$(X)", "b"), ("export X = a\n", "$(X)", "a"),
      ("X=a\nY=$(X)/b\n", "$(Y)", "a/b"), ("Y = $(X)/b\nX = a\n", "$(Y)", "a/b"), ("", "$(X)", "$(X)"),
      ("", "$(shell git describe)", "$(shell git describe)"), ("X = $(shell date)\n", "$(X)", "$(shell date)"),
      ("", "$$HOME $$(pwd)", "$HOME $(pwd)"), ("", "$@ $< $^", "$@ $< $^"), ("X = a # b\n", "$(X)c", "ac"),
      ("X =\n", "[$(X)]", "[]"), ("X = a \\\n  b\n", "$(X)", "a    b"), ("X = $(X)\n", "a", "a"), ("", "$(X", "$(X"),
      ("", "a$", "a$"), ("", "$(a $(b) c)", "$(a $(b) c)"),
    ])
  func variables(definitions: String, line: String, expected: String) {
    let makefile = Makefile(parsing: definitions + "t:\n\t" + line + "\n")
    #expect(makefile.commands(for: "t") == [expected])
  }

  @Test("adds to a variable")
  func appended() {
    #expect(Makefile(parsing: "F = -a\nF += -b\nt:\n\tx $(F)\n").commands(for: "t") == ["x -a -b"])
    #expect(Makefile(parsing: "F += -b\nt:\n\tx $(F)\n").commands(for: "t") == ["x -b"])
  }

  @Test("leaves a variable that make would compute as it is written")
  func shellVariable() {
    #expect(Makefile(parsing: "V != git describe\nt:\n\techo $(V)\n").commands(for: "t") == ["echo $(V)"])
  }

  @Test("joins continued lines")
  func continuation() {
    let makefile = Makefile(parsing: "a: b \\\n  c\n\tx \\\n\t  && y\nb:\nc:\n")
    #expect(makefile.rules["a"]?.prerequisites == ["b", "c"])
    #expect(makefile.rules["a"]?.recipe.first?.split(whereSeparator: \.isWhitespace) == ["x", "&&", "y"])
  }

  @Test("reads a file with Windows line endings")
  func windows() {
    let makefile = Makefile(parsing: "X = a\r\nall: b\r\n\techo $(X)\r\nb:\r\n\techo b\r\n")
    #expect(makefile.commands(for: nil) == ["echo b", "echo a"])
  }

  @Test("a recipe ends at the next line that is none")
  func recipeEnd() {
    let makefile = Makefile(parsing: "a:\n\tx\n\n\ty\nX = 1\n\tz\nb: ; w\n")
    #expect(makefile.rules["a"]?.recipe == ["x", "y"])
    #expect(makefile.rules["b"] != nil)
  }

  @Test(
    "passes over comments, conditionals and includes",
    arguments: [
      "# a:\n", "include x.mk\n", "-include x.mk\n", "ifdef X\nendif\n", "ifeq ($(X),y)\nelse\nendif\n",
      "vpath %.c src\n", "unexport X\n", "\tlost recipe\n",
    ])
  func others(text: String) {
    let makefile = Makefile(parsing: text + "t:\n\tx\n")
    #expect(Array(makefile.rules.keys) == ["t"])
    #expect(makefile.commands(for: nil) == ["x"])
  }

  @Test("a comment in a recipe is left out, and a hash in a command kept")
  func recipeComments() {
    #expect(Makefile(parsing: "t:\n\t# note\n\techo '#'\n\t@# quiet\n").commands(for: "t") == ["echo '#'"])
  }

  @Test("a rule with variables in its targets and prerequisites is read with their values")
  func targetVariables() {
    let makefile = Makefile(parsing: "BIN = app\nall: $(BIN)\n$(BIN): main.go\n\tgo build -o $(BIN)\n")
    #expect(makefile.commands(for: "all") == ["go build -o app"])
  }
}
