#include "tls/subject_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace millrace::tls {

namespace {

constexpr std::pair<int, std::string_view> kKeywords[] = {
    {NID_commonName, "CN"},          {NID_countryName, "C"},      {NID_localityName, "L"},
    {NID_stateOrProvinceName, "ST"}, {NID_organizationName, "O"}, {NID_organizationalUnitName, "OU"},
    {NID_streetAddress, "STREET"},   {NID_domainComponent, "DC"}, {NID_userId, "UID"}};
constexpr int kTexts[] = {V_ASN1_PRINTABLESTRING, V_ASN1_T61STRING, V_ASN1_IA5STRING,
                          V_ASN1_GENERALSTRING,   V_ASN1_BMPSTRING, V_ASN1_UTF8STRING};

std::string numberOf(const ASN1_OBJECT& kind) {
    std::array<char, 256> text{};
    OBJ_obj2txt(text.data(), text.size(), &kind, 1);
    return text.data();
}

/// "#" and the value with its type and length.
std::string inHex(const ASN1_STRING& value) {
    const Owned<ASN1_TYPE, ASN1_TYPE_free> typed(ASN1_TYPE_new());
    ASN1_TYPE_set1(typed.get(), ASN1_STRING_type(&value), &value);
    unsigned char* bytes = nullptr;
    const int size = i2d_ASN1_TYPE(typed.get(), &bytes);
    std::string text = "#";
    for (int i = 0; i < size; ++i)
        fmt::format_to(std::back_inserter(text), "{:02x}", bytes[i]);
    OPENSSL_free(bytes);
    return text;
}

std::string escaped(std::string_view value) {
    constexpr std::string_view kBlanks = " \r", kSigns = ",=+<>#;\"\\";
    const std::size_t first = std::min(value.find_first_not_of(kBlanks), value.size());
    const std::size_t last = value.find_last_not_of(kBlanks);
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool outside = i < first || i > last;
        if (outside || kSigns.find(value[i]) != std::string_view::npos) text += '\\';
        if (value[i] == '\0')
            text += "\\00";
        else
            text += value[i];
    }
    return text;
}

std::string attributeText(const X509_NAME_ENTRY& entry) {
    const ASN1_OBJECT& kind = *X509_NAME_ENTRY_get_object(&entry);
    const ASN1_STRING& value = *X509_NAME_ENTRY_get_data(&entry);
    const auto keyword = std::ranges::find(kKeywords, OBJ_obj2nid(&kind), [](const auto& pair) { return pair.first; });
    if (keyword == std::end(kKeywords)) return numberOf(kind) + "=" + inHex(value);
    const std::string name = std::string(keyword->second) + "=";
    unsigned char* utf8 = nullptr;
    const int size = std::ranges::count(kTexts, ASN1_STRING_type(&value)) > 0 ? ASN1_STRING_to_UTF8(&utf8, &value) : -1;
    if (size < 0) return name + inHex(value);
    std::string text = name + escaped({reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)});
    OPENSSL_free(utf8);
    return text;
}

} // namespace

/// The last set of attributes comes first; within a set they stay in their order.
std::string subjectName(const X509& certificate) {
    const X509_NAME* name = X509_get_subject_name(&certificate);
    const auto setOf = [&](int at) { return X509_NAME_ENTRY_set(X509_NAME_get_entry(name, at)); };
    std::string text;
    for (int end = X509_NAME_entry_count(name), first = end; end > 0; end = first) {
        while (first > 0 && setOf(first - 1) == setOf(end - 1))
            --first;
        if (!text.empty()) text += ',';
        for (int at = first; at < end; ++at)
            text += (at > first ? "+" : "") + attributeText(*X509_NAME_get_entry(name, at));
    }
    return text;
}

} // namespace millrace::tls
