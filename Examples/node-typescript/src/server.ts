import { readFileSync } from "fs";
import { createServer } from "http";
import { join } from "path";
import ms from "ms";
import { greeting } from "./greeting";

const page = readFileSync(join(__dirname, "..", "public", "index.html"), "utf8");

createServer((_, response) => {
  response.end(page.replace("{{greeting}}", greeting(ms("2 days"))));
}).listen(3000);
