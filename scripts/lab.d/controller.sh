# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared between the parts
# One domain controller: its names, its processes.

sides=(source target)
start_timeout=30 # seconds
stop_timeout=20

realm_of() { case $1 in source) echo SOURCE.TEST ;; target) echo TARGET.TEST ;; esac; }
domain_of() { local realm; realm=$(realm_of "$1"); echo "${realm,,}"; }
host_of() { echo "$1-dc"; }
fqdn_of() { echo "$(host_of "$1").$(domain_of "$1")"; }
base_dn_of() { local domain; domain=$(domain_of "$1"); echo "DC=${domain//./,DC=}"; }
service_account_of() { case $1 in source) echo svc-export ;; target) echo svc-import ;; esac; }

# processes_of SIDE: the pids of its process group, if that really is ours. All
# of a domain controller's processes are in the group of the one that its pid
# file names. Their command lines say only "samba: task[ldap]…", but they keep
# that very file open, which a stranger with a reused pid does not.
processes_of() {
    local pid_file="$lab/$1/run/samba.pid" leader members member
    [[ -s $pid_file ]] || return 0
    leader=$(tr -cd 0-9 <"$pid_file")
    # A killed leader may have left others of its group behind.
    members=$(pgrep -g "${leader:-0}" || true)
    [[ -n $leader && -n $members ]] || return 0
    for member in $members; do
        if find "/proc/$member/fd" -lname "$pid_file" -print -quit 2>/dev/null | grep -q .; then
            printf '%s\n' "$members"
            return
        fi
    done
}

is_running() {
    [[ -n $(processes_of "$1") ]]
}

# The one test of being up: the domain controller answers over TLS and its
# certificate verifies against the lab's own authority. (ldapsearch's own time
# limits do not cover a TLS handshake that nobody answers.)
is_ready() {
    is_running "$1" || return 1
    LDAPCONF=/dev/null LDAPTLS_CACERT="$lab/tls/$1-ca.pem" LDAPTLS_REQCERT=demand \
        timeout 3 ldapsearch -x -LLL -o nettimeout=2 -l 2 -H "ldaps://$(address_of "$1")" \
        -s base -b '' dnsHostName >/dev/null 2>&1
}

start_controller() {
    local folder="$lab/$1" taken
    ! is_running "$1" || return 0
    taken=$(listeners_on "$(address_of "$1")")
    [[ -z $taken ]] || fail "cannot start $(realm_of "$1"): $(address_of "$1") is in use by somebody else
$taken" 69
    rm -f "$folder/run/samba.pid"
    # An empty environment: a caller's KRB5_CONFIG or LD_PRELOAD is not the
    # server's. 9>&-: the lab's lock must not live as long as the server.
    (
        cd /
        env -i PATH="$PATH" LANG=C.UTF-8 \
            samba --daemon --configfile="$folder/etc/smb.conf" --log-basename="$folder/log" \
            </dev/null >>"$folder/log/start.log" 2>&1 9>&-
    ) || { show_log "$1"; fail "$(realm_of "$1") did not start"; }
}

wait_until_ready() {
    local deadline=$((SECONDS + start_timeout))
    until is_ready "$1"; do
        sleep 0.03
        # The pid file appears a moment after the start.
        if ((SECONDS > deadline)) || { ((SECONDS > deadline - start_timeout + 2)) && ! is_running "$1"; }; then
            show_log "$1"
            fail "$(realm_of "$1") does not answer on ldaps://$(address_of "$1")"
        fi
    done
}

show_log() {
    note "The last lines of $lab/$1/log:"
    tail -q -n 8 "$lab/$1/log"/*.log 2>/dev/null | sed 's/^/  /' >&2 || true
}

# stop_controllers SIGNAL SIDE…: TERM stops as an administrator would, KILL is
# quicker, for data that is thrown away.
stop_controllers() {
    local signal=$1 side deadline; shift
    for side in "$@"; do signal_controller "$signal" "$side"; done
    deadline=$((SECONDS + stop_timeout))
    for side in "$@"; do
        while is_running "$side"; do
            if ((SECONDS > deadline)); then
                note "$(realm_of "$side") did not stop within $stop_timeout s, killing it"
                signal_controller KILL "$side"
                deadline=$((SECONDS + 5))
            fi
            sleep 0.03
        done
        rm -f "$lab/$side/run/samba.pid"
    done
}

signal_controller() {
    local leader members
    members=$(processes_of "$2")
    [[ -n $members ]] || return 0
    leader=$(tr -cd 0-9 <"$lab/$2/run/samba.pid")
    # TERM to the leader alone, which then ends the others in order; a group
    # without its leader has nobody to do so.
    if [[ $1 == TERM && $'\n'$members$'\n' == *$'\n'$leader$'\n'* ]]; then
        kill -TERM "$leader" 2>/dev/null || true
    else
        kill "-$1" -- "-$leader" 2>/dev/null || true
    fi
}
