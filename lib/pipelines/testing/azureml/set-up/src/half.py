import pathlib
import sys

number = int(sys.argv[1])
if number % 2:
    sys.exit(f"{number} has no half")
pathlib.Path(sys.argv[2]).write_text(str(number // 2))
