const http = require('http');
const { hash } = require('./lib/password');

http.createServer(async (request, response) => response.end(await hash('secret'))).listen(3000);
