#!/bin/sh
# Any other language: a server, and calls over HTTP. Usage: with_curl.sh URL
# Start the server with: mock-custify serve
set -eu

url=${1:-http://127.0.0.1:8765}
# Each key has its own workspace, so this run does not change the records of another one.
key="curl-example-$$"

call() { # METHOD PATH [BODY]
  curl --silent --show-error --fail-with-body --request "$1" "$url$2" \
    --header "Authorization: Bearer $key" --header 'Content-Type: application/json' ${3:+--data "$3"}
}
must_hold() { # TEXT PART
  case $1 in *"$2"*) ;; *) echo "expected $2 in: $1" >&2; exit 1 ;; esac
}

call PUT /_mock/clock '{"freeze": "2026-01-31T12:00:00.000Z"}' >/dev/null
call POST /people '{"user_id": "u1", "companies": [{"company_id": "group01"}]}' >/dev/null
must_hold "$(call GET /_mock/state)" '"company_id":"group01"'

# The next call fails once, with 503; the one after it works again.
call POST /_mock/faults '{"path": "/people*", "status": 503, "times": 1}' >/dev/null
if call GET /people/all >/dev/null; then echo 'expected a failure' >&2; exit 1; fi
must_hold "$(call GET /people/all)" '"created_at":"2026-01-31T12:00:00.000Z"'

must_hold "$(call POST /_mock/verify '{"method": "POST", "path": "/people", "times": 1}')" '"ok":true'
call POST /_mock/reset >/dev/null
echo ok
