// Reading and writing the little JSON that the driver needs: scanned in place, nothing is built.
#pragma once
#include <stdio.h>
#include <stdlib.h>

#include <string>
#include <string_view>

using std::string;
using sv = std::string_view;

static size_t ws(sv s, size_t i) {
  while (i < s.size() && (s[i] == ' ' || s[i] == '\n' || s[i] == '\r' || s[i] == '\t')) i++;
  return i;
}
static size_t skipString(sv s, size_t i) {
  for (i++; i < s.size(); i++) {
    if (s[i] == '\\') i++;
    else if (s[i] == '"') return i + 1;
  }
  return s.size();
}
static size_t skipValue(sv s, size_t i) {
  i = ws(s, i);
  if (i >= s.size()) return i;
  if (s[i] == '"') return skipString(s, i);
  if (s[i] == '{' || s[i] == '[') {
    int d = 0;
    for (; i < s.size();) {
      char c = s[i];
      if (c == '"') { i = skipString(s, i); continue; }
      if (c == '{' || c == '[') d++;
      if (c == '}' || c == ']') { if (--d == 0) return i + 1; }
      i++;
    }
    return i;
  }
  while (i < s.size() && s[i] != ',' && s[i] != '}' && s[i] != ']' && s[i] != ' ' && s[i] != '\n') i++;
  return i;
}
template <class F> static void eachField(sv s, F f) {
  size_t i = ws(s, 0);
  if (i >= s.size() || s[i] != '{') return;
  i = ws(s, i + 1);
  while (i < s.size() && s[i] == '"') {
    size_t e = skipString(s, i);
    sv key = s.substr(i + 1, e - i - 2);
    i = ws(s, e);
    if (i >= s.size() || s[i] != ':') return;
    i = ws(s, i + 1);
    size_t v = skipValue(s, i);
    f(key, s.substr(i, v - i));
    i = ws(s, v);
    if (i < s.size() && s[i] == ',') i = ws(s, i + 1);
    else return;
  }
}
template <class F> static void eachItem(sv s, F f) {
  size_t i = ws(s, 0);
  if (i >= s.size() || s[i] != '[') return;
  i = ws(s, i + 1);
  while (i < s.size() && s[i] != ']') {
    size_t v = skipValue(s, i);
    f(s.substr(i, v - i));
    i = ws(s, v);
    if (i < s.size() && s[i] == ',') i = ws(s, i + 1);
    else return;
  }
}
static void utf8(string& o, unsigned c) {
  if (c < 0x80) o += (char)c;
  else if (c < 0x800) { o += (char)(0xC0 | c >> 6); o += (char)(0x80 | (c & 63)); }
  else if (c < 0x10000) { o += (char)(0xE0 | c >> 12); o += (char)(0x80 | ((c >> 6) & 63)); o += (char)(0x80 | (c & 63)); }
  else { o += (char)(0xF0 | c >> 18); o += (char)(0x80 | ((c >> 12) & 63)); o += (char)(0x80 | ((c >> 6) & 63)); o += (char)(0x80 | (c & 63)); }
}
static string unquote(sv s) {
  if (s.size() < 2 || s[0] != '"') return string(s);
  s = s.substr(1, s.size() - 2);
  string o;
  o.reserve(s.size());
  for (size_t i = 0; i < s.size(); i++) {
    if (s[i] != '\\') { o += s[i]; continue; }
    char c = s[++i];
    switch (c) {
      case 'n': o += '\n'; break;
      case 't': o += '\t'; break;
      case 'r': o += '\r'; break;
      case 'b': o += '\b'; break;
      case 'f': o += '\f'; break;
      case 'u': {
        auto hex = [&](size_t p) { return (unsigned)strtoul(string(s.substr(p, 4)).c_str(), 0, 16); };
        unsigned u = hex(i + 1);
        i += 4;
        if (u >= 0xD800 && u < 0xDC00 && i + 6 < s.size() && s[i + 1] == '\\') {
          u = 0x10000 + ((u - 0xD800) << 10) + (hex(i + 3) - 0xDC00);
          i += 6;
        }
        utf8(o, u);
        break;
      }
      default: o += c;
    }
  }
  return o;
}
static void quote(string& o, sv s) {
  o += '"';
  for (unsigned char c : s) {
    if (c == '"' || c == '\\') { o += '\\'; o += c; }
    else if (c == '\n') o += "\\n";
    else if (c < 0x20) { char b[8]; snprintf(b, 8, "\\u%04x", c); o += b; }
    else o += c;
  }
  o += '"';
}
