require('http').createServer((request, response) => response.end(String(require('ms')('1h')))).listen(4000);
