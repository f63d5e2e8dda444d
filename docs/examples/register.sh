#!/bin/sh
# Registers every server of a file, as often as it is run: lines of a name, a tab and a URL.
#   ROLLCALL_URL=https://rollcall.example ROLLCALL_API_KEY=rc_… sh register.sh servers.tsv
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')

sed -e 's/[\\"]/\\&/g' -e "s/^\([^$tab]*\)$tab\(.*\)\$/{\"name\":\"\1\",\"url\":\"\2\"}/" "$1" | split -l 1000 - "$work/part."

for part in "$work"/part.*; do
  { printf '{"ifExists":"skip","endpoints":['; paste -sd, "$part"; printf ']}'; } |
    curl --fail-with-body -sS -o "$work/answer" --data-binary @- -H 'Content-Type: application/json' \
      -H "Authorization: Bearer $ROLLCALL_API_KEY" "$ROLLCALL_URL/api/v1/endpoints/bulk" ||
    { cat "$work/answer" >&2; exit 1; }
  # How many were created, were there, and were refused; why, of each, stands in the rest of the answer.
  sed 's/,"results":.*/}/' "$work/answer"
  echo
done
