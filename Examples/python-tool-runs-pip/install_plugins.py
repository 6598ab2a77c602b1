"""Installs the package behind every plugin that plugins.json switches on."""
import json
import subprocess
import sys

PACKAGES = {
    "markdown": "Markdown==3.7",
    "textile": "textile==4.0.3",
}

with open("plugins.json") as f:
    enabled = [name for name, on in json.load(f).items() if on]

for name in enabled:
    print("installing plugin", name)
    subprocess.check_call([sys.executable, "-m", "pip", "install", PACKAGES[name]])
