#pragma once

#include "tls/openssl.h"

#include <string>

namespace millrace::tls {

/// The subject of a certificate as Java's X500Principal.getName() writes it: by RFC 2253, with the nine keywords that
/// are in it and in capitals; an attribute of another kind by its number, with its value in hex. Rules and rights are
/// written down by it. Empty: the certificate names nobody, only addresses.
std::string subjectName(const X509& certificate);

} // namespace millrace::tls
