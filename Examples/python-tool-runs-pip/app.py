import markdown
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return markdown.markdown("# Plugins\n\nThis page is *Markdown*.") + "\n"


@app.post("/render")
def render():
    return markdown.markdown(request.get_data(as_text=True))
