#pragma once

#include <krb5.h>

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_krb5.h>

/// Lets GSSAPI calls of the calling thread, and of no other, use this ticket cache; NULL for the default one again.
/// The environment (KRB5CCNAME), which all threads share, stays as it is.
static inline int ckerberos_use_cache(const char *name) {
    OM_uint32 minor = 0;
    return gss_krb5_ccache_name(&minor, name, NULL) == GSS_S_COMPLETE;
}
