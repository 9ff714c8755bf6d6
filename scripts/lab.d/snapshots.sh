# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# Copies of both domain controllers' folders. The paths in smb.conf are
# absolute, so a copy is only good for the place it came from. The CA and the
# password files stay out: they are the lab's, and never change.

# take_snapshot NAME: the domain controllers must be stopped.
take_snapshot() {
    local folder="$lab/snapshots/$1" side
    rm -rf "$folder.partial"
    mkdir -p "$folder.partial"
    for side in "${sides[@]}"; do
        cp -a --reflink=auto "$lab/$side" "$folder.partial/"
        # Logs go on over a restore; sockets are made anew at each start.
        rm -rf "$folder.partial/$side/log" "$folder.partial/$side/lock/msg.sock" \
            "$folder.partial/$side/lock/msg.lock"
    done
    rm -rf "$folder"
    mv "$folder.partial" "$folder"
}

# put_back NAME: the domain controllers must be stopped. The file `restoring`
# says how to go on when this is interrupted.
put_back() {
    local folder="$lab/snapshots/$1" side
    printf '%s\n' "$1" >"$lab/restoring"
    for side in source target second; do
        if [[ ! -d $folder/$side ]]; then
            rm -rf "${lab:?}/$side"
            continue
        fi
        mkdir -p "$lab/$side/log"
        find "$lab/$side" -mindepth 1 -maxdepth 1 ! -name log -exec rm -rf {} +
        cp -a --reflink=auto "$folder/$side/." "$lab/$side/"
    done
    rm "$lab/restoring"
    know_sides
}

finish_interrupted_restore() {
    [[ -s $lab/restoring ]] || return 0
    note "Finishing an interrupted restore of '$(cat "$lab/restoring")'"
    stop_controllers KILL "${sides[@]}"
    put_back "$(cat "$lab/restoring")"
}

snapshot_names() {
    find "$lab/snapshots" -mindepth 1 -maxdepth 1 -type d ! -name '*.partial' -printf '%f\n' 2>/dev/null | sort | paste -sd ' '
}
