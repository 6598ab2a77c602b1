const http = require('http');

http.createServer((request, response) => response.end(`${process.env.GREETING}\n`)).listen(4000);
