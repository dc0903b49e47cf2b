// HTTP/1.1 messages and the three forms in which bots put the parameters of a call.
#pragma once
#include <string.h>
#include <strings.h>

#include <utility>
#include <vector>

#include "json.hpp"

struct Http {
  sv line, ctype;
  string body;
  bool close = false;
};
static bool ieq(sv a, const char* b) { return a.size() == strlen(b) && !strncasecmp(a.data(), b, a.size()); }
// returns bytes consumed, 0 when incomplete
static size_t parseHttp(sv s, Http& h) {
  size_t he = s.find("\r\n\r\n");
  if (he == sv::npos) return 0;
  size_t i = s.find("\r\n");
  h.line = s.substr(0, i);
  size_t len = 0;
  bool chunked = false;
  while (i < he) {
    i += 2;
    size_t e = s.find("\r\n", i);
    sv l = s.substr(i, e - i);
    size_t c = l.find(':');
    if (c != sv::npos) {
      sv k = l.substr(0, c), v = l.substr(c + 1);
      while (!v.empty() && v[0] == ' ') v.remove_prefix(1);
      if (ieq(k, "content-length")) len = strtoul(string(v).c_str(), 0, 10);
      else if (ieq(k, "transfer-encoding")) chunked = v.find("chunked") != sv::npos;
      else if (ieq(k, "content-type")) h.ctype = v;
      else if (ieq(k, "connection")) h.close = ieq(v, "close");
    }
    i = e;
  }
  size_t b = he + 4;
  if (!chunked) {
    if (s.size() < b + len) return 0;
    h.body.assign(s.data() + b, len);
    return b + len;
  }
  h.body.clear();
  for (;;) {
    size_t e = s.find("\r\n", b);
    if (e == sv::npos) return 0;
    size_t n = strtoul(string(s.substr(b, e - b)).c_str(), 0, 16);
    if (s.size() < e + 2 + n + 2) return 0;
    h.body.append(s.data() + e + 2, n);
    b = e + 2 + n + 2;
    if (n == 0) return b;
  }
}
typedef std::vector<std::pair<string, string>> Params;
static const string* get(const Params& p, const char* k) {
  for (auto& x : p) if (x.first == k) return &x.second;
  return nullptr;
}
static string urldec(sv s) {
  string o;
  o.reserve(s.size());
  for (size_t i = 0; i < s.size(); i++) {
    if (s[i] == '+') o += ' ';
    else if (s[i] == '%' && i + 2 < s.size()) {
      auto h = [](char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
      o += (char)(h(s[i + 1]) * 16 + h(s[i + 2]));
      i += 2;
    } else o += s[i];
  }
  return o;
}
static void parseForm(sv s, Params& p) {
  size_t i = 0;
  while (i < s.size()) {
    size_t e = s.find('&', i);
    if (e == sv::npos) e = s.size();
    sv kv = s.substr(i, e - i);
    size_t q = kv.find('=');
    if (q != sv::npos) p.emplace_back(urldec(kv.substr(0, q)), urldec(kv.substr(q + 1)));
    i = e + 1;
  }
}
static void parseBody(sv ctype, sv body, Params& p) {
  if (ctype.find("json") != sv::npos) {
    eachField(body, [&](sv k, sv v) { p.emplace_back(string(k), unquote(v)); });
  } else if (ctype.find("urlencoded") != sv::npos) {
    parseForm(body, p);
  } else if (ctype.find("multipart") != sv::npos) {
    size_t b = ctype.find("boundary=");
    if (b == sv::npos) return;
    sv bd = ctype.substr(b + 9);
    if (!bd.empty() && bd[0] == '"') bd = bd.substr(1, bd.size() - 2);
    string sep = "--" + string(bd);
    size_t i = body.find(sep);
    while (i != sv::npos) {
      i += sep.size();
      size_t he = body.find("\r\n\r\n", i), nx = body.find(sep, i);
      if (he == sv::npos || nx == sv::npos || he > nx) break;
      sv head = body.substr(i, he - i);
      size_t n = head.find("name=");
      if (n != sv::npos) {
        n += 5;
        string name;
        if (head[n] == '"') name = head.substr(n + 1, head.find('"', n + 1) - n - 1);
        else { size_t e = head.find_first_of(";\r", n); name = head.substr(n, e == sv::npos ? e : e - n); }
        p.emplace_back(name, string(body.substr(he + 4, nx - 2 - he - 4)));
      }
      i = nx;
    }
  }
}
