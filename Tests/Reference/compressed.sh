#!/usr/bin/env bash
# Writes Tests/DecompressionTests/Fixtures with gzip 1.12 and Python's zlib: a text, its gzip file, the same in two
# members, and its DEFLATE data without a frame.
set -euo pipefail
cd "$(dirname "$0")/../DecompressionTests/Fixtures"
seq 1 4000 | awk '{ printf "g%d,%.3f,%.4f\n", $1 / 10, ($1 * 7919 % 1000) / 500 - 1, ($1 * 104729 % 997 + 1) / 4000 }' > text.csv
gzip -9 -n -k -c text.csv > one.gz
{ head -c 20000 text.csv | gzip -n -c; tail -c +20001 text.csv | gzip -n -1 -c; } > two.gz
python3 -c 'import sys, zlib; c = zlib.compressobj(9, zlib.DEFLATED, -15); sys.stdout.buffer.write(c.compress(open("text.csv", "rb").read()) + c.flush())' > bare.deflate
