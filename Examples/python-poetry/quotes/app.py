from flask import Flask, abort

app = Flask(__name__)

QUOTES = [
    "Simple is better than complex.",
    "Readability counts.",
    "Now is better than never.",
]


@app.get("/")
def index():
    return "\n".join(QUOTES) + "\n"


@app.get("/<int:day>")
def quote(day):
    if day < 1:
        abort(404)
    return QUOTES[(day - 1) % len(QUOTES)] + "\n"
