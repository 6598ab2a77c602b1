import magic
from flask import Flask, request

app = Flask(__name__)

SAMPLES = {
    "pdf": b"%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00",
}


@app.get("/")
def index():
    return "".join(f"{name}: {magic.from_buffer(data, mime=True)}\n" for name, data in SAMPLES.items())


@app.post("/type")
def type_of():
    return magic.from_buffer(request.get_data(), mime=True) + "\n"
