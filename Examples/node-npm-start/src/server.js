const http = require('http');
const left = require('leftish');

http.createServer((request, response) => {
  response.end(left(`__STAMP__ ${process.version.split('.')[0]}`, 20) + '\n');
}).listen(3000);
