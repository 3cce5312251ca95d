#!/bin/sh
# Runs one attempt and writes down how it ended, whatever happens to the studio meanwhile.
# Arguments: the attempt's folder, the limit of its data in KiB or nothing, the working folder, then the program.
dir=$1 limit=$2 work=$3
shift 3

# The folder is the lock: of two launches of one attempt, one runs the program.
mkdir "$dir/claimed" 2>/dev/null || exit 0

# Who runs it: the number alone could later be another program's, so its start time and the boot go along.
read -r stat <"/proc/$$/stat"
read -r boot </proc/sys/kernel/random/boot_id
printf '%s\n%s\n' "$stat" "$boot" >"$dir/process.new"
mv "$dir/process.new" "$dir/process"

exec </dev/null >>"$dir/log" 2>&1
(
  [ -z "$limit" ] || ulimit -d "$limit"
  cd "$work" && exec "$@"
) &
child=$!

# A signal ends the program, never the one that keeps its exit code.
trap : TERM INT HUP
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || break
done
# When a signal cut the last wait short, the true code is still to be had; 127 says that it was given already.
wait "$child"
last=$?
[ "$last" -eq 127 ] || code=$last

echo "$code" >"$dir/exit.new"
mv "$dir/exit.new" "$dir/exit"
# What the program left running ends with it, as in a container.
kill -KILL 0
