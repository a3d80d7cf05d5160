/// Debian's libzmq.a asks for Kerberos's library, of which there is no static one. The kernel's sockets use none of it: in a release, which
/// is fully static, its functions answer that they aren't available.
