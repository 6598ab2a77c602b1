#!/usr/bin/env node
const fs = require('fs');
const path = require('path');
const [source, target] = process.argv.slice(2);

fs.mkdirSync(target, { recursive: true });
for (const name of fs.readdirSync(source)) {
  const text = fs.readFileSync(path.join(source, name), 'utf8');
  fs.writeFileSync(path.join(target, name), text.replace('__STAMP__', 'stamped'));
}
