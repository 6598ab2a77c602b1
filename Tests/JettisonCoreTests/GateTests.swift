import DockerfileSyntax
import JettisonCore
import Testing

/// What stays as it is, each with its reason.
struct GateTests {
  @Test(
    "a file is left alone with the right reason",
    arguments: [
      ("FROM golang:1.22 AS a\nFROM scratch\nCMD [\"/a\"]\n", Reason.alreadyMultiStage),
      ("FROM python:3.11\nONBUILD COPY . .\nCMD [\"python\"]\n", .onbuild),
      ("FROM golang:1.3-onbuild\n", .onbuild),
      ("# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:1809\nCMD [\"a.exe\"]\n", .windows),
      ("FROM nginx:1.27\nCOPY html /usr/share/nginx/html\n", .staticSite),
      ("FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/nginx.conf\n", .infrastructure),
      ("FROM postgres:16\nCOPY init.sql /docker-entrypoint-initdb.d/\n", .infrastructure),
      ("FROM scratch\nADD app /\nCMD [\"/app\"]\n", .prebuiltArtefact),
      ("FROM alpine:3.19\nCOPY server /server\nCMD [\"/server\"]\n", .prebuiltArtefact),
      ("FROM alpine:3.19\nCOPY run.sh /run.sh\nCMD [\"/run.sh\"]\n", .scriptOnly),
      ("FROM golang:1.22\nRUN apt-get update\nCMD [\"bash\"]\n", .devImage),
      ("FROM golang:1.22\nCOPY . .\nCMD [\"go\", \"run\", \".\"]\n", .startNeedsToolchain),
      ("FROM golang:1.22\nCOPY . .\nCMD go run main.go\n", .startNeedsToolchain),
      ("FROM golang:1.22\nCOPY . .\nCMD [\"sleep\", \"infinity\"]\n", .devImage),
      ("FROM python:3.11\nCOPY . .\n", .noCommand),
      ("FROM ruby:3.3\nCMD [\"ruby\", \"a.rb\"]\n", .unknownBase),
      ("FROM example.com/team/base:1\nCMD [\"a\"]\n", .unknownBase),
      ("FROM alpine:3.19\nRUN apk add --no-cache dnsmasq\nENTRYPOINT [\"dnsmasq\"]\n", .nothingToGain),
    ])
  func leftAlone(file: String, reason: Reason) {
    let result = convert(
      file,
      files: [
        "run.sh": "#!/bin/sh\necho\n", "server": "binary", "html/index.html": "<p>", "nginx.conf": "", "init.sql": "",
      ])
    #expect(result.reason == reason)
    #expect(result.rewritten == result.original)
    #expect(result.ignoreFile == nil)
  }

  @Test(
    "what cannot be read is declined and kept",
    arguments: [
      "", "# only a comment\n", "FROM\n", "RUN a\n", "FROM alpine\nFOO bar\n", "FROM alpine\nRUN <<EOF\nnever closed\n",
      "FROM alpine\nENV a\n",
    ])
  func declined(file: String) {
    let result = convert(file)
    guard case .declined = result.outcome else {
      Issue.record("\(file.debugDescription) came out as \(result.outcome)")
      return
    }
    #expect(result.rewritten.text == file)
  }

  @Test("any prefix of a file is converted without a crash")
  func prefixes() {
    let file =
      "# syntax=docker/dockerfile:1\nARG V=3.11\nFROM python:${V} AS app\nSHELL [\"/bin/bash\", \"-c\"]\nWORKDIR /app\nCOPY --chown=1:1 . .\nRUN <<EOF\npip install flask\nEOF\nRUN set -e; for x in a b; do echo $x; done && \\\n  # why\n  pip install -r requirements.txt\nENV A=1 B=\"$A 2\"\nHEALTHCHECK CMD curl -f http://localhost\nUSER app\nCMD python -m flask run\n"
    let bytes = Array(file.utf8)
    for length in 0...bytes.count {
      let result = convert(String(decoding: bytes[..<length], as: UTF8.self), files: ["requirements.txt": "flask\n"])
      if !result.isRewritten {
        #expect(result.rewritten.bytes == Array(bytes[..<length]) || result.rewritten.bytes.isEmpty)
      }
    }
  }
}
