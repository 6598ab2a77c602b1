import sqlite3

with sqlite3.connect("guests.db") as db:
    db.execute("CREATE TABLE IF NOT EXISTS guests (name TEXT PRIMARY KEY)")
    db.executemany("INSERT OR IGNORE INTO guests VALUES (?)", [("Ada",), ("Grace",)])
