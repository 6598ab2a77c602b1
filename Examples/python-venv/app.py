import sys

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return f"python lives in {sys.prefix}\n"


@app.get("/isolated")
def isolated():
    return f"{sys.prefix != sys.base_prefix}\n"
