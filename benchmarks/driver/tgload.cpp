// tgload: a Bot API server, Telegram's delivery (webhook or long polling), residents and staff, in one epoll thread.
// It talks to 127.0.0.1 only and knows no limits of Telegram. Build and options: README.md beside this file.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <random>
#include <unordered_map>
#include <vector>

#include "http.hpp"
#include "json.hpp"
typedef int64_t i64;

static double now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}
static void die(const char* m) {
  perror(m);
  exit(2);
}

// ---------------------------------------------------------------- options
static std::map<string, string> opt;
static string O(const char* k, const char* d) { auto i = opt.find(k); return i == opt.end() ? d : i->second; }
static double ON(const char* k, double d) { auto i = opt.find(k); return i == opt.end() ? d : atof(i->second.c_str()); }

// ---------------------------------------------------------------- scenario
struct Step {
  string kind;    // text | press | staff
  string send;    // text to send, or label of the button to press (substring)
  string expect;  // substring that the reply must contain
};
typedef std::vector<Step> Plan;
static std::vector<Plan> plans;
static void loadScenario(const string& path) {
  Plan steps;
  FILE* f = fopen(path.c_str(), "r");
  if (!f) die(path.c_str());
  char line[2000];
  while (fgets(line, sizeof line, f)) {  // kind | send | expect
    string l = line;
    while (!l.empty() && (l.back() == '\n' || l.back() == '\r')) l.pop_back();
    if (l.empty() || l[0] == '#') continue;
    std::vector<string> p;
    size_t a = 0;
    for (;;) {
      size_t b = l.find('|', a);
      string x = l.substr(a, b == string::npos ? b : b - a);
      size_t s = x.find_first_not_of(' '), e = x.find_last_not_of(' ');
      p.push_back(s == string::npos ? "" : x.substr(s, e - s + 1));
      if (b == string::npos) break;
      a = b + 1;
    }
    if (p.size() < 3) { fprintf(stderr, "bad scenario line: %s\n", line); exit(2); }
    Step st;
    st.kind = p[0]; st.send = p[1]; st.expect = p[2];
    steps.push_back(st);
  }
  fclose(f);
  if (steps.empty()) { fprintf(stderr, "no steps in %s\n", path.c_str()); exit(2); }
  plans.push_back(steps);
}
static void loadScenarios(const string& paths) {  // comma-separated
  size_t a = 0;
  for (;;) {
    size_t b = paths.find(',', a);
    loadScenario(paths.substr(a, b == string::npos ? b : b - a));
    if (b == string::npos) return;
    a = b + 1;
  }
}
// what a day brings: one conversation a line, "seconds-from-start number-of-the-scenario resident"
struct Arrival {
  double at;
  int plan, user;
};
static std::vector<Arrival> arrivals;
static void loadArrivals(const string& path) {
  FILE* f = fopen(path.c_str(), "r");
  if (!f) die(path.c_str());
  Arrival a;
  while (fscanf(f, "%lf %d %d", &a.at, &a.plan, &a.user) == 3) arrivals.push_back(a);
  fclose(f);
}

// ---------------------------------------------------------------- state
static const i64 USER_BASE = 1000000000LL, STAFF_USER_BASE = 2000000000LL, BOT_ID = 123456789LL;
static i64 STAFF_CHAT;  // of the first estate; the next one's is one less
static int STAFF_USERS, ESTATES;
static bool webhookMode;
static double apiDelay;

struct Conv {
  int cid, user, lane, plan;
  int step = -1;      // step in progress
  char state = 'n';   // n new, w waiting for the reply, t thinking, h held, d done, s stuck
  double last = 0;    // when the step was said, or answered
  i64 msgId = 0;
  string text, markup;  // the bot's last matched reply
  i64 staffMsg = 0;
  string staffText, staffMarkup;
  bool userReplied = false;  // step's reply seen (the step before the staff's waits for their post as well)
  const Plan& steps() const { return plans[plan]; }
  int estate() const { return user % ESTATES; }
};
static std::deque<Conv> convs;
static std::unordered_map<i64, int> userConv;   // user no -> current conv
static std::unordered_map<i64, int> staffMsgConv;

struct Update {
  i64 id;
  string json;
  i64 key;
  int tries = 0;
};
static std::unordered_map<i64, Update> updates;  // not yet acknowledged
static i64 nextUpdate = 1000, nextMsg = 1, nextCb = 1;

// statistics
static i64 nApi = 0, nUpdDelivered = 0, nStepsDone = 0, nConvDone = 0, nStuck = 0, nRedelivered = 0, nHookErr = 0, nHookNon200 = 0,
           nUnmatched = 0, nCbSent = 0, nCbAck = 0, nHookReply = 0, nConns = 0, nBadReq = 0, nPolls = 0;
static std::map<string, i64> calls;
static std::vector<std::vector<float>> lat;  // a step of the first scenario each
static std::vector<float> latNow;            // since the last line of --watch
static bool measuring = false, finished = false;

static int botPid = 0;
static double procCpu(int pid) {
  if (pid <= 0) return 0;
  timespec t;
  clockid_t c = ((~(clockid_t)pid) << 3) | 2;
  if (clock_gettime(c, &t)) return 0;
  return t.tv_sec + t.tv_nsec * 1e-9;
}
static std::vector<int> auxPids;
static i64 procRss(int pid) {
  char p[64], b[256];
  snprintf(p, 64, "/proc/%d/statm", pid);
  FILE* f = fopen(p, "r");
  if (!f) return 0;
  i64 a = 0, r = 0;
  if (fgets(b, 256, f)) sscanf(b, "%ld %ld", &a, &r);
  fclose(f);
  return r * 4096;
}
struct Snap {
  double t, bot, self;
  std::vector<double> aux;
  i64 steps, convs, api, rss;
} snap0, snap1;
static Snap snap() {
  Snap s;
  s.t = now();
  s.bot = procCpu(botPid);
  s.self = procCpu(getpid());
  for (int p : auxPids) s.aux.push_back(procCpu(p));
  s.steps = nStepsDone; s.convs = nConvDone; s.api = nApi; s.rss = procRss(botPid);
  return s;
}

// ---------------------------------------------------------------- timers
struct Timer {
  double at;
  std::function<void()> f;
  bool operator<(const Timer& o) const { return at > o.at; }
};
static std::priority_queue<Timer> timers;
static void after(double d, std::function<void()> f) { timers.push({now() + d, std::move(f)}); }

// ---------------------------------------------------------------- connections
struct Conn {
  int fd = -1;
  bool server = false;
  string in, out;
  size_t outPos = 0;
  bool wantOut = false, closeAfter = false, dead = false;
  // webhook client
  i64 busy = 0;  // update id in flight
  double since = 0;
  bool connecting = false;
  // long poll
  bool polling = false;
  double pollUntil = 0;
  i64 pollOffset = 0;
  int pollLimit = 100;
};
static int ep;
static std::vector<Conn*> graveyard;
static void arm(Conn* c) {
  epoll_event e;
  e.events = EPOLLIN | (c->wantOut ? EPOLLOUT : 0u);
  e.data.ptr = c;
  epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}
static void addConn(Conn* c) {
  epoll_event e;
  e.events = EPOLLIN | (c->wantOut ? EPOLLOUT : 0u);
  e.data.ptr = c;
  epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}
static Conn* pollConn = nullptr;
static std::vector<Conn*> idleHooks;
static int hookConns = 0, maxHooks;
static std::deque<i64> ready;                                // updates waiting for delivery
static std::unordered_map<i64, std::deque<i64>> keyQueue;    // per user: front = in flight
static void requeue(i64 id);
static void closeConn(Conn* c) {
  if (c->dead) return;
  c->dead = true;
  epoll_ctl(ep, EPOLL_CTL_DEL, c->fd, 0);
  close(c->fd);
  if (c == pollConn) pollConn = nullptr;
  if (!c->server) {
    hookConns--;
    idleHooks.erase(std::remove(idleHooks.begin(), idleHooks.end(), c), idleHooks.end());
    if (c->busy) { nHookErr++; i64 id = c->busy; c->busy = 0; after(0.1, [id] { requeue(id); }); }
  }
  graveyard.push_back(c);
}
static void flushOut(Conn* c) {
  while (c->outPos < c->out.size()) {
    ssize_t n = send(c->fd, c->out.data() + c->outPos, c->out.size() - c->outPos, MSG_NOSIGNAL);
    if (n > 0) { c->outPos += n; continue; }
    if (n < 0 && errno == EAGAIN) {
      if (!c->wantOut) { c->wantOut = true; arm(c); }
      return;
    }
    closeConn(c);
    return;
  }
  c->out.clear();
  c->outPos = 0;
  if (c->wantOut) { c->wantOut = false; arm(c); }
  if (c->closeAfter) closeConn(c);
}
static void respond(Conn* c, sv body, const char* status = "200 OK") {
  char h[160];
  int n = snprintf(h, sizeof h, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: keep-alive\r\n\r\n", status, body.size());
  c->out.append(h, n);
  c->out.append(body);
}

// ---------------------------------------------------------------- conversation engine
static void sendStep(Conv& c);
static void finishConv(Conv& c, char st);
static void laneNext(int lane);
static double thinkMax;
static int holdStep;
static std::mt19937_64 rng;
static i64 targetConvs, warmConvs, startedConvs = 0;
static bool holdPhase = false;
static int nHeld = 0;

static string person(i64 id, bool staff) {
  char b[200];
  i64 n = id - (staff ? STAFF_USER_BASE : USER_BASE);
  snprintf(b, 200, "{\"id\":%ld,\"is_bot\":false,\"first_name\":\"%s\",\"last_name\":\"N%ld\",\"username\":\"%s%ld\",\"language_code\":\"en\"}", id,
           staff ? "Staff" : "Resident", n, staff ? "staff" : "resident", n);
  return b;
}
static i64 staffChat(int estate) { return STAFF_CHAT - estate; }
static bool isStaffChat(i64 id) { return id <= STAFF_CHAT && id > STAFF_CHAT - ESTATES; }
static string chatJson(i64 id) {
  char b[200];
  if (isStaffChat(id)) snprintf(b, 200, "{\"id\":%ld,\"type\":\"supergroup\",\"title\":\"Staff\"}", id);
  else snprintf(b, 200, "{\"id\":%ld,\"type\":\"private\",\"first_name\":\"Resident\",\"last_name\":\"N%ld\",\"username\":\"resident%ld\"}", id, id - USER_BASE, id - USER_BASE);
  return b;
}
static string botMessage(i64 msgId, i64 chat, sv text, sv markup) {
  char b[200];
  string o;
  o.reserve(600);
  snprintf(b, 200, "{\"message_id\":%ld,\"from\":{\"id\":%ld,\"is_bot\":true,\"first_name\":\"Bench\",\"username\":\"bench_bot\"},\"chat\":", msgId, BOT_ID);
  o += b;
  o += chatJson(chat);
  snprintf(b, 200, ",\"date\":%ld,\"text\":", (long)time(0));
  o += b;
  quote(o, text);
  if (markup.find("inline_keyboard") != sv::npos) { o += ",\"reply_markup\":"; o += markup; }
  o += '}';
  return o;
}
// raw (still escaped) callback_data of the first button whose label contains the text
static string findButton(sv markup, const string& label) {
  string found;
  eachField(markup, [&](sv k, sv v) {
    if (k != "inline_keyboard") return;
    eachItem(v, [&](sv row) {
      eachItem(row, [&](sv btn) {
        string t;
        sv d;
        eachField(btn, [&](sv k2, sv v2) {
          if (k2 == "text") t = unquote(v2);
          if (k2 == "callback_data") d = v2;
        });
        if (found.empty() && d.size() && t.find(label) != string::npos) found = string(d);
      });
    });
  });
  return found;
}
static void enqueue(Update u) {
  i64 id = u.id, key = u.key;
  updates.emplace(id, std::move(u));
  if (webhookMode) {
    auto& q = keyQueue[key];
    q.push_back(id);
    if (q.size() == 1) ready.push_back(id);
  } else ready.push_back(id);
}
static void stuck(Conv& c) { nStuck++; finishConv(c, 's'); }
static void sendStep(Conv& c) {
  const Step& st = c.steps()[c.step];
  Update u;
  u.id = nextUpdate++;
  char b[400];
  string& o = u.json;
  o.reserve(1200);
  snprintf(b, 400, "{\"update_id\":%ld,", u.id);
  o = b;
  if (st.kind == "text") {
    string t = st.send;
    size_t p = t.find("{cid}");
    if (p != string::npos) t.replace(p, 5, std::to_string(c.cid));
    u.key = USER_BASE + c.user;
    snprintf(b, 400, "\"message\":{\"message_id\":%ld,\"from\":", nextMsg++);
    o += b;
    o += person(u.key, false);
    o += ",\"chat\":";
    o += chatJson(u.key);
    snprintf(b, 400, ",\"date\":%ld,\"text\":", (long)time(0));
    o += b;
    quote(o, t);
    if (t[0] == '/') { snprintf(b, 400, ",\"entities\":[{\"offset\":0,\"length\":%zu,\"type\":\"bot_command\"}]", t.size()); o += b; }
    o += "}}";
  } else {
    bool staff = st.kind == "staff";
    u.key = staff ? STAFF_USER_BASE + c.estate() * STAFF_USERS + c.cid % STAFF_USERS : USER_BASE + c.user;
    string data = findButton(staff ? c.staffMarkup : c.markup, st.send);
    if (data.empty()) {
      fprintf(stderr, "conv %d step %d: no button '%s' in %s\n", c.cid, c.step, st.send.c_str(), (staff ? c.staffMarkup : c.markup).c_str());
      c.state = 'w';
      stuck(c);
      return;
    }
    snprintf(b, 400, "\"callback_query\":{\"id\":\"%ld\",\"from\":", (i64)(7000000000000LL + nextCb++));
    o += b;
    o += person(u.key, staff);
    o += ",\"message\":";
    o += staff ? botMessage(c.staffMsg, staffChat(c.estate()), c.staffText, c.staffMarkup) : botMessage(c.msgId, u.key, c.text, c.markup);
    snprintf(b, 400, ",\"chat_instance\":\"-%ld\",\"data\":", (i64)(5000000000LL + c.cid));
    o += b;
    o += data;
    o += "}}";
    nCbSent++;
  }
  c.state = 'w';
  c.userReplied = false;
  c.last = now();
  enqueue(std::move(u));
}
static void checkPhase();
static void finishConv(Conv& c, char st) {
  c.state = st;
  if (st == 'd') nConvDone++;
  if (st == 'h') nHeld++;
  c.markup.clear(); c.markup.shrink_to_fit();
  c.text.clear(); c.text.shrink_to_fit();
  int lane = c.lane;
  checkPhase();
  if (lane >= 0 && !finished) laneNext(lane);
}
static void advance(Conv& c) {
  int held = c.step;
  if (held + 1 == holdStep && holdPhase) { finishConv(c, 'h'); return; }
  if (c.step + 1 >= (int)c.steps().size()) { finishConv(c, 'd'); return; }
  c.step++;
  if (thinkMax > 0) {
    c.state = 't';
    int id = c.cid;
    after(thinkMax * (rng() % 10000) / 10000.0, [id] { if (convs[id].state == 't') sendStep(convs[id]); });
  } else sendStep(c);
}
static void stepReplied(Conv& c) {
  double t = now();
  if (!nStepsDone++) { printf("ANSWERED %.6f\n", t); fflush(stdout); }
  float ms = (t - c.last) * 1e3;
  if (measuring) lat[c.plan ? lat.size() - 1 : c.step].push_back(ms);
  latNow.push_back(ms);
  c.last = t;
}
static bool nextIsStaff(const Conv& c) { return c.step + 1 < (int)c.steps().size() && c.steps()[c.step + 1].kind == "staff"; }
// a text the bot put into a resident's private chat
static void onUserText(i64 user, i64 msgId, const string& text, const string* markup) {
  auto it = userConv.find(user);
  if (it == userConv.end()) { nUnmatched++; return; }
  Conv& c = convs[it->second];
  if (c.state != 'w' || c.step < 0 || c.steps()[c.step].kind == "staff" || c.userReplied || text.find(c.steps()[c.step].expect) == string::npos) {
    nUnmatched++;
    return;
  }
  c.msgId = msgId;
  c.text = text;
  c.markup = markup ? *markup : "";
  c.userReplied = true;
  stepReplied(c);
  if (nextIsStaff(c) && !c.staffMsg) return;  // waits for the staff post
  advance(c);
}
static int cidOf(const string& text) {
  size_t p = text.find("cid=");
  return p == string::npos ? -1 : atoi(text.c_str() + p + 4);
}
static void onStaffText(i64 msgId, bool edit, const string& text, const string* markup) {
  int cid = -1;
  if (edit) { auto i = staffMsgConv.find(msgId); if (i != staffMsgConv.end()) cid = i->second; }
  if (cid < 0) cid = cidOf(text);
  if (cid < 0 || cid >= (int)convs.size()) { nUnmatched++; return; }
  Conv& c = convs[cid];
  int staffStep = -1;
  const Plan& steps = c.steps();
  for (size_t i = 0; i < steps.size(); i++) if (steps[i].kind == "staff") staffStep = i;
  bool claimed = staffStep >= 0 && text.find(steps[staffStep].expect) != string::npos;
  if (!edit && !claimed) {
    c.staffMsg = msgId;
    c.staffText = text;
    c.staffMarkup = markup ? *markup : "";
    staffMsgConv[msgId] = cid;
    if (c.state == 'w' && c.userReplied && nextIsStaff(c)) advance(c);
    return;
  }
  if (c.state == 'w' && c.step == staffStep && claimed) { stepReplied(c); advance(c); }
}
// one Bot API method call; out = JSON answer
static void apiCall(sv method, const Params& p, string& out, bool fromHook) {
  nApi++;
  if (fromHook) nHookReply++;
  calls[string(method)]++;
  auto isText = method == "sendMessage" || method == "editMessageText";
  if (isText || (method.substr(0, 4) == "send" && method != "sendChatAction") || method == "editMessageReplyMarkup" || method == "editMessageCaption") {
    const string* ch = get(p, "chat_id");
    const string* tx = get(p, "text");
    if (!tx) tx = get(p, "caption");
    const string* mk = get(p, "reply_markup");
    const string* mi = get(p, "message_id");
    if (!ch || (isText && !tx)) { nBadReq++; out = "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat_id or text is empty\"}"; return; }
    i64 chat = atoll(ch->c_str());
    bool edit = method[0] == 'e';
    i64 id = edit ? (mi ? atoll(mi->c_str()) : 0) : nextMsg++;
    static const string empty;
    const string& text = tx ? *tx : empty;
    out = "{\"ok\":true,\"result\":";
    out += botMessage(id, chat, text.empty() ? "-" : sv(text), mk ? sv(*mk) : sv());
    out += '}';
    if (!text.empty()) {
      if (isStaffChat(chat)) onStaffText(id, edit, text, mk);
      else if (chat >= USER_BASE) onUserText(chat - USER_BASE, id, text, mk);
    }
    return;
  }
  if (method == "answerCallbackQuery") { nCbAck++; out = "{\"ok\":true,\"result\":true}"; return; }
  if (method == "getMe") {
    out = "{\"ok\":true,\"result\":{\"id\":123456789,\"is_bot\":true,\"first_name\":\"Bench\",\"username\":\"bench_bot\",\"can_join_groups\":true,\"can_read_all_group_messages\":false,\"supports_inline_queries\":false,\"can_connect_to_business\":false,\"has_main_web_app\":false,\"has_topics_enabled\":false,\"allows_users_to_create_topics\":false}}";
    return;
  }
  if (method == "getWebhookInfo") { out = "{\"ok\":true,\"result\":{\"url\":\"\",\"has_custom_certificate\":false,\"pending_update_count\":0}}"; return; }
  if (method == "getMyCommands") { out = "{\"ok\":true,\"result\":[]}"; return; }
  if (method == "getChat") {
    const string* ch = get(p, "chat_id");
    out = "{\"ok\":true,\"result\":" + chatJson(ch ? atoll(ch->c_str()) : 1) + "}";
    return;
  }
  if (method == "getChatMember") {
    const string* u = get(p, "user_id");
    i64 id = u ? atoll(u->c_str()) : STAFF_USER_BASE;
    out = "{\"ok\":true,\"result\":{\"status\":\"member\",\"user\":" + person(id, id >= STAFF_USER_BASE) + "}}";
    return;
  }
  if (method == "getChatAdministrators") { out = "{\"ok\":true,\"result\":[]}"; return; }
  out = "{\"ok\":true,\"result\":true}";
}

// ---------------------------------------------------------------- webhook delivery
static string hookHost, hookPath, hookSecret;
static int hookPort = 0;
static bool botReady = false;
static double readyAt = 0;
static void becomeReady() {
  if (botReady) return;
  botReady = true;
  readyAt = now();
  printf("READY\n");
  fflush(stdout);
}
static void setHook(const string& url) {
  size_t a = url.find("://");
  if (a == string::npos) return;
  size_t s = url.find('/', a + 3);
  string hp = url.substr(a + 3, s == string::npos ? string::npos : s - a - 3);
  hookPath = s == string::npos ? "/" : url.substr(s);
  size_t c = hp.find(':');
  hookHost = hp.substr(0, c);
  hookPort = c == string::npos ? 80 : atoi(hp.c_str() + c + 1);
  if (hookHost == "localhost") hookHost = "127.0.0.1";
  if (hookHost.compare(0, 4, "127.")) { fprintf(stderr, "refusing webhook host %s: loopback only\n", hookHost.c_str()); hookPort = 0; return; }
  becomeReady();
}
static Conn* openHook() {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in a{};
  a.sin_family = AF_INET;
  a.sin_port = htons(hookPort);
  inet_pton(AF_INET, hookHost.c_str(), &a.sin_addr);
  if (connect(fd, (sockaddr*)&a, sizeof a) < 0 && errno != EINPROGRESS) { close(fd); return nullptr; }
  Conn* c = new Conn;
  c->fd = fd;
  hookConns++;
  nConns++;
  addConn(c);
  return c;
}
static void markDelivered(Update& u) {
  if (u.tries++ == 0) nUpdDelivered++;
  else nRedelivered++;
}
static void ackUpdate(i64 id) {
  auto it = updates.find(id);
  if (it == updates.end()) return;
  Update& u = it->second;
  if (webhookMode) {
    auto q = keyQueue.find(u.key);
    if (q != keyQueue.end()) {
      q->second.pop_front();
      if (q->second.empty()) keyQueue.erase(q);
      else ready.push_back(q->second.front());
    }
  }
  updates.erase(it);
}
static void requeue(i64 id) { if (updates.count(id)) ready.push_front(id); }
static double hookRetryAt = 0;
static void dispatchHooks() {
  while (!ready.empty()) {
    Conn* c;
    if (!idleHooks.empty()) { c = idleHooks.back(); idleHooks.pop_back(); }
    else if (hookConns < maxHooks && hookPort && now() >= hookRetryAt) {
      c = openHook();
      if (!c) { hookRetryAt = now() + 0.1; return; }
    } else return;
    i64 id = ready.front();
    ready.pop_front();
    auto it = updates.find(id);
    if (it == updates.end()) { idleHooks.push_back(c); continue; }
    Update& u = it->second;
    c->busy = id;
    c->since = now();
    char h[600];
    int n = snprintf(h, sizeof h,
                     "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: keep-alive\r\nAccept-Encoding: gzip, deflate\r\n%s%s%s\r\n",
                     hookPath.c_str(), hookHost.c_str(), hookPort, u.json.size(), hookSecret.empty() ? "" : "X-Telegram-Bot-Api-Secret-Token: ", hookSecret.c_str(), hookSecret.empty() ? "" : "\r\n");
    c->out.append(h, n);
    c->out.append(u.json);
    markDelivered(u);
    flushOut(c);
  }
}
static void onHookData(Conn* c) {
  for (;;) {
    Http h;
    size_t n = parseHttp(c->in, h);
    if (!n) return;
    int status = h.line.size() > 12 ? atoi(string(h.line.substr(9, 3)).c_str()) : 0;
    i64 id = c->busy;
    c->busy = 0;
    string ctype(h.ctype);
    bool cl = h.close;
    c->in.erase(0, n);
    if (status >= 200 && status < 300) {
      if (!h.body.empty() && (ctype.find("json") != string::npos || ctype.find("form") != string::npos)) {
        Params p;
        parseBody(ctype, h.body, p);
        if (auto m = get(p, "method")) { string out; string mm = *m; apiCall(mm, p, out, true); }
      }
      ackUpdate(id);
    } else {
      nHookNon200++;
      after(0.5, [id] { requeue(id); });
    }
    if (cl) { closeConn(c); return; }
    idleHooks.push_back(c);
  }
}

// ---------------------------------------------------------------- long polling
static void answerPoll(Conn* c) {
  string body = "{\"ok\":true,\"result\":[";
  bool first = true;
  int n = 0;
  std::deque<i64> keep;
  for (i64 id : ready) {
    auto it = updates.find(id);
    if (it == updates.end()) continue;
    keep.push_back(id);
    if (n >= c->pollLimit || id < c->pollOffset) continue;
    if (!first) body += ',';
    first = false;
    body += it->second.json;
    markDelivered(it->second);
    n++;
  }
  ready.swap(keep);
  body += "]}";
  c->polling = false;
  if (c == pollConn) pollConn = nullptr;
  nPolls++;
  respond(c, body);
  flushOut(c);
}
static bool haveFor(Conn* c) {
  for (i64 id : ready) if (id >= c->pollOffset) return true;
  return false;
}
static void onGetUpdates(Conn* c, const Params& p) {
  becomeReady();
  if (pollConn && pollConn != c) {
    pollConn->polling = false;
    respond(pollConn, "{\"ok\":false,\"error_code\":409,\"description\":\"Conflict: terminated by other getUpdates request\"}", "409 Conflict");
    flushOut(pollConn);
    pollConn = nullptr;
  }
  i64 off = 0;
  double to = 0;
  c->pollLimit = 100;
  if (auto s = get(p, "offset")) off = atoll(s->c_str());
  if (auto s = get(p, "timeout")) to = atof(s->c_str());
  if (auto s = get(p, "limit")) c->pollLimit = atoi(s->c_str());
  if (off > 0) {
    std::deque<i64> keep;
    for (i64 id : ready) {
      if (id < off) ackUpdate(id);
      else keep.push_back(id);
    }
    ready.swap(keep);
  }
  c->pollOffset = off;
  if (haveFor(c)) { answerPoll(c); return; }
  c->polling = true;
  c->pollUntil = now() + to;
  pollConn = c;
}

static void onApiData(Conn* c) {
  size_t used = 0;
  sv in = c->in;
  while (!c->dead) {
    Http h;
    size_t n = parseHttp(in.substr(used), h);
    if (!n) break;
    used += n;
    size_t a = h.line.find(' '), b = h.line.find(' ', a + 1);
    sv url = a == sv::npos ? sv() : h.line.substr(a + 1, b - a - 1);
    Params p;
    size_t q = url.find('?');
    if (q != sv::npos) { parseForm(url.substr(q + 1), p); url = url.substr(0, q); }
    sv method = url.substr(url.rfind('/') + 1);
    if (!h.body.empty()) parseBody(h.ctype, h.body, p);
    string m(method);
    bool cl = h.close;
    if (m == "getUpdates") { onGetUpdates(c, p); continue; }
    string out;
    if (m == "setWebhook") {
      if (auto s = get(p, "secret_token")) hookSecret = *s;
      if (auto s = get(p, "url")) setHook(*s);
      calls[m]++;
      out = "{\"ok\":true,\"result\":true}";
    } else apiCall(m, p, out, false);
    if (cl) c->closeAfter = true;
    if (apiDelay > 0) {
      after(apiDelay, [c, out] { if (!c->dead) { respond(c, out); flushOut(c); } });
    } else respond(c, out);
  }
  if (c->dead) return;
  c->in.erase(0, used);
  if (!c->out.empty()) flushOut(c);
}

// ---------------------------------------------------------------- lanes
static const int FRESH_USER = 1000000;  // the first of those who open a conversation each and leave it
static int freshUser = 0;
static int startConv(int user, int lane, int plan = 0) {
  int id = convs.size();
  convs.emplace_back();
  Conv& c = convs.back();
  c.cid = id;
  c.user = user;
  c.lane = lane;
  c.plan = plan;
  c.step = 0;
  userConv[user] = id;
  startedConvs++;
  sendStep(c);
  return id;
}
static i64 holdTarget = 0, holdStarted = 0;
static void laneNext(int lane) {
  if (holdPhase) {
    if (holdStarted >= holdTarget) return;
    holdStarted++;
    startConv(FRESH_USER + freshUser++, lane);
    return;
  }
  if (holdTarget && startedConvs >= warmConvs) return;
  if (targetConvs > 0 && startedConvs >= warmConvs + targetConvs) return;
  startConv(lane, lane);
}
static int residents;
static double holdDoneAt = 0;
static i64 rssHalf = 0, heldHalf = 0;
// the measured window begins and ends with conversations
static void checkPhase() {
  if (finished) return;
  i64 over = nConvDone + nStuck;
  if (holdPhase) {
    // half of them have filled whatever is filled only once; the other half tells what each one takes
    if (nHeld + nStuck >= holdTarget / 2 && !rssHalf) { rssHalf = procRss(botPid); heldHalf = nHeld; }
    if (nHeld + nStuck >= holdTarget && !holdDoneAt) holdDoneAt = now();
    return;
  }
  if (holdTarget) return;  // the main loop waits for quiet
  if (!measuring && over >= warmConvs) { measuring = true; snap0 = snap(); }
  if (targetConvs > 0 && measuring && over >= warmConvs + targetConvs) { snap1 = snap(); finished = true; }
}
static volatile sig_atomic_t gotTerm = 0;

static float pct(std::vector<float>& v, double p) {
  if (v.empty()) return 0;
  size_t k = std::min(v.size() - 1, (size_t)(p * v.size()));
  std::nth_element(v.begin(), v.begin() + k, v.end());
  return v[k];
}

int main(int argc, char** argv) {
  for (int i = 1; i < argc; i++) {
    string a = argv[i];
    if (a.compare(0, 2, "--")) { fprintf(stderr, "bad arg %s\n", argv[i]); return 2; }
    a = a.substr(2);
    size_t e = a.find('=');
    if (e != string::npos) opt[a.substr(0, e)] = a.substr(e + 1);
    else if (i + 1 < argc && strncmp(argv[i + 1], "--", 2)) opt[a] = argv[++i];
    else opt[a] = "1";
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, [](int) { gotTerm = 1; });
  webhookMode = O("mode", "webhook") == "webhook";
  STAFF_CHAT = atoll(O("staff-chat", "-1001234567890").c_str());
  STAFF_USERS = ON("staff-users", 50);
  ESTATES = ON("estates", 1);
  apiDelay = ON("api-delay-ms", 0) / 1e3;
  thinkMax = ON("think-ms", 0) * 2 / 1e3;
  maxHooks = ON("conns", 100);
  residents = ON("residents", 50);
  targetConvs = ON("convs", 0);
  warmConvs = ON("warmup", 0);
  double rate = ON("rate", 0), maxSec = ON("max-seconds", 120), stepTimeout = ON("step-timeout", 10), settle = ON("settle", 0.5);
  holdTarget = ON("hold", 0);
  holdStep = ON("hold-step", 3);
  double holdWait = ON("hold-wait", 1.0);
  rng.seed(ON("seed", 1));
  loadScenarios(O("scenario", "scenarios/request.txt"));
  lat.resize(plans[0].size() + (plans.size() > 1));
  if (opt.count("arrivals")) { loadArrivals(opt["arrivals"]); targetConvs = arrivals.size() - warmConvs; }
  FILE* watch = opt.count("watch") ? fopen(opt["watch"].c_str(), "w") : nullptr;
  double nextWatch = 0;
  size_t arrived = 0;
  ep = epoll_create1(0);
  int ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int one = 1;
  setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in a{};
  a.sin_family = AF_INET;
  a.sin_port = htons(ON("port", 18081));
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(ls, (sockaddr*)&a, sizeof a) || listen(ls, 1024)) die("listen");
  {
    epoll_event e;
    e.events = EPOLLIN;
    e.data.ptr = nullptr;
    epoll_ctl(ep, EPOLL_CTL_ADD, ls, &e);
  }
  printf("LISTENING\n");
  fflush(stdout);
  double begin = now(), lastScan = begin, nextArrival = 0, startAt = 0;
  bool started = false;
  i64 turn = 0;
  std::vector<epoll_event> evs(512);
  static char buf[1 << 18];
  string endReason = "done";
  while (!finished) {
    double t = now();
    double wake = t + 0.05;
    if (!timers.empty()) wake = std::min(wake, timers.top().at);
    if (started && rate > 0) wake = std::min(wake, nextArrival);
    if (pollConn) wake = std::min(wake, pollConn->pollUntil);
    int to = wake <= t ? 0 : (int)ceil((wake - t) * 1000);
    int n = epoll_wait(ep, evs.data(), evs.size(), to);
    for (int i = 0; i < n; i++) {
      Conn* c = (Conn*)evs[i].data.ptr;
      if (!c) {
        for (;;) {
          int fd = accept4(ls, 0, 0, SOCK_NONBLOCK);
          if (fd < 0) break;
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          Conn* s = new Conn;
          s->fd = fd;
          s->server = true;
          nConns++;
          addConn(s);
        }
        continue;
      }
      if (c->dead) continue;
      if (evs[i].events & EPOLLOUT) flushOut(c);
      if (c->dead) continue;
      if (evs[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        ssize_t r = recv(c->fd, buf, sizeof buf, 0);
        if (r > 0) {
          c->in.append(buf, r);
          if (c->server) onApiData(c);
          else onHookData(c);
        } else if (r == 0 || (errno != EAGAIN && errno != EINTR)) {
          if (!c->server) hookRetryAt = now() + 0.05;
          closeConn(c);
        }
      }
    }
    t = now();
    while (!timers.empty() && timers.top().at <= t) {
      auto f = timers.top().f;
      timers.pop();
      f();
    }
    if (pollConn && pollConn->pollUntil <= t) answerPoll(pollConn);
    if (botReady && !started && t >= readyAt + settle) {
      started = true;
      startAt = t;
      nextArrival = t;
      string pf = O("pids-file", "");  // line 1: the bot's pid, line 2: comma-separated pids of helpers (redis, postgres)
      if (FILE* f = pf.empty() ? nullptr : fopen(pf.c_str(), "r")) {
        char l[4000];
        if (fgets(l, sizeof l, f)) botPid = atoi(l);
        if (fgets(l, sizeof l, f))
          for (char* q = strtok(l, ",\n"); q; q = strtok(0, ",\n")) auxPids.push_back(atoi(q));
        fclose(f);
      }
      nextWatch = t + 1;
      if (rate <= 0 && arrivals.empty()) for (int i = 0; i < residents; i++) laneNext(i);
      checkPhase();
    }
    if (started && rate > 0 && (targetConvs <= 0 || startedConvs < warmConvs + targetConvs)) {
      while (nextArrival <= t) {
        startConv((int)(turn++ % residents), -1);
        nextArrival += 1.0 / rate;
      }
    }
    while (started && arrived < arrivals.size() && arrivals[arrived].at <= t - startAt) {
      startConv(arrivals[arrived].user, -1, arrivals[arrived].plan);
      arrived++;
    }
    if (watch && started && t >= nextWatch) {
      fprintf(watch, "{\"t\":%.3f,\"updates\":%ld,\"calls\":%ld,\"waiting\":%zu,\"cpu\":%.4f,\"rss\":%ld,\"p50\":%.3f,\"p99\":%.3f}\n", t - startAt, nStepsDone, nApi, updates.size(), procCpu(botPid), procRss(botPid), pct(latNow, .5), pct(latNow, .99));
      fflush(watch);
      latNow.clear();
      nextWatch += 1;
    }
    // memory test: warm-up finished -> hold phase
    if (holdTarget && !holdPhase && nConvDone >= warmConvs && started) {
      bool idle = updates.empty();
      if (idle) {
        static double idleSince = 0;
        if (!idleSince) idleSince = t;
        if (t - idleSince > holdWait) {
          holdPhase = true;
          measuring = true;
          snap0 = snap();
          for (int i = 0; i < residents; i++) laneNext(i);
        }
      }
    }
    if (holdPhase && holdDoneAt && t - holdDoneAt > holdWait) { snap1 = snap(); finished = true; }
    if (t - lastScan > 0.1) {
      lastScan = t;
      static size_t base = 0;  // everything before it is over
      for (size_t i = base; i < convs.size(); i++) {
        Conv& c = convs[i];
        if (c.state == 'w' && t - c.last > stepTimeout) stuck(c);
        if (i == base && (c.state == 'd' || c.state == 's')) base++;
      }
    }
    if (webhookMode) dispatchHooks();
    else if (pollConn && !ready.empty() && haveFor(pollConn)) answerPoll(pollConn);
    for (Conn* c : graveyard) if (apiDelay <= 0) delete c;
    graveyard.clear();
    if (gotTerm) { endReason = "term"; snap1 = snap(); break; }
    if (started && t - startAt > maxSec) { endReason = "max-seconds"; snap1 = snap(); break; }
    if (!started && t - begin > 60) { endReason = "bot-not-ready"; break; }
  }
  double dt = std::max(1e-9, snap1.t - snap0.t), us = std::max(1e-9, (double)(snap1.steps - snap0.steps));
  printf("RESULT {\"end\":\"%s\",\"seconds\":%.3f,\"convs\":%ld,\"updates\":%.0f,\"convs_per_s\":%.1f,\"updates_per_s\":%.1f,", endReason.c_str(), dt, snap1.convs - snap0.convs, us, (snap1.convs - snap0.convs) / dt, us / dt);
  printf("\"bot_cpu_s\":%.4f,\"cpu_s_per_1000_updates\":%.4f,\"bot_core_share\":%.3f,\"mock_cpu_s_per_1000_updates\":%.4f,\"mock_core_share\":%.3f,", snap1.bot - snap0.bot, (snap1.bot - snap0.bot) / us * 1e3, (snap1.bot - snap0.bot) / dt, (snap1.self - snap0.self) / us * 1e3, (snap1.self - snap0.self) / dt);
  printf("\"aux_cpu_s_per_1000_updates\":[");
  for (size_t i = 0; i < auxPids.size() && i < snap0.aux.size() && i < snap1.aux.size(); i++) printf("%s%.4f", i ? "," : "", (snap1.aux[i] - snap0.aux[i]) / us * 1e3);
  printf("],\"rss0\":%ld,\"rss1\":%ld,\"rss_half\":%ld,\"held_half\":%ld,", snap0.rss, snap1.rss, rssHalf, heldHalf);
  std::vector<float> all;
  printf("\"steps_ms\":[");
  for (size_t i = 0; i < lat.size(); i++) {
    all.insert(all.end(), lat[i].begin(), lat[i].end());
    printf("%s[%.3f,%.3f]", i ? "," : "", pct(lat[i], .5), pct(lat[i], .99));
  }
  printf("],\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,", pct(all, .5), pct(all, .99), pct(all, 1));
  printf("\"held\":%d,\"stuck\":%ld,\"conv_done\":%ld,\"api_calls\":%ld,\"api_per_update\":%.3f,\"hook_replies\":%ld,\"cb_sent\":%ld,\"cb_ack\":%ld,\"redelivered\":%ld,\"hook_err\":%ld,\"hook_non200\":%ld,\"unmatched\":%ld,\"bad_requests\":%ld,\"polls\":%ld,\"conns\":%ld,\"calls\":{", nHeld, nStuck, nConvDone, nApi, us ? (double)(snap1.api - snap0.api) / us : 0, nHookReply, nCbSent, nCbAck, nRedelivered, nHookErr, nHookNon200, nUnmatched, nBadReq, nPolls, nConns);
  bool first = true;
  for (auto& k : calls) { printf("%s\"%s\":%ld", first ? "" : ",", k.first.c_str(), k.second); first = false; }
  printf("}}\n");
  fflush(stdout);
  return 0;
}
