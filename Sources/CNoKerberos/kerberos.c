#include "CNoKerberos.h"

#if defined(ISLET_RELEASE) && defined(__linux__)
// GSS_S_UNAVAILABLE of RFC 2744.
#define UNAVAILABLE(name) unsigned name(void) { return 16u << 16; }
UNAVAILABLE(gss_accept_sec_context)
UNAVAILABLE(gss_acquire_cred)
UNAVAILABLE(gss_delete_sec_context)
UNAVAILABLE(gss_display_name)
UNAVAILABLE(gss_import_name)
UNAVAILABLE(gss_init_sec_context)
UNAVAILABLE(gss_release_buffer)
UNAVAILABLE(gss_release_cred)
UNAVAILABLE(gss_release_name)
UNAVAILABLE(gss_unwrap)
UNAVAILABLE(gss_wrap)

void *GSS_C_NT_HOSTBASED_SERVICE = 0;
void *GSS_C_NT_USER_NAME = 0;
#endif
