import pathlib
import sys

from textkit import words

folder = pathlib.Path(__file__).parent
stop = set((folder / "stopwords.list").read_text().split())
text, out = sys.argv[1:]
counted = [word for word in words(text) if word not in stop]
pathlib.Path(out, "count.txt").write_text(str(len(counted)))
print(len(counted), sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"))
