# shellcheck shell=bash disable=SC2154  # variables are shared between the parts
# What a machine must have to build the program, and to run it; said with the names its own packages have.

# The distribution's family, of those whose packages are known here.
family() {
    local ids
    # shellcheck source=/dev/null
    ids=$(. "${OS_RELEASE:-/etc/os-release}" 2>/dev/null && printf ' %s %s ' "${ID:-}" "${ID_LIKE:-}") || true
    case $ids in
        *' debian '* | *' ubuntu '*) echo debian ;;
        *' fedora '* | *' rhel '* | *' centos '*) echo fedora ;;
        *' suse '* | *' opensuse '*) echo suse ;;
        *' arch '*) echo arch ;;
    esac
}

require_glibc() {
    [[ $(ldd --version 2>&1 || true) != *musl* ]] ||
        fail "this system's C library is musl (Alpine, say); Swift for Linux, and so ad-user-sync, needs the GNU C library" 69
}

# Where the headers are, one for each library, and the names that the packages with them have.
require_headers() {
    local header missing=() packages
    for header in ldap.h sasl/sasl.h krb5.h openssl/evp.h curl/curl.h zip.h; do
        compgen -G "/usr/include/$header" >/dev/null || compgen -G "/usr/include/*/$header" >/dev/null || missing+=("$header")
    done
    ((${#missing[@]})) || return 0
    case $(family) in
        debian) packages="apt-get install libldap2-dev libsasl2-dev libkrb5-dev libssl-dev libcurl4-openssl-dev libzip-dev pkg-config" ;;
        fedora) packages="dnf install openldap-devel cyrus-sasl-devel krb5-devel openssl-devel libcurl-devel libzip-devel pkgconf" ;;
        suse) packages="zypper install openldap2-devel cyrus-sasl-devel krb5-devel libopenssl-devel libcurl-devel libzip-devel pkg-config" ;;
        arch) packages="pacman -S libldap libsasl krb5 openssl curl libzip pkgconf" ;;
        *) packages="the development packages of OpenLDAP, Cyrus SASL, MIT Kerberos, OpenSSL 3, libcurl and libzip" ;;
    esac
    fail "to build, ${missing[*]} must be there: $packages" 69
}

# A program that was built elsewhere may be linked to other versions than there are here.
require_libraries() {
    local missing packages
    missing=$(ldd "$program" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p' | sort -u | paste -s -d ' ')
    [[ -n $missing ]] || return 0
    case $(family) in
        debian) packages="apt-get install libldap-2.5-0 libgssapi-krb5-2 libkrb5-3 libssl3 libcurl4 libzip4" ;;
        fedora) packages="dnf install openldap krb5-libs openssl-libs libcurl libzip" ;;
        suse) packages="zypper install libldap-2 krb5 libopenssl3 libcurl4 libzip5" ;;
        arch) packages="pacman -S libldap krb5 openssl curl libzip" ;;
        *) packages="the packages of OpenLDAP, MIT Kerberos, OpenSSL 3, libcurl and libzip" ;;
    esac
    fail "$program needs $missing: $packages; where these have other versions, build it on this machine" 69
}
