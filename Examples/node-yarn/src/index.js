import http from 'http';
import ms from 'ms';

http.createServer((request, response) => response.end(String(ms('1h')))).listen(3000);
