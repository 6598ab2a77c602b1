import ms from "ms";

setInterval(() => console.log("nothing to send"), ms("1m"));
