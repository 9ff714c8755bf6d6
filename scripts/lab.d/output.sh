# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# What people see. Everything goes to stderr: stdout belongs to `env` and `status`.

if [[ -t 2 ]]; then mark=$'\e[32m✓\e[0m '; else mark=''; fi

# done_step TEXT [SINCE]: one finished step, with the time it took since SINCE.
done_step() {
    local took=''
    [[ -z ${2:-} ]] || took=" ($(seconds_since "$2") s)"
    printf '%s%s%s\n' "$mark" "$1" "$took" >&2
}

note() {
    printf '%s\n' "$1" >&2
}

# fail TEXT [STATUS]
fail() {
    printf 'lab: %s\n' "$1" >&2
    exit "${2:-1}"
}

now() {
    printf '%s' "$EPOCHREALTIME"
}

seconds_since() {
    # EPOCHREALTIME has six decimals, and the locale's decimal separator.
    local micros=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
    printf '%d.%d' $((micros / 1000000)) $((micros / 100000 % 10))
}
