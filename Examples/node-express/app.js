const fs = require('fs');
const http = require('http');
const path = require('path');
const fill = require('fill');
const notes = require('./routes/notes');

const view = fs.readFileSync(path.join(__dirname, 'views/index.html'), 'utf8');

http.createServer((request, response) => {
  response.end(fill(view, notes.all()));
}).listen(process.env.PORT || 3000);
