import random

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return "roll the dice at /roll?seed=7\n"

    @app.get("/roll")
    def roll():
        rng = random.Random(request.args.get("seed"))
        return " ".join(str(rng.randint(1, 6)) for _ in range(5)) + "\n"

    return app
