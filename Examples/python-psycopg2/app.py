import os

import psycopg2
from flask import Flask
from psycopg2.extensions import libpq_version

app = Flask(__name__)


@app.get("/")
def index():
    return f"psycopg2 {psycopg2.__version__.split()[0]} with libpq {libpq_version()}\n"


@app.get("/customers")
def customers():
    with psycopg2.connect(os.environ["DATABASE_URL"]) as db, db.cursor() as cur:
        cur.execute("SELECT name FROM customers ORDER BY name")
        return [name for (name,) in cur]
