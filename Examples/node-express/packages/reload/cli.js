#!/usr/bin/env node
const { spawn } = require("child_process");
const [file] = process.argv.slice(2);

spawn(process.execPath, ["--watch", file], { stdio: "inherit" });
