"""Times PyPI's dockerfile-parse over the files below a folder, in memory, on one thread."""

import io
import pathlib
import statistics
import sys
import time

from dockerfile_parse import DockerfileParser


def main(folder):
    files = [path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]
    times, refused = [], 0
    while len(times) < 3:
        refused, start = 0, time.perf_counter()
        for content in files:
            try:
                "".join(part["content"] for part in DockerfileParser(fileobj=io.BytesIO(content)).structure)
            except (UnicodeDecodeError, IndexError, ValueError):
                refused += 1
        times.append(time.perf_counter() - start)
    print(f"{len(files)} files {sum(map(len, files))} bytes {len(files) / statistics.median(times):.1f} files/s"
          f" ({refused} refused)")


main(sys.argv[1])
