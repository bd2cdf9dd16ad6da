#!/bin/sh
# Instructions that must not grow: counted by callgrind, so the load of the machine does not enter.
#
#   benches/instructions.sh target/release/parallax
#
# Each line: what is run, the instructions in millions, the threshold. Ends with 1 if one is above.
# A threshold is what was measured and a tenth; lower it when something became faster.
set -eu
program=${1:-target/release/parallax}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
status=0

count() {
    name=$1 threshold=$2
    shift 2
    RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file="$out/callgrind" \
        "$program" "$@" >/dev/null 2>"$out/log" || { cat "$out/log" >&2; exit 2; }
    millions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$out/log" | awk '{ printf "%d", $1 / 1e6 }')
    verdict=ok
    [ "$millions" -le "$threshold" ] || { verdict=ABOVE; status=1; }
    printf '%-34s %8s of %8s  %s\n' "$name" "$millions" "$threshold" "$verdict"
}

count "help" 2 --help
count "lexicon list" 29 lexicon list
count "seeds, all lexicons, JSON" 505 report seeds --format json --output "$out/o.json" --quiet
exit $status
