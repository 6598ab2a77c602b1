@testable import ShellSyntax
import Testing

struct ShellParserTests {
  @Test(
    "joins commands as the shell does",
    arguments: [
      ("a b c", "a b c"), ("a && b", "and(a, b)"), ("a&&b", "and(a, b)"), ("a && b && c", "and(and(a, b), c)"),
      ("a || b && c", "and(or(a, b), c)"), ("a && b || c", "or(and(a, b), c)"), ("a; b", "seq(a, b)"),
      ("a;b;", "seq(a, b)"), ("a & b", "seq(a, b)"), ("a &", "a"), ("! a && b", "and(a, b)"),
      ("a\nb\n\nc\n", "seq(a, b, c)"), ("a &&\n b", "and(a, b)"),
      ("a ||\n# c\n\n b", "or(a, b)"), ("a | b | c", "pipe(a, b, c)"), ("a |& b", "pipe(a, b)"),
      ("a |\n b", "pipe(a, b)"), ("a | b && c | d", "and(pipe(a, b), pipe(c, d))"), ("  a  ", "a"), ("", "seq()"),
      (" \n\t\n", "seq()"), ("# c", "seq()"), ("\ta\t&&\tb\t", "and(a, b)"),
      ("a && b; c || d", "seq(and(a, b), or(c, d))"), ("a\r\nb\r\n", "seq(a\r, b\r)"),
    ])
  func lists(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "reads subshells and groups",
    arguments: [
      ("(a)", "sub(a)"), ("(a; b) && c", "and(sub(seq(a, b)), c)"), ("( (a) )", "sub(sub(a))"),
      ("(a\nb\n)", "sub(seq(a, b))"), ("{ a; }", "group(a)"), ("{ a; b; } || c", "or(group(seq(a, b)), c)"),
      ("{ a\nb\n}", "group(seq(a, b))"), ("(a) | { b; }", "pipe(sub(a), group(b))"),
      ("a && (b || c)", "and(a, sub(or(b, c)))"), ("{ (a); { b; }; }", "group(seq(sub(a), group(b)))"),
      ("(a)&&(b)", "and(sub(a), sub(b))"), ("{ a; } 2>&1", "group(a)"), ("{ a; } >x", "seq(group(a), { a; } >x)"),
      ("(a) < x", "sub(a)"), ("{a", "{a"), ("a }", "a }"),
    ])
  func compounds(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "reads if, for, while and case",
    arguments: [
      ("if a; then b; fi", "if(a; b)"), ("if a\nthen\nb\nfi", "if(a; b)"),
      ("if a && b; then c; else d; fi", "if(and(a, b); c, d)"),
      ("if a; then b; elif c; then d; else e; fi", "if(a; b, c, d, e)"),
      ("if a; then if b; then c; fi; fi", "if(a; if(b; c))"), ("if ! a; then b; fi && c", "and(if(a; b), c)"),
      ("for x in a b; do c; done", "for x(a b; c)"),
      ("for x in a b\ndo\nc\nd\ndone", "for x(a b; seq(c, d))"), ("for x; do c; done", "for x(; c)"),
      ("for x in; do c; done", "for x(; c)"), ("for x in $y *.go; do c; done && d", "and(for x($y *.go; c), d)"),
      ("while a; do b; done", "while(a; b)"), ("until a; do b; done", "while(a; b)"),
      ("while read x; do b; done < f", "while(read x; b)"),
      ("a | while read x; do b; done", "pipe(a, while(read x; b))"), ("case $x in a) b;; esac", "if(seq(); b)"),
      ("case \"$x\" in\n  a|b) c ;;\n  (d) e; f ;;\n  *) g\nesac", "if(seq(); c, seq(e, f), g)"),
      ("case x in esac", "if(seq(); )"), ("case x in a) ;; b) c ;; esac", "if(seq(); seq(), c)"),
      ("case x in a) b ;; esac && c", "and(if(seq(); b), c)"),
      ("if a; then b; fi > x", "seq(if(a; b), if a; then b; fi > x)"),
      ("echo if then fi do done", "echo if then fi do done"), ("case x in a) (b) ;; esac", "if(seq(); sub(b))"),
      ("if (a); then b; fi", "if(sub(a); b)"), ("while :; do a; break; done", "while(:; seq(a, break))"),
    ])
  func control(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "reads functions and tests",
    arguments: [
      ("f() { a; }", "fn f(group(a))"), ("f () {\na\n}\nf", "seq(fn f(group(a)), f)"),
      ("function f { a; }", "fn f(group(a))"), ("function f() { a; }", "fn f(group(a))"), ("f() (a)", "fn f(sub(a))"),
      ("my-f()\n{\na\n}", "fn my-f(group(a))"), ("[[ -f a ]]", "[[ -f a ]]"),
      ("[[ -f a && -d b || c ]] && d", "and([[ -f a && -d b || c ]], d)"),
      ("[[ $a =~ ^(x|y)$ ]] || b", "or([[ $a =~ ^(x|y)$ ]], b)"), ("[[ a < b ]]; c", "seq([[ a < b ]], c)"),
      ("[ -f a ] && b", "and([ -f a ], b)"), ("if [ a = b ]; then c; fi", "if([ a = b ]; c)"),
    ])
  func functions(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "reads the bash that RUN lines use",
    arguments: [
      ("((1 + 2))", "((1 + 2))"), ("a && ((x++)); b", "seq(and(a, ((x++))), b)"), ("(( (a) * 2 ))", "(( (a) * 2 ))"),
      ("for ((i=0; i<3; i++)); do a; done", "while(((i=0; i<3; i++)); a)"),
      ("for ((;;))\ndo\na\ndone; b", "seq(while(((;;)); a), b)"),
      ("x=(a b) && c", "and(x=(a b), c)"), ("x=(\n a # b\n c\n); d", "seq(x=(\n a # b\n c\n), d)"),
      ("x=() y=1 z", "x=() y=1 z"),
      ("x+=(a)", "x+=(a)"), ("PATH+=:/x a", "PATH+=:/x a"), ("cp {a,b}.txt /c", "cp {a,b}.txt /c"),
      ("a=$((1 + 2)) b", "a=$((1 + 2)) b"),
      ("for f in \"${x[@]}\"; do a; done", "for f(\"${x[@]}\"; a)"),
    ])
  func bash(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test("what is appended to, and an array, are values nobody knows")
  func assignments() {
    let command = ShellScript(parsing: "a=b c+=d e=(f g) h").commands.first?.command
    #expect(command?.assignments.map(\.name) == ["a", "c", "e"])
    #expect(command?.assignments.map(\.value.literal) == ["b", nil, nil])
    #expect(command?.name == "h")
  }

  @Test(
    "a command that is missing is opaque",
    arguments: ["&& a", "a &&", "a ||", "| a", "a |", "a && && b", "! ", "a; && b"])
  func missing(text: String) {
    let isOpaque = ShellScript(parsing: text).isOpaque
    #expect(isOpaque)
  }

  @Test(
    "skips the bodies of here-documents",
    arguments: [
      ("cat <<E\na && b\nE\nc", "seq(cat <<E, c)"), ("cat <<'E' >x && b\n$(\nE\nc", "seq(and(cat <<'E' >x, b), c)"),
      ("cat <<-E\n\tx\n\tE\nc", "seq(cat <<-E, c)"), ("cat <<A <<B\n1\nA\n2\nB\nc", "seq(cat <<A <<B, c)"),
      ("cat <<E | b\nx\nE", "pipe(cat <<E, b)"), ("cat <<E &&\nx\nE\nb", "and(cat <<E, b)"), ("cat <<E\nx", "cat <<E"),
      ("if a; then cat <<E\nfi\nE\nfi", "if(a; cat <<E)"), ("cat <<E\n E\nE \nE\nb", "seq(cat <<E, b)"),
      ("cat <<\"E F\"\nx\nE F\nb", "seq(cat <<\"E F\", b)"), ("cat <<\\E\nx\nE\nb", "seq(cat <<\\E, b)"),
      ("cat <<$E\nx\n$E\nb", "seq(cat <<$E, b)"), ("cat <<< x\nb", "seq(cat <<< x, b)"),
      ("(cat <<E\n)\nE\n)", "sub(cat <<E)"),
    ])
  func heredocs(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "a comment starts at a word's start only",
    arguments: [
      ("a#b", "a#b"), ("a '#' b", "a '#' b"), ("a \"#\" b", "a \"#\" b"), ("a \\# b", "a \\# b"), ("# a\nb", "b"),
      ("a;# b\nc", "seq(a, c)"), ("(# a\nb)", "sub(b)"), ("a && # b\nc", "and(a, c)"), ("a ${x#y} b", "a ${x#y} b"),
      ("a $# b", "a $# b"), ("if a; then # b\nc; fi", "if(a; c)"), ("# fi\n# }", "seq()"),
    ])
  func comments(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test(
    "a command ends before the comment or escaped line end behind it",
    arguments: [
      ("a # b", "a"), ("a b # c\nd", "seq(a b, d)"), ("a \\\n && b", "and(a, b)"), ("a \\\n", "a"), ("a #", "a"),
      ("a > x # b", "a > x"), ("a\\ ", "a\\ "), ("a b\\  && c", "and(a b\\ , c)"),
    ])
  func commandEnd(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test("keeps an escaped line end inside a command", arguments: ["a \\\n b", "a \\\r\n b", "a\\\nb c"])
  func escapedLineEnd(text: String) {
    #expect(outline(text) == text)
  }

  @Test(
    "what it does not understand is opaque from there to the end",
    arguments: [
      ("(a", "opaque((a)"), ("{ a", "opaque({ a)"), ("{ a }", "opaque({ a })"), ("if a", "opaque(if a)"),
      ("if a; then b", "opaque(if a; then b)"), ("if a; then b; elif c; fi", "opaque(if a; then b; elif c; fi)"),
      ("for x in a", "opaque(for x in a)"), ("for x in a; do b", "opaque(for x in a; do b)"),
      ("while a; do b", "opaque(while a; do b)"), ("while a", "opaque(while a)"), ("case x in", "opaque(case x in)"),
      ("case x in a) b", "opaque(case x in a) b)"), ("case x", "opaque(case x)"), ("a)", "seq(a, opaque()))"),
      ("a; fi", "seq(a, opaque(fi))"), ("done", "seq(seq(), opaque(done))"), ("a; }; b", "seq(a, opaque(}; b))"),
      ("((1 + 2)", "opaque(((1 + 2))"), ("a && ((x\")", "and(a, opaque(((x\")))"),
      ("for ((i=0; i<3); do a", "opaque(for ((i=0; i<3); do a)"),
      ("x=(a b", "opaque(x=(a b)"), ("x=(a; b)", "opaque(x=(a; b))"), ("a b(c)", "opaque(a b(c))"),
      ("a <(b)", "opaque(a <(b))"),
      ("[[ a", "opaque([[ a)"), ("a; esac; b", "seq(a, opaque(esac; b))"), ("(a; b", "opaque((a; b)"),
      ("a; (b) c", "seq(seq(a, sub(b)), opaque(c))"),
    ])
  func opaque(text: String, expected: String) {
    #expect(outline(text) == expected)
    #expect(ShellScript(parsing: text).isOpaque)
  }

  @Test(
    "an open quote or substitution is opaque",
    arguments: ["a \"b", "a 'b", "a `b", "a $(b", "a ${b", "a \"$(b\"", "a && b \"c; d"])
  func unclosed(text: String) {
    let isOpaque = ShellScript(parsing: text).isOpaque
    #expect(isOpaque)
  }

  @Test(
    "very deep nesting is opaque and harmless",
    arguments: ["(", "{ ", "if ", "f() ", "while ", "case x in a) ", "$(", "\"$(", "${a:-"])
  func deep(piece: String) {
    let script = ShellScript(parsing: String(repeating: piece, count: 5000))
    #expect(!script.commands.isEmpty)
    #expect(script.plainSequence == nil || !script.isOpaque)
  }

  @Test("a long row of commands is read to its end", arguments: [" && ", " || ", "; ", " | ", "\n", " & "])
  func long(separator: String) {
    let script = ShellScript(parsing: Array(repeating: "a", count: 1000).joined(separator: separator))
    #expect(script.commands.count == 1000)
    #expect(!script.isOpaque)
  }

  @Test("a row of joined commands too long for the tree is opaque and harmless", arguments: [" && ", " || "])
  func tooLong(separator: String) {
    let script = ShellScript(parsing: Array(repeating: "a", count: 50_000).joined(separator: separator))
    #expect(script.isOpaque)
  }

  private func outline(_ text: String) -> String {
    let script = ShellScript(parsing: text)
    return outline(script.root, script)
  }

  private func outline(_ nodes: [ShellNode], _ script: ShellScript) -> String {
    nodes.map { outline($0, script) }.joined(separator: ", ")
  }

  private func outline(_ node: ShellNode, _ script: ShellScript) -> String {
    switch node {
    case .command(let command): script.text(of: command.range)
    case .pipeline(let nodes): "pipe(" + outline(nodes, script) + ")"
    case .and(let left, let right): "and(" + outline([left, right], script) + ")"
    case .or(let left, let right): "or(" + outline([left, right], script) + ")"
    case .sequence(let nodes): "seq(" + outline(nodes, script) + ")"
    case .subshell(let node): "sub(" + outline(node, script) + ")"
    case .group(let node): "group(" + outline(node, script) + ")"
    case .conditional(let condition, let branches):
      "if(" + outline(condition, script) + "; " + outline(branches, script) + ")"
    case .loop(let variable?, let words, _, let body):
      "for \(variable)(" + words.map { script.text(of: $0.range) }.joined(separator: " ") + "; " + outline(body, script)
        + ")"
    case .loop(nil, _, let condition, let body):
      "while(" + outline(condition, script) + "; " + outline(body, script) + ")"
    case .function(let name, let body): "fn \(name)(" + outline(body, script) + ")"
    case .background(let node), .negated(let node): outline(node, script)
    case .opaque(let range, _): "opaque(" + script.text(of: range) + ")"
    }
  }
}
