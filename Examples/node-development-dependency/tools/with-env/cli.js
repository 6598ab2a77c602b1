#!/usr/bin/env node
const { spawnSync } = require('child_process');

const words = process.argv.slice(2);
const settings = {};
while (/^[A-Z_]+=/.test(words[0])) {
  const [name, value] = words.shift().split('=');
  settings[name] = value;
}
const [program, ...rest] = words;
process.exit(spawnSync(program, rest, { stdio: 'inherit', env: { ...process.env, ...settings } }).status);
