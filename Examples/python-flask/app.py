from flask import Flask, jsonify, render_template

app = Flask(__name__)

BOOKS = [
    {"id": 1, "title": "Kim"},
    {"id": 2, "title": "Emma"},
]


@app.get("/")
def index():
    return render_template("index.html", books=BOOKS)


@app.get("/books/<int:book_id>")
def book(book_id):
    for b in BOOKS:
        if b["id"] == book_id:
            return jsonify(b)
    return jsonify(error="no such book"), 404
