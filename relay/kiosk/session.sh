#!/bin/sh
# What runs on the X server: a window manager that lets windows be full screen, no screen saver of its own, and the kiosk.
# session.sh NODE kiosk.yaml
set -eu
cd "$(dirname "$0")/../.."
xset s off
xset s noblank
xset +dpms
xset dpms 0 0 0
openbox &
exec "$1" relay/kiosk/run.ts "$2"
