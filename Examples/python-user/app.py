import getpass
import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return f"running as {getpass.getuser()}, uid {os.getuid()}\n"


@app.get("/can-write")
def can_write():
    return f"{os.access(__file__, os.W_OK)}\n"
