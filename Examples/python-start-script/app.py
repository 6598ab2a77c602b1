import sqlite3

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    with sqlite3.connect("guests.db") as db:
        rows = db.execute("SELECT name FROM guests ORDER BY name").fetchall()
    return "guests: " + ", ".join(name for (name,) in rows) + "\n"
