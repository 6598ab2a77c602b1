@testable import DockerfileSyntax
import Testing

struct JSONFormTests {
  @Test(
    "reads arrays of strings",
    arguments: [
      ("[]", []), ("[ ]", []), (#"["a"]"#, ["a"]), (#"["a", "b"]"#, ["a", "b"]), ("[\t\"a\"\r\n,\"b\" ]", ["a", "b"]),
      (#"[""]"#, [""]), (#"["a b","c'd"]"#, ["a b", "c'd"]), (#"["\"\\\/\b\f\n\r\t"]"#, ["\"\\/\u{8}\u{C}\n\r\t"]),
      (#"["\u00e9\u00E9"]"#, ["éé"]), (#"["\ud83d\ude00"]"#, ["😀"]), (#"["\ud83d"]"#, ["\u{FFFD}"]),
      (#"["\ude00"]"#, ["\u{FFFD}"]), (#"["\ud83dx"]"#, ["\u{FFFD}x"]), (#"["\ud83d\u0041"]"#, ["\u{FFFD}A"]),
      (#"["é😀"]"#, ["é😀"]), (#"["\u0000"]"#, ["\0"]), ("[\"a\u{7F}\"]", ["a\u{7F}"]), (#"["[1]", "{"]"#, ["[1]", "{"]),
      (#"["$a", "<<EOF"]"#, ["$a", "<<EOF"]), (#"["a"] "#, ["a"]),
    ] as [(String, [String])])
  func strings(text: String, expected: [String]) {
    #expect(JSONForm.read(ArraySlice(text.utf8)) == .strings(expected))
  }

  @Test("shows bytes that are no UTF-8 as replacement characters")
  func invalid() {
    #expect(JSONForm.read(Array("[\"a".utf8) + [0xFF] + Array("b\"]".utf8)) == .strings(["a\u{FFFD}b"]))
  }

  @Test(
    "valid JSON with anything but strings is an error",
    arguments: [
      "[1]", "[null]", "[true]", "[false]", "[[]]", #"[["a"]]"#, "[{}]", #"[{"a": [1, {"b": null}]}]"#, #"["a", 1]"#,
      "[-0.5e+10]", "[0]", "[1E5]", "[1.5]", #"[{"a":1,"b":2}]"#, "[-1]", #"[1, "a"]"#,
    ])
  func nonStrings(text: String) {
    #expect(JSONForm.read(ArraySlice(text.utf8)) == .nonString)
  }

  @Test(
    "anything else means the shell form",
    arguments: [
      "", "a", "[", "]", "[a]", "['a']", #"["a"#, #"["a]"#, #"["a",]"#, #"[,"a"]"#, #"["a" "b"]"#, #"["a"] b"#,
      #"["a"]]"#, "[ -f x ]", "[\"a\tb\"]", "[\"a\nb\"]", #"["\d"]"#, #"["\u12"]"#, #"["\u12g4"]"#, #"["\"]"#,
      #"{"a":"b"}"#, #""a""#, "[01]", "[+1]", "[.5]", "[1.]", "[1e]", "[-]", "[nul]", "[True]", "[undefined]",
      "[{a:1}]", #"[{"a"}]"#, #"[{"a":1,}]"#, "[[]", "[1,]", "[1 2]", "[//c\n]", " [1]", "[\u{A0}]", "[0x1]",
    ])
  func none(text: String) {
    #expect(JSONForm.read(ArraySlice(text.utf8)) == .none)
  }
}
