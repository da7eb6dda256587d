#!/bin/sh
# Requests in flight get a minute to end before the server is told to stop.
server=""

stop() {
    if [ -n "$server" ]; then
        sleep 60
        kill -TERM "$server"
        wait "$server"
    fi
}
trap stop TERM

gunicorn --bind 0.0.0.0:8080 --worker-class gevent --keep-alive 200 app:app &
server=$!
wait "$server"
