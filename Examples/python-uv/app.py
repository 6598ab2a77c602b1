import hashlib
import sys

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return f"shortener, running in {sys.prefix}\n"


@app.get("/short")
def short():
    url = request.args.get("url", "https://example.com/")
    return hashlib.sha256(url.encode()).hexdigest()[:8] + "\n"
