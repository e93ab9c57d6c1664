#!/bin/sh
# Installs the programs that the tests start and pip does not bring: Maven fetches the real
# Neo4j servers, Chromium opens the pages, docker-compose checks docker-compose.yml.
set -eu

missing=""
command -v mvn >/dev/null 2>&1 || missing="$missing maven"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || missing="$missing chromium"
command -v docker-compose >/dev/null 2>&1 || missing="$missing docker-compose"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || sudo -n true 2>/dev/null; }; then
    echo "Installing for the tests:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # one argument a package
    $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "The tests need these programs; install them first:$missing" >&2
    [ -z "${CI:-}" ] || exit 1
    echo "Tests that need them are skipped." >&2
fi
