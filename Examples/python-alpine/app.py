from cffi import FFI
from flask import Flask

ffi = FFI()
ffi.cdef("size_t strlen(const char *s);")
libc = ffi.dlopen(None)

app = Flask(__name__)


@app.get("/")
def index():
    return "ask me for the length of a word at /length/alpine\n"


@app.get("/length/<word>")
def length(word):
    return f"{libc.strlen(word.encode())}\n"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
