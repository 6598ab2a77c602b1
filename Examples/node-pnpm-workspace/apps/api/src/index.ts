import { createServer } from "http";
import { shout } from "format";

createServer((_, response) => response.end(shout("hello"))).listen(3000);
