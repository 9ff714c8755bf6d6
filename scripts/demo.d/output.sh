# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# What the reader of the demo sees, and how its claims are checked.

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' cyan=$'\e[36m' plain=$'\e[0m'
else
    bold='' dim='' green='' red='' cyan='' plain=''
    export NO_COLOR=1
fi

title() { printf '\n%s%s%s\n%s\n' "$bold" "$1" "$plain" "${1//?/═}"; }
step() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
say() { printf '%s\n' "$1"; }

# done_step TEXT [SINCE]: something is finished, and how long it took.
done_step() {
    local took=''
    [[ -z ${2:-} ]] || took=" $dim($(seconds_since "$2") s)$plain"
    printf '%s✓%s %s%s\n' "$green" "$plain" "$1" "$took"
}

fail() {
    printf '%s✗ %s%s\n' "$red" "$1" "$plain" >&2
    exit "${2:-1}"
}

now() { printf '%s' "$EPOCHREALTIME"; }

seconds_since() {
    # EPOCHREALTIME has six decimals, and the locale's decimal separator.
    local micros=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
    printf '%d.%d' $((micros / 1000000)) $((micros / 100000 % 10))
}

# run [--first N] [--quiet] COMMAND: prints a command line and what it says, as
# on a terminal. N shortens long output; what it said stays in $output. When
# the command fails, so does the demo.
run() {
    local first=1000 quiet=no status=0
    while [[ $1 == --* ]]; do
        case $1 in
            --first) first=$2; shift 2 ;;
            --quiet) quiet=yes; shift ;;
        esac
    done
    printf '%s$ %s%s\n' "$cyan" "$1" "$plain"
    # `script` gives the command a terminal, so that it speaks as it does to people.
    SHELL=/bin/bash script -qefc "stty cols $columns 2>/dev/null; $1" /dev/null </dev/null >"$raw_output" 2>&1 || status=$?
    output=$(clean <"$raw_output")
    if ((status != 0)); then
        printf '%s\n' "$output"
        fail "that command should have ended with status 0, but ended with $status"
    fi
    [[ $quiet == yes || -z $output ]] || shorten "$first" <<<"$output"
}

# Progress lines are drawn over each other; of each only the last state counts.
clean() {
    sed -e 's/\r$//' -e 's/.*\r//' -e 's/\x1b\[K//g' | if [[ -n $plain ]]; then cat; else strip_colour; fi
}

shorten() {
    awk -v first="$1" -v dim="$dim" -v plain="$plain" '
        NR <= first { if ($0 == "") { blank = blank "\n" } else { printf "%s%s\n", blank, $0; blank = "" } }
        END { if (NR > first) printf "%s  … %d more lines%s\n", dim, NR - first, plain }'
}

# holds TEXT COMMAND…: a claim, and the command that proves it.
holds() {
    local text=$1; shift
    "$@" || fail "this should be so, but is not: $text"
    printf '%s✓%s %s\n' "$green" "$plain" "$text"
}

equal() { [[ $1 == "$2" ]] || { printf 'expected %s, found %s\n' "$2" "$1" >&2; return 1; }; }
says() { [[ $(strip_colour <<<"$output") =~ $1 ]] || { printf 'not found in the output: %s\n' "$1" >&2; return 1; }; }
strip_colour() { sed 's/\x1b\[[0-9;]*m//g'; }
