/* A worker for `system: external`: the two-dimensional Ising model with Glauber dynamics. The protocol is on the page
 * docs/reference/worker-protocol.md. Compile: cc -std=c99 -O2 -o ising ising.c -lm */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int fd, small, large, p;  /* socket, sides of both systems, patches along a side */
static double field, start[2];   /* h; magnetisation of initial states, small and large, any where it is beyond 1 */
static char *header;             /* of the request: JSON without white space */
static signed char *body, *kept; /* arrays of the request; the large state of the last `patches` */
static uint64_t state;           /* of the random numbers */

static double uniform(void) { /* SplitMix64 */
  uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}
static void transfer(void *buffer, size_t bytes, int out) {
  for (size_t done = 0; done < bytes;) {
    char *at = (char *)buffer + done;
    ssize_t n = out ? write(fd, at, bytes - done) : read(fd, at, bytes - done);
    if (n <= 0) exit(n == 0 ? 0 : 1); /* the program has ended */
    done += (size_t)n;
  }
}
static char *find(const char *key) { /* what stands behind a key */
  char word[64];
  sprintf(word, "\"%s\":", key);
  char *at = strstr(header, word);
  return at ? at + strlen(word) : NULL;
}
static double number(const char *key, double otherwise) { return find(key) ? strtod(find(key), NULL) : otherwise; }
static int is(const char *key, const char *word) {
  return find(key) && !strncmp(find(key) + 1, word, strlen(word)) && find(key)[1 + strlen(word)] == '"';
}
static void seed(char *at) { /* four integers, each after a bracket or comma */
  state = 0;
  for (int k = 0; at && k < 4; k++) state = (state ^ strtoull(at + 1, &at, 10)) * 0xd1342543de82ef95u + 1;
}

static void reply(const char *keys, const char *arrays, void *data, size_t bytes) {
  char text[2048];
  unsigned char head[16] = "LLW1";
  size_t length = (size_t)sprintf(text, "{\"id\":%.0f%s,\"arrays\":[%s]}", number("id", 0), keys, arrays);
  for (int k = 0; k < 4; k++) head[4 + k] = (unsigned char)(length >> 8 * k);
  for (int k = 0; k < 8; k++) head[8 + k] = (unsigned char)((uint64_t)bytes >> 8 * k);
  transfer(head, 16, 1), transfer(text, length, 1), transfer(data, bytes, 1);
}
static void reply_state(const char *keys, signed char *s, int n) {
  char array[96];
  sprintf(array, "{\"name\":\"state\",\"type\":\"int8\",\"shape\":[%d,%d]}", n, n);
  reply(keys, array, s, (size_t)(n * n));
}
static void reply_doubles(const char *keys, const char *name, double *x, int rows) { /* rows 0: a vector */
  char array[96], *end = array + sprintf(array, "{\"name\":\"%s\",\"type\":\"float64\",\"shape\":[", name);
  sprintf(rows ? end + sprintf(end, "%d,", rows) : end, "2]}");
  reply(keys, array, x, 16 * (size_t)(rows ? rows : 1));
}

/* Magnetisation, and domain walls per bond, of a square; a site owns the bonds above and to the left. */
static void observe(const signed char *s, int n, int row, int column, int side, double *z) {
  double sum = 0, walls = 0;
  for (int i = row; i < row + side; i++)
    for (int j = column; j < column + side; j++) {
      sum += s[i * n + j];
      walls += (s[i * n + j] != s[(i + n - 1) % n * n + j]) + (s[i * n + j] != s[i * n + (j + n - 1) % n]);
    }
  z[0] = sum / (side * side), z[1] = walls / (2 * side * side);
}
static void observe_patches(const signed char *s, double *z) {
  for (int k = 0; k < p * p; k++) observe(s, large, k / p * small, k % p * small, small, z + 2 * k);
}

/* Flips at Glauber's rates in a square; what is around it stands still, and what is frozen. */
static void evolve(signed char *s, const signed char *frozen, int n, int row, int column, int side, double most, char *keys) {
  double t = number("temperature", 1), end = number("time", INFINITY), time = 0, flips = 0;
  while (flips < most) {
    if ((time -= log(uniform()) / (side * side)) > end) break;
    int k = (int)(uniform() * side * side), i = row + k / side, j = column + k % side;
    int around = s[(i + 1) % n * n + j] + s[(i + n - 1) % n * n + j] + s[i * n + (j + 1) % n] + s[i * n + (j + n - 1) % n];
    if ((frozen && frozen[i * n + j]) || uniform() * (1 + exp(2 * s[i * n + j] * (around + field) / t)) >= 1) continue;
    s[i * n + j] = (signed char)-s[i * n + j];
    flips++;
  }
  sprintf(keys, ",\"events\":%.0f,\"time\":%.17g", flips, isinf(end) ? time : end);
}

static void answer(void) {
  int n = is("extent", "small") ? small : large, k = (int)number("patch", 0);
  char keys[800] = "";
  double most = number("events", INFINITY), *before = calloc((size_t)(4 * p * p + 4), 8), *after = before + 2 * p * p + 2;
  signed char *s = malloc((size_t)(n * n + 1));
  if (is("call", "hello")) {
    small = (int)number("small", 1), large = (int)number("large", 1), field = number("field", 0), p = large / small;
    start[0] = number("small_start", 2), start[1] = number("large_start", 2), kept = calloc((size_t)(large * large), 1);
    sprintf(keys, ",\"protocol\":1,\"name\":\"Ising model\",\"observables\":[{\"name\":\"magnetisation\"},{\"name\":\"wall_density\"}],"
      "\"state\":{\"type\":\"int8\",\"name\":\"spin\",\"axes\":[\"row\",\"column\"]},\"small\":{\"shape\":[%d,%d]},\"large\":{\"shape\":"
      "[%d,%d],\"patches\":%d},\"capabilities\":[\"patches\",\"frozen\",\"conditions\"],\"environments\":[\"ghost\",\"whole\"],"
      "\"costs\":{\"event_seconds\":5e-7}", small, small, large, large, p * p);
    reply(large % small ? ",\"error\":\"lattice.large must be a multiple of lattice.small\"" : keys, "", NULL, 0);
  } else if (is("call", "initial")) {
    double m = start[is("extent", "large")], any = 2 * uniform() - 1;
    for (int i = 0; i < n * n; i++) s[i] = uniform() < (1 + (fabs(m) > 1 ? any : m)) / 2 ? 1 : -1;
    reply_state(keys, s, n);
  } else if (is("call", "advance")) {
    evolve(body, strstr(header, "\"frozen\"") ? body + n * n : NULL, n, 0, 0, n, most, keys);
    reply_state(keys, body, n);
  } else if (is("call", "observe")) {
    observe(body, n, 0, 0, n, after), reply_doubles(keys, "observables", after, 0);
  } else if (is("call", "patches")) {
    observe_patches(memcpy(kept, body, (size_t)(n * n)), after);
    sprintf(keys, ",\"count\":%d", p * p), reply_doubles(keys, "observables", after, p * p);
  } else if (is("call", "evolve")) {
    observe(memcpy(s, kept, (size_t)(n * n)), n, 0, 0, n, before);
    evolve(s, NULL, n, k / p * small, k % p * small, small, most, keys), observe(s, n, 0, 0, n, after);
    for (int i = 0; i < 2; i++) after[i] = p * p * (after[i] - before[i]);
    reply_doubles(keys, "increments", after, 0);
  } else if (is("call", "evolve_all")) {
    observe_patches(memcpy(s, kept, (size_t)(n * n)), before);
    evolve(s, NULL, n, 0, 0, n, most * p * p, keys), observe_patches(s, after);
    for (int i = 0; i < 2 * p * p; i++) after[i] -= before[i];
    reply_doubles(keys, "increments", after, p * p);
  } else reply(",\"error\":\"no such request\"", "", NULL, 0);
  free(s), free(before);
}

int main(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path, getenv("LATTICELIFT_WORKER_SOCKET"), sizeof address.sun_path - 1);
  fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) return perror("connect"), 1;
  for (;;) {
    unsigned char head[16];
    size_t length = 0, bytes = 0;
    transfer(head, 16, 0);
    for (int k = 3; k >= 0; k--) length = length << 8 | head[4 + k];
    for (int k = 7; k >= 0; k--) bytes = bytes << 8 | head[8 + k];
    header = calloc(length + 1, 1), body = malloc(bytes + 1);
    transfer(header, length, 0), transfer(body, bytes, 0);
    if (is("call", "goodbye")) return 0;
    seed(find("seed")), answer(), free(header), free(body);
  }
}
