#!/bin/sh
pid=""

stop() {
    if [ $pid != "" ]; then
        sleep 5
        kill -15 $pid
    fi
}
trap stop TERM

gunicorn --bind 127.0.0.1:5000 --error-logfile /var/log/gunicorn.log app:app &
pid=$!
